import { expect } from 'chai';
import { decadesOf } from '../century/decades.ts';
import { liveThrough } from '../century/live.ts';
import { faultsAtTheEnd } from '../century/verify-alone.ts';
import { emptyFolder } from '../support/folders.ts';

/** `npm run century` goes on to 2126; these are the years in which a disk dies, RSA falls and a key is stolen. */
describe('an archive that lives for fifteen years', function () {
  this.timeout(600_000);

  it('renews in time whatever ends or falls, repairs what rots, and its records verify by what they carry', async () => {
    const from = 2031;
    const lived = await liveThrough({
      folder: emptyFolder(),
      from,
      to: 2046,
      recordsAYear: 1,
      auditEvery: 5,
      tell: () => undefined,
    });
    try {
      const decades = [...(await decadesOf(lived.archive.context(), from)).values()];
      const sum = (column: keyof (typeof decades)[number]) =>
        decades.reduce((total, decade) => total + decade[column], 0);
      expect(lived.happenings.map(({ year }) => year)).to.deep.equal([2032, 2032, 2044]);
      expect(await faultsAtTheEnd(lived)).to.deep.equal([]);
      expect([sum('failures'), sum('records'), sum('batches')]).to.deep.equal([0, 15, 15]);
      expect(sum('batches re-stamped')).to.be.greaterThan(10);
      expect(sum('repairs')).to.equal(sum('damages'));
    } finally {
      await lived.archive.close();
    }
  });
});
