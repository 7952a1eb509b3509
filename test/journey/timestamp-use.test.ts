import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { evidenceState, isEvidenceDue, keepEvidence } from '../../src/archive/preservation/index.ts';
import { timestampAuthorities } from '../../src/archive/trust-services/index.ts';
import { readConfig } from '../../src/config.ts';
import { keep, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';
import { toyTrust } from '../support/toy-trust.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('a time-stamping authority with a price and a monthly quota', function () {
  this.timeout(60_000);

  async function withQuota(start: string, monthlyQuota: number) {
    let now = Date.parse(start);
    const clock = () => new Date(now);
    const trust = toyTrust(clock);
    const root = await trust.make({ name: 'Koren', key: 'ecdsa', profile: 'authority', years: 30 });
    const holder = await trust.make({ name: 'Istok', key: 'ecdsa', profile: 'timestamps', years: 6, issuer: root });
    const paid = {
      ...trust.authority('Istok', async () => holder),
      price: { amount: 0.35, currency: 'EUR' },
      monthlyQuota,
    };
    const archive = await testArchive({}, clock).open();
    const context = {
      ...archive.evidence,
      authorities: timestampAuthorities([paid], clock),
      timestampAnchors: trust.anchors,
      materialSource: trust.source,
    };
    const pass = (milliseconds: number) => {
      now += milliseconds;
    };
    return { archive, context, pass };
  }

  it('is asked so seldom that the quota lasts until the month’s end, and the operator sees what it comes to', async () => {
    const { archive, context, pass } = await withQuota('2026-11-01T00:00:00Z', 30); // one a day
    await keep(archive, { 'a.txt': 'један' });
    pass(23 * 60 * minute);
    expect(await isEvidenceDue({ ...context, authorities: archive.evidence.authorities }), 'without a quota').to.equal(
      true,
    );
    expect((await keepEvidence(context)).closed).to.equal(0);
    pass(2 * 60 * minute);
    expect((await keepEvidence(context)).closed).to.equal(1);
    pass(14 * day);
    const { timestamps } = await evidenceState(context);
    expect(timestamps).to.deep.equal([
      {
        name: 'Istok',
        isTest: false,
        usedThisMonth: 1,
        usedLastMonth: 0,
        expectedThisMonth: 2,
        monthlyQuota: 30,
        price: { amount: 0.35, currency: 'EUR' },
        costThisMonth: 0.35,
        expectedCostThisMonth: 0.7,
      },
    ]);
    pass(16 * day);
    expect((await evidenceState(context)).timestamps[0]).to.include({ usedThisMonth: 0, usedLastMonth: 1 });
  });

  it('whose quota is used up is asked for new batches next month', async () => {
    const { archive, context, pass } = await withQuota('2026-11-28T00:00:00Z', 1);
    await keep(archive, { 'a.txt': 'један' });
    pass(2 * day);
    expect((await keepEvidence(context)).closed).to.equal(1);
    await keep(archive, { 'b.txt': 'два' });
    pass(day - minute);
    expect((await keepEvidence(context)).closed).to.equal(0);
    pass(16 * day);
    expect((await keepEvidence(context)).closed).to.equal(1);
  });

  it('is refused in the configuration with a price or a quota that is none', () => {
    const configured = (terms: object) => {
      const folder = emptyFolder();
      const authority = { name: 'TSA', url: 'https://tsa.test/', ...terms };
      writeFileSync(join(folder, 'config.json'), JSON.stringify({ timestampAuthorities: [authority] }));
      return () => readConfig({ TRAJNO_DATA: folder });
    };
    expect(configured({ price: '0.35 EUR', monthlyQuota: 100 })().timestampAuthorities[0]).to.deep.include({
      price: { amount: 0.35, currency: 'EUR' },
      monthlyQuota: 100,
    });
    for (const price of ['free', '0,35 EUR', '-1 EUR', '1 eur'])
      expect(configured({ price }), price).to.throw(/0\.35 EUR/);
    for (const monthlyQuota of [0, -5, 1.5, 'many'])
      expect(configured({ monthlyQuota }), String(monthlyQuota)).to.throw(/monthlyQuota/);
  });
});
