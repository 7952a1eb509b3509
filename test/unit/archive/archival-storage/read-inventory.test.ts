import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inventoryName, sidecarName } from '../../../../src/standards/ocfl/index.ts';
import { keep, type TestArchive, testArchive } from '../../../support/archive.ts';

describe('an inventory in which one bit tipped over', () => {
  let place: TestArchive;
  before(() => {
    place = testArchive();
  });

  const change = (root: string, name: string, edit: (text: string) => string) => {
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((one) =>
      one.endsWith(`/${name}`),
    ))
      writeFileSync(join(root, path), edit(readFileSync(join(root, path), 'latin1')), 'latin1');
  };

  it('is passed over for the one of another location, though it still reads as an inventory', async () => {
    const archive = await place.open();
    const { id } = await keep(archive, { 'a.txt': 'садржај' });
    const { storage } = archive.context;
    const whole = await storage.readInventory(id, 1);
    const [first, second] = storage.active().map(({ description }) => new URL(description.url).pathname);
    const flipped = (text: string) =>
      text.replace(/("manifest":\{")(.)/, (_, before, digit) => before + (digit === '0' ? '1' : '0'));
    change(first ?? '', inventoryName, flipped);
    expect(await storage.readInventory(id, 1)).to.deep.equal(whole);
    expect(await storage.readInventory(id, undefined)).to.deep.equal(whole);
    change(second ?? '', sidecarName, (text) => text.replace(/^./, 'x'));
    expect(
      await storage.readInventory(id, 1),
      'nothing is proven any more, and something can still be read',
    ).to.not.equal(undefined);
    await archive.close();
  });
});
