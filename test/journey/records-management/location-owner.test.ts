import { join } from 'node:path';
import { expect } from 'chai';
import { bringBack } from '../../../src/archive/administration/index.ts';
import { openArchive } from '../../../src/open-archive.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { office } from '../../support/records-office.ts';

describe('the owner of a location', () => {
  const opened: OpenArchive[] = [];
  afterEach(async () => {
    for (const archive of opened.splice(0)) await archive.close();
  });

  async function archiveWith(third: { ownerType: string }, alone = false) {
    const place = testArchive();
    const open = async (names: readonly string[]) => {
      const locations = names.map((name) => ({
        name,
        url: `file://${join(place.config.dataFolder, 'locations', name)}`,
        ...(name === 'third' ? third : {}),
      }));
      const archive = await openArchive({ ...place.config, locations }, place.clock);
      opened.push(archive);
      return archive;
    };
    return { open, first: await open(alone ? ['first', 'third'] : ['first']) };
  }

  it('keeps permanent records out where it may not have them, and lets others in', async () => {
    const { first } = await archiveWith({ ownerType: 'hosting-company' }, true);
    await office(first.context);
    expect(await refusalOf(keep(first, { 'a.txt': 'a' }, { category: 'I-1' }))).to.equal('LOCATION_NOT_PERMITTED');
    expect((await keep(first, { 'b.txt': 'b' }, { category: 'II-3' })).state).to.equal('archived');
  });

  for (const ownerType of ['creator', 'state-body', 'qualified-provider'])
    it(`lets permanent records in where it is a ${ownerType}`, async () => {
      const { first } = await archiveWith({ ownerType }, true);
      await office(first.context);
      expect((await keep(first, { 'a.txt': 'a' }, { category: 'I-1' })).state).to.equal('archived');
    });

  it('does not get the permanent records of an archive to which it is added', async () => {
    const { first, open } = await archiveWith({ ownerType: 'hosting-company' });
    await office(first.context);
    await keep(first, { 'a.txt': 'a' }, { category: 'I-1' });
    await opened.pop()?.close();
    const { context } = await open(['first', 'third']);
    expect(context.storage.stateOf('third')).to.equal('catching-up');
    expect(await refusalOf(bringBack(context, 'third', 'operator'))).to.equal('LOCATION_NOT_PERMITTED');
    expect(context.storage.stateOf('third')).to.equal('catching-up');
  });
});
