import { expect } from 'chai';
import { issueCopy, listCopies } from '../../src/archive/access/index.ts';
import { indicators } from '../../src/archive/administration/index.ts';
import { ArchiveError } from '../../src/base/index.ts';
import { issuingArchive } from '../support/certified-copy.ts';

describe('the days from a request to its certified copy', function () {
  this.timeout(60_000);

  it('are counted for copies whose day of request is entered, and their median is an indicator', async () => {
    const { archive, context, record } = await issuingArchive(() => new Date('2026-11-25T23:30:00Z')); // the 26th here
    const request = { record: record.id, actor: 'officer' };
    const median = async () => (await indicators(archive.context)).find(({ indicator }) => indicator === 'daysToCopy');
    await issueCopy(context, request);
    expect(await median()).to.deep.equal({ indicator: 'daysToCopy', of: 0 });
    for (const requestedOn of ['2026-11-26', '2026-11-06', '2026-11-23'])
      await issueCopy(context, { ...request, requestedOn });
    expect(await median()).to.deep.equal({ indicator: 'daysToCopy', value: 3, of: 3 });
    const { copies } = await listCopies(archive.context, { limit: 10 });
    expect(copies.map(({ requestedOn }) => requestedOn)).to.deep.equal([
      '2026-11-23',
      '2026-11-06',
      '2026-11-26',
      undefined,
    ]);
    for (const requestedOn of ['2026-11-27', '2026-02-30', 'јуче']) {
      const refused = await issueCopy(context, { ...request, requestedOn }).catch((error) => error);
      expect(refused, requestedOn).to.be.instanceOf(ArchiveError).and.include({ code: 'REQUEST_MALFORMED' });
    }
    expect((await listCopies(archive.context, { limit: 10 })).copies).to.have.length(4);
  });
});
