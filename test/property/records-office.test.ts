import { expect } from 'chai';
import fc from 'fast-check';
import {
  abandonDisposal,
  adoptList,
  enterCreator,
  enterRows,
  executeDisposal,
  extendPeriod,
  liftHold,
  placeHold,
  proposeDisposal,
  reviewDisposal,
  startPeriod,
} from '../../src/archive/administration/index.ts';
import { disposalItems, findRecord, heldGroups, listBookRows } from '../../src/archive/data-management/index.ts';
import { ArchiveError } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { categories, company, municipality, setClock } from '../support/records-office.ts';

/** What the test knows of a record, by itself. */
interface Known {
  readonly id: string;
  readonly number: string;
  readonly mark: string;
  readonly case: string;
  readonly word: string;
  /** The year of the event from which the period runs. */
  started?: number;
  readonly years?: number;
  extendedTo?: string;
  gone: boolean;
}

interface KnownHold {
  readonly id: string;
  readonly holds: (record: Known) => boolean;
}

const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('keep' as const), mark: fc.nat(2), at: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hold' as const), scope: fc.nat(3), at: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lift' as const), at: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('extend' as const), at: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), at: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), years: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('propose' as const), at: fc.option(fc.nat(20)) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('execute' as const), at: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('abandon' as const), at: fc.nat(3) }) },
);

/** Two expired bills and a statute in one proposal; a hold comes between approval and execution. */
const thorough: Action[] = [
  { do: 'keep', mark: 0, at: 0 },
  { do: 'keep', mark: 0, at: 1 },
  { do: 'keep', mark: 2, at: 0 },
  { do: 'wait', years: 3 },
  { do: 'propose', at: null },
  { do: 'hold', scope: 0, at: 0 },
  { do: 'execute', at: 0 },
  { do: 'lift', at: 0 },
  { do: 'propose', at: null },
];

type Action = typeof action extends fc.Arbitrary<infer Of> ? Of : never;

describe('an office in which anything happens in any order', function () {
  this.timeout(300_000);
  const clock = setClock('2026-02-01T09:00:00Z');
  let archive: OpenArchive;
  let runs = 0;
  let destroyed = 0;
  let spared = 0;

  before(async () => {
    archive = await testArchive({}, clock).open();
  });

  it('destroys nothing held, permanent or unexpired, and its archive book equals the store', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 12, maxLength: 24 }), async (actions) => {
        const office = await newOffice(archive, `r${++runs}`);
        for (const one of actions) await office.take(one);
        await office.compare();
      }),
      {
        numRuns: Number(process.env.OFFICE_RUNS ?? 5),
        interruptAfterTimeLimit: 200_000,
        markInterruptAsFailure: false,
        examples: [[thorough]],
      },
    );
    expect(destroyed, 'something was destroyed at all').to.be.greaterThan(0);
    expect(spared, 'something was spared by a hold that came after the approval').to.be.greaterThan(0);
  });

  async function newOffice({ context, ingest }: OpenArchive, name: string) {
    const rules = municipality.rules;
    const { creator } = await enterCreator(context, { facts: { ...company, name, rules }, actor: 'officer' });
    const marks = [`${name}-A`, `${name}-C`, `${name}-T`] as const;
    await adoptList(context, {
      creator: creator.id,
      adoptedOn: '2026-01-01',
      categories: categories({ [marks[0]]: '1', [marks[1]]: '2 from case-closed', [marks[2]]: 'trajno' }),
      actor: 'officer',
    });
    const records: Known[] = [];
    const holds: KnownHold[] = [];
    const closed = new Map<string, number>();
    let open: string[] = [];
    const today = () => clock().toISOString().slice(0, 10);
    const held = (record: Known) => holds.some(({ holds: on }) => on(record));
    const expired = ({ started, years, extendedTo = '' }: Known) =>
      started !== undefined && years !== undefined && `${started + years}-12-31` < today() && extendedTo < today();
    const pick = <One>(all: readonly One[], at: number): One | undefined => all[at % Math.max(1, all.length)];

    return {
      take: async (one: Action): Promise<void> => {
        switch (one.do) {
          case 'keep': {
            const mark = marks[one.mark] as string;
            const caseNumber = `${name}/${one.at}`;
            const word = `${name}x${records.length}`;
            const made = today();
            const record = await keep(
              { ingest } as OpenArchive,
              { [`${word}.txt`]: word },
              {
                title: word,
                category: mark,
                creator: creator.id,
                fields: { brojPredmeta: caseNumber, datumNastanka: made },
              },
            );
            const years = [1, 2, undefined][one.mark];
            const started = one.mark === 0 ? Number(made.slice(0, 4)) : closed.get(caseNumber);
            records.push({
              id: record.id,
              number: record.number,
              mark,
              case: caseNumber,
              word,
              gone: false,
              ...(years === undefined ? {} : { years }),
              ...(started === undefined || one.mark === 2 ? {} : { started }),
            });
            return;
          }
          case 'hold': {
            const record = pick(records, one.at);
            if (!record || record.gone) return;
            const about = { owner: 'o', mandate: 'm', reason: 'r', reviewOn: '9000-01-01', actor: 'lawyer' };
            const kinds = [
              { scope: 'record', target: record.id, holds: (other: Known) => other.id === record.id },
              { scope: 'case', target: record.case, holds: (other: Known) => other.case === record.case },
              { scope: 'category', target: record.mark, holds: (other: Known) => other.mark === record.mark },
              {
                scope: 'query',
                query: { text: record.word },
                holds: (other: Known) => other.word.startsWith(record.word),
              },
            ] as const;
            const { holds: on, ...kind } = kinds[one.scope] ?? kinds[0];
            holds.push({ id: (await placeHold(context, { ...about, ...kind })).id, holds: on });
            return;
          }
          case 'lift': {
            const hold = pick(holds, one.at);
            if (!hold) return;
            await liftHold(context, { hold: hold.id, reason: 'r', actor: 'lawyer' });
            holds.splice(holds.indexOf(hold), 1);
            return;
          }
          case 'extend': {
            const record = pick(records, one.at);
            const until = `${Number(today().slice(0, 4)) + 4}-06-30`;
            if (!record || record.gone) return;
            const done = await allowed(
              extendPeriod(context, { record: record.id, until, reason: 'r', actor: 'officer' }),
            );
            if (done) record.extendedTo = until;
            return;
          }
          case 'close': {
            const caseNumber = `${name}/${one.at}`;
            await startPeriod(context, { case: caseNumber, event: 'case-closed', date: today(), actor: 'officer' });
            closed.set(caseNumber, Number(today().slice(0, 4)));
            for (const record of records)
              if (record.case === caseNumber && record.mark === marks[1] && !record.gone)
                record.started = Number(today().slice(0, 4));
            return;
          }
          case 'wait': {
            clock.set(`${Number(today().slice(0, 4)) + one.years}-03-01T09:00:00Z`);
            return;
          }
          case 'propose': {
            const record = one.at === null ? undefined : pick(records, one.at);
            const asked = record ? { records: [record.id] } : {};
            const proposed = await allowed(proposeDisposal(context, { creator: creator.id, ...asked, actor: 'a' }));
            if (!proposed) return;
            const disposal = proposed.done;
            for (const { record: id } of await disposalItems(context.catalog, disposal.id)) {
              const listed = records.find((known) => known.id === id);
              expect(listed && !held(listed) && expired(listed), `${id} in an inventory`).to.equal(true);
            }
            const years = (await disposalItems(context.catalog, disposal.id)).map(({ year }) => year);
            expect(years, 'from the oldest year on').to.deep.equal([...years].sort());
            const review = { members: ['x', 'y'], minutes: { number: '1', date: today() }, agreed: true, actor: 'b' };
            await reviewDisposal(context, { disposal: disposal.id, ...review });
            open.push(disposal.id);
            return;
          }
          case 'abandon': {
            const disposal = pick(open, one.at);
            if (!disposal) return;
            await abandonDisposal(context, { disposal, reason: 'r', actor: 'a' });
            open = open.filter((other) => other !== disposal);
            return;
          }
          case 'execute': {
            const disposal = pick(open, one.at);
            if (!disposal) return;
            open = open.filter((other) => other !== disposal);
            const untouchable = new Set(
              records
                .filter((record) => record.years === undefined || held(record) || !expired(record))
                .map(({ id }) => id),
            );
            const done = await executeDisposal(context, { disposal, method: 'm', actor: 'b' });
            expect(done.disposal.state).to.equal('completed');
            for (const item of await disposalItems(context.catalog, disposal)) {
              const record = records.find(({ id }) => id === item.record);
              expect(item.state === 'disposed', item.recordNumber).to.equal(!untouchable.has(item.record));
              if (item.state === 'disposed') destroyed += 1;
              else spared += 1;
              if (record && item.state === 'disposed') record.gone = true;
            }
            return;
          }
        }
      },

      compare: async (): Promise<void> => {
        await enterRows(context, { creator: creator.id, actor: 'officer' });
        const rows = await listBookRows(context.catalog, creator.id);
        const sum = (pickOne: (row: (typeof rows)[0]) => number) =>
          rows.reduce((total, row) => total + pickOne(row), 0);
        const live = records.filter(({ gone }) => !gone);
        expect(
          sum((row) => row.records - row.disposedRecords),
          'records of the book',
        ).to.equal(live.length);
        const bytes = live.reduce((total, { word }) => total + word.length, 0);
        expect(
          sum((row) => row.bytes - row.disposedBytes),
          'bytes of the book',
        ).to.equal(bytes);
        expect(new Set(rows.map(({ number }) => number)).size).to.equal(rows.length);
        const groups = await heldGroups(context.catalog, creator.id);
        expect(groups.reduce((total, group) => total + group.records, 0)).to.equal(live.length);
        for (const { id, gone, years } of records) {
          const stored = await context.storage.readInventory(id);
          expect(stored === undefined, `${id} in the store`).to.equal(gone);
          const record = await findRecord(context.catalog, 'default', id);
          expect(record?.state === 'disposed', id).to.equal(gone);
          if (years === undefined) expect(gone, 'a permanent record').to.equal(false);
        }
      },
    };
  }

  /** What comes of something that may be refused; undefined when it was. */
  async function allowed<Done>(work: Promise<Done>): Promise<{ readonly done: Done } | undefined> {
    try {
      return { done: await work };
    } catch (error) {
      if (error instanceof ArchiveError) return undefined;
      throw error;
    }
  }
});
