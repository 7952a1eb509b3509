import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { queueTrustedLists, refreshTrustedLists } from '../../../../src/archive/preservation/index.ts';
import { testArchive } from '../../../support/archive.ts';
import { emptyFolder } from '../../../support/folders.ts';
import { toyPki } from '../../../support/toy-pki.ts';
import { signedTrustedList, trustedListXml } from '../../../support/trusted-list.ts';

describe('refreshing the trusted lists', () => {
  it('is queued once, and tells which lists are in use, overdue or refused', async function () {
    this.timeout(20_000);
    const pki = await toyPki();
    const folder = emptyFolder();
    const lists = join(folder, 'liste');
    mkdirSync(lists);
    writeFileSync(join(folder, 'potpisnik.pem'), new X509Certificate(pki.intermediate.signer.chain[0]).toString());
    const environment = { TRAJNO_TRUSTED_LISTS: lists, TRAJNO_TRUSTED_LIST_SIGNERS: join(folder, 'potpisnik.pem') };
    const { context, close } = await testArchive(environment).open();
    const write = async (sequenceNumber: number, nextUpdate: Date) => {
      const options = { services: [{ holder: pki.intermediate }], sequenceNumber, nextUpdate };
      writeFileSync(join(lists, 'rs.xml'), await signedTrustedList(options, pki.intermediate));
    };
    const told = async () => {
      const { lists: found, refused } = await refreshTrustedLists(context, context.trustedLists);
      return { lists: found.map(({ sequenceNumber, stale }) => [sequenceNumber, stale]), refused: refused.length };
    };
    await write(7, new Date('2099-01-01T00:00:00Z'));
    expect(await told()).to.deep.equal({ lists: [[7, undefined]], refused: 0 });
    await write(8, new Date('2020-01-01T00:00:00Z'));
    writeFileSync(join(lists, 'hr.xml'), trustedListXml({ territory: 'HR' }));
    expect(await told()).to.deep.equal({ lists: [[8, true]], refused: 1 });
    expect(await queueTrustedLists(context, context.trustedLists)).to.be.a('string');
    expect(await queueTrustedLists(context, context.trustedLists)).to.equal(undefined);
    expect(await queueTrustedLists(context, undefined)).to.equal(undefined);
    await close();
  });
});
