import { expect } from 'chai';
import fc from 'fast-check';
import { expiryOf, serbianDay } from '../../../../src/archive/data-management/records-management/index.ts';

const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the end of a retention period', () => {
  it('is 31 December, whole years after the end of the event’s year', () => {
    expect(expiryOf('10', 'year-end', '2026-01-01')).to.equal('2036-12-31');
    expect(expiryOf('10', 'year-end', '2026-12-31')).to.equal('2036-12-31');
    expect(expiryOf('1', 'year-end', '2024-02-29')).to.equal('2025-12-31');
  });

  it('is the same day years later where the list counts exactly', () => {
    expect(expiryOf('5', 'exact', '2026-03-15')).to.equal('2031-03-15');
    expect(expiryOf('1', 'exact', '2024-02-29')).to.equal('2025-02-28');
    expect(expiryOf('4', 'exact', '2024-02-29')).to.equal('2028-02-29');
    expect(expiryOf('76', 'exact', '2024-02-29'), '2100 is no leap year').to.equal('2100-02-28');
  });

  it('never comes for what is permanent, kept as long as needed, or has not begun', () => {
    for (const formula of ['year-end', 'exact'] as const) {
      expect(expiryOf('trajno', formula, '2026-01-01')).to.equal(undefined);
      expect(expiryOf('trajno operativno', formula, '2026-01-01')).to.equal(undefined);
      expect(expiryOf('10', formula, undefined)).to.equal(undefined);
    }
  });

  it('is a day that there is, never earlier than whole years after the event, never earlier by year-end than by the day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 200 }), (event, years) => {
        const exact = expiryOf(String(years), 'exact', event) ?? '';
        const yearEnd = expiryOf(String(years), 'year-end', event) ?? '';
        expect(new Date(`${exact}T00:00:00Z`).toISOString().slice(0, 10)).to.equal(exact);
        expect(Number(exact.slice(0, 4)) - Number(event.slice(0, 4))).to.equal(years);
        expect(yearEnd >= exact).to.equal(true);
      }),
    );
  });

  it('is counted in days of Serbia', () => {
    expect(serbianDay(new Date('2026-12-31T22:59:59Z'))).to.equal('2026-12-31');
    expect(serbianDay(new Date('2026-12-31T23:00:00Z'))).to.equal('2027-01-01');
    expect(serbianDay(new Date('2026-06-30T22:00:00Z'))).to.equal('2026-07-01');
  });
});
