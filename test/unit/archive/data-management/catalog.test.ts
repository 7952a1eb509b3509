import { expect } from 'chai';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  brokenCopies,
  type CatalogRecord,
  changedVerdicts,
  copiesOf,
  countByState,
  earlierWithContent,
  findIdempotent,
  findRecord,
  findRecords,
  findWithFacets,
  inTransaction,
  listEntries,
  listJobs,
  longestUnread,
  nextRenewals,
  openCatalog,
  parseJournal,
  putIdempotent,
  putRecords,
  revalidationState,
  savedSearches,
  takeNumbers,
  versionsOf,
} from '../../../../src/archive/data-management/index.ts';
import { chain, emptyHead, journalLine } from '../../../../src/archive/data-management/journal-entry.ts';
import { FormatError } from '../../../../src/base/index.ts';
import { refusalOf } from '../../../support/archive.ts';
import { describeOnEach } from '../../../support/postgres.ts';

function record(n: number, changes: Partial<CatalogRecord> = {}): CatalogRecord {
  return {
    id: `urn:uuid:01890a5d-ac96-7b3c-8d5e-${String(n).padStart(12, '0')}`,
    institution: 'default',
    number: `2026-${String(n).padStart(6, '0')}`,
    title: `Record ${n}`,
    profile: { id: 'general', version: '1' },
    state: 'archived',
    fields: { vrstaDokumenta: n % 2 ? 'ugovor' : 'rešenje' },
    receivedAt: `2026-11-${String(1 + (n % 28)).padStart(2, '0')}T08:00:00Z`,
    version: 1,
    files: [
      {
        path: 'a',
        originalName: `${n}.pdf`,
        size: 1,
        sha256: String(n).padStart(64, '0'),
        sha512: 'x',
        mimeType: 'application/pdf',
        formatName: 'PDF',
        formatBasis: 'signature',
        role: 'content',
      },
    ],
    signatures: [
      {
        file: 'a',
        format: 'PAdES',
        indication: n % 3 ? 'TOTAL_PASSED' : 'INDETERMINATE',
        signedBy: n % 5 ? 'Јелена Петровић' : 'Đorđe Nikolić',
        validationTime: '2026-11-24T12:00:00Z',
      },
    ],
    ...changes,
  };
}

interface AskedQuery {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** The tables that a query reads from end to end. */
const scansOf = {
  SQLite: async (catalog: Knex, { sql, bindings }: AskedQuery): Promise<string[]> => {
    const plan: { detail: string }[] = await catalog.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings as Knex.RawBinding[]);
    return plan
      .map(({ detail }) => detail)
      .filter(
        (detail) =>
          /^SCAN /.test(detail) && !/VIRTUAL TABLE|USING (COVERING )?INDEX|CONSTANT ROW|SCAN most_/.test(detail),
      );
  },
  /** Of a small table everything is read, unless that is made dear: then it is read only where no index fits. */
  PostgreSQL: async (catalog: Knex, { sql, bindings }: AskedQuery): Promise<string[]> =>
    catalog.transaction(async (transaction) => {
      await transaction.raw('SET LOCAL enable_seqscan = off');
      const asked = sql.replace(/\$\d+/g, '?');
      const { rows } = await transaction.raw(`EXPLAIN ${asked}`, bindings as Knex.RawBinding[]);
      return rows
        .map((row: Record<string, string>) => String(row['QUERY PLAN']))
        .filter((line: string) => line.includes('Seq Scan'))
        .map((line: string) => `${line}: ${sql}`);
    }),
};

describeOnEach('the catalog', (dialect) => {
  let catalog: Knex;
  before(async () => {
    catalog = await openCatalog(await dialect.emptyPlace());
    const records = Array.from({ length: 300 }, (_, n) => record(n + 1, n % 50 === 0 ? { state: 'quarantined' } : {}));
    await inTransaction(catalog, (transaction) =>
      putRecords(transaction, [...records, record(999, { institution: 'another', title: 'Tajna' })]),
    );
  });
  after(() => catalog.destroy());

  const find = async (query: Partial<Parameters<typeof findRecords>[1]>) =>
    (await findRecords(catalog, { institution: 'default', limit: 1000, ...query })).records;

  it('finds by field, signer in either alphabet, state, and days, and never across institutions', async () => {
    expect(await find({ field: { name: 'vrstaDokumenta', text: 'УГОВОР' } })).to.have.length(150);
    expect(await find({ signer: 'djordje' })).to.have.length(60);
    expect(await find({ signer: 'петровић јел' })).to.have.length(240);
    expect(await find({ states: ['quarantined'] })).to.have.length(6);
    expect(await find({ states: ['quarantined'], text: 'record' })).to.have.length(6);
    expect(await find({ text: 'tajna' })).to.deep.equal([]);
    expect(await findRecord(catalog, 'default', record(999).id)).to.equal(undefined);
  });

  it('takes whatever people type for words, never for syntax', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        await find({ text, limit: 1 });
        await find({ signer: text, field: { name: text, text }, limit: 1 });
      }),
      { numRuns: 100 },
    );
  });

  it('reads no table from end to end for any question that is asked while people wait', async () => {
    const scans: string[] = [];
    const asked: AskedQuery[] = [];
    const listen = ({ sql, bindings }: AskedQuery) => asked.push({ sql, bindings });
    catalog.on('query', listen);
    await find({ text: 'record', limit: 10 });
    await find({
      text: 'record',
      states: ['archived'],
      receivedFrom: '2026-11-03',
      receivedTo: '2026-11-05',
      limit: 10,
    });
    await find({ limit: 10, before: 200 });
    await find({ states: ['quarantined', 'failed'], limit: 10 });
    await findRecord(catalog, 'default', record(7).id);
    await findRecord(catalog, 'default', record(7).number);
    await versionsOf(catalog, record(7).id);
    await copiesOf(catalog, record(7).id);
    await earlierWithContent(catalog, 'default', [String(7).padStart(64, '0')]);
    await countByState(catalog, 'default');
    for (const query of [{}, { text: 'record' }, { states: ['archived' as const] }, { receivedFrom: '2026-11-03' }])
      await findWithFacets(catalog, { institution: 'default', limit: 10, ...query });
    await savedSearches(catalog, { institution: 'default', owner: 'someone' }, 10);
    await longestUnread(catalog, ['first'], 10);
    await brokenCopies(catalog, 10);
    await changedVerdicts(catalog, 'default', 10);
    await nextRenewals(catalog, 10);
    await revalidationState(catalog, '2026-11-25T00:00:00Z');
    await listEntries(catalog, { institution: 'default', subject: record(7).id, limit: 10 });
    await listEntries(catalog, { institution: 'default', type: 'audit.finished', limit: 10 });
    await listEntries(catalog, { institution: 'default', limit: 10 });
    await listJobs(catalog, 'default', 10);
    await findIdempotent(catalog, 'default', 'key', 'digest');
    catalog.removeListener('query', listen);
    for (const query of asked.filter(({ sql }) => /^select/i.test(sql)))
      scans.push(...(await scansOf[dialect.name](catalog, query)));
    expect(asked.length).to.be.above(20);
    expect(scans).to.deep.equal([]);
  });

  if (dialect.name === 'SQLite')
    it('asks the index of words first, not for each record whether it has them', async () => {
      const asked: AskedQuery[] = [];
      const listen = ({ sql, bindings }: AskedQuery) => asked.push({ sql, bindings });
      catalog.on('query', listen);
      await find({ text: 'record', facets: [{ facet: 'state', value: 'archived' }] });
      await findWithFacets(catalog, { institution: 'default', limit: 10, text: 'record', states: ['archived'] });
      catalog.removeListener('query', listen);
      const searches = asked.filter(({ sql }) => sql.includes('MATCH'));
      expect(searches).to.have.length(2);
      for (const { sql, bindings } of searches) {
        const plan: { detail: string }[] = await catalog.raw(
          `EXPLAIN QUERY PLAN ${sql}`,
          bindings as Knex.RawBinding[],
        );
        expect(plan[0]?.detail, sql).to.match(/^SCAN record_search VIRTUAL TABLE/);
        expect(plan.map(({ detail }) => detail).join(), sql).to.not.include('TEMP B-TREE');
      }
    });

  it('gives numbers without gap or repetition to those who ask at once', async () => {
    const given = await Promise.all(
      Array.from({ length: 20 }, () =>
        inTransaction(catalog, (transaction) => takeNumbers(transaction, 'default', 'test', 3)),
      ),
    );
    expect(given.sort((one, other) => one - other)).to.deep.equal(Array.from({ length: 20 }, (_, n) => 1 + n * 3));
  });

  it('remembers a request by its key, and what it asked for', async () => {
    await putIdempotent(catalog, 'default', 'k', 'digest', ['a']);
    expect(await findIdempotent(catalog, 'default', 'k', 'digest')).to.deep.equal(['a']);
    expect(await findIdempotent(catalog, 'another', 'k', 'digest')).to.equal(undefined);
    expect(await refusalOf(findIdempotent(catalog, 'default', 'k', 'other'))).to.equal('IDEMPOTENCY_CONFLICT');
  });
});

describe('a catalog whose database is away', () => {
  it('cannot be opened, and is not a fault of ours', async () => {
    expect(await refusalOf(openCatalog('postgres://nobody@127.0.0.1:1/nothing'))).to.equal('CATALOG_UNAVAILABLE');
  });
});

describe('the journal', () => {
  const entry = (n: number) => ({
    time: '2026-11-24T12:00:00Z',
    institution: 'default',
    type: 'record.received' as const,
    subject: `s${n}`,
    actor: 'officer',
    detail: { n },
  });
  const lines = (count: number) =>
    chain(
      emptyHead,
      Array.from({ length: count }, (_, n) => entry(n)),
    ).map(journalLine);

  it('is read as it was written, and tells of a line that a crash cut short', () => {
    const text = lines(5).join('');
    expect(parseJournal(text, emptyHead).entries.map(({ subject }) => subject)).to.deep.equal([
      's0',
      's1',
      's2',
      's3',
      's4',
    ]);
    const { entries, torn } = parseJournal(text.slice(0, -20), emptyHead);
    expect([entries.length, torn === '']).to.deep.equal([4, false]);
  });

  it('does not bear one line altered, taken out, put elsewhere or added', () => {
    const written = lines(4);
    const [a = '', b = '', c = '', d = ''] = written;
    for (const [what, forged] of Object.entries({
      altered: [a, b.replace('"n":1', '"n":2'), c, d],
      'taken out': [a, c, d],
      swapped: [a, c, b, d],
      'added twice': [a, b, b, c, d],
      'first missing': [b, c, d],
    }))
      expect(() => parseJournal(forged.join(''), emptyHead), what).to.throw(FormatError);
  });

  it('does not bear any byte changed', () => {
    const text = lines(3).join('');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const character = String.fromCharCode(code);
        fc.pre(character !== text[at]);
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        let entries = 0;
        try {
          ({ length: entries } = parseJournal(changed, emptyHead).entries);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
          return;
        }
        expect(entries, 'only the last newline may be lost, as by a crash').to.be.below(3);
      }),
      { numRuns: 300 },
    );
  });
});
