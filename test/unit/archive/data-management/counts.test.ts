import { expect } from 'chai';
import type { Knex } from 'knex';
import {
  applyRevalidation,
  type CatalogRecord,
  coverage,
  findRecords,
  findWithFacets,
  forgetStoreObject,
  inTransaction,
  openCatalog,
  putCopies,
  putRecords,
  putVersions,
  type RecordState,
  setRecordState,
} from '../../../../src/archive/data-management/index.ts';
import { forgetContent } from '../../../../src/archive/data-management/records.ts';
import { describeOnEach } from '../../../support/postgres.ts';

const id = (n: number) => `urn:uuid:01890a5d-ac96-7b3c-8d5e-${String(n).padStart(12, '0')}`;

function record(n: number, changes: Partial<CatalogRecord> = {}): CatalogRecord {
  return {
    id: id(n),
    institution: n % 10 === 9 ? 'another' : 'default',
    number: `2026-${String(n).padStart(6, '0')}`,
    title: 'Запис',
    profile: { id: 'general', version: '1' },
    ...(n % 2 ? { category: 'II-3' } : {}),
    state: 'archived',
    fields: {},
    receivedAt: '2026-11-05T08:00:00Z',
    version: 1,
    files: [],
    signatures: [
      {
        file: 'a',
        format: 'x',
        indication: 'TOTAL_PASSED',
        signedBy: `Мира ${n % 3}`,
        validationTime: '2026-11-05T08:00:00Z',
      },
    ],
    ...changes,
  };
}

describeOnEach('what is counted beforehand', (dialect) => {
  let catalog: Knex;
  beforeEach(async () => {
    catalog = await openCatalog(await dialect.emptyPlace());
    await inTransaction(catalog, (transaction) =>
      putRecords(
        transaction,
        Array.from({ length: 40 }, (_, n) => record(n)),
      ),
    );
  });
  afterEach(() => catalog.destroy());

  /** The counts as they stand against those that the index itself gives. */
  async function expectTrueFacets(): Promise<void> {
    const rows: { institution_id: string; facets: string }[] = await catalog('record_search')
      .join('records', 'records.position', 'record_search.rowid')
      .select('records.institution_id', 'record_search.facets');
    const counted = new Map<string, number>();
    for (const row of rows)
      for (const token of row.facets
        .split(' ')
        .filter((each) => /^(state|profile|category|year|by|verdict):/.test(each)))
        counted.set(`${row.institution_id} ${token}`, (counted.get(`${row.institution_id} ${token}`) ?? 0) + 1);
    const kept = await catalog('facet_values').select('institution_id', 'token', 'records');
    const kinds = kept.map((row) => [`${row.institution_id} ${row.token}`, Number(row.records)] as const);
    expect(Object.fromEntries(kinds)).to.deep.equal(Object.fromEntries(counted));
  }

  async function expectTrueCopies(): Promise<void> {
    const rows: { object_id: string; location: string; state: string; verified_at: string | null }[] =
      await catalog('copies');
    const counted = new Map<string, number>();
    for (const row of rows) {
      const kind = row.object_id.startsWith('urn:uuid:') ? 'record' : 'other';
      const key = [row.location, kind, row.state, (row.verified_at ?? '').slice(0, 10)].join(' ');
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    const kept = await catalog('copy_counts');
    const found = kept.map(
      (row) => [[row.location, row.kind, row.state, row.day].join(' '), Number(row.copies)] as const,
    );
    expect(Object.fromEntries(found)).to.deep.equal(Object.fromEntries(counted));
  }

  it('follows records that are corrected, decided on, judged anew and destroyed', async () => {
    await expectTrueFacets();
    await inTransaction(catalog, async (transaction) => {
      await putRecords(transaction, [
        record(1, { category: 'V-9', title: 'Исправљен' }),
        record(2, { signatures: [] }),
      ]);
      for (const [n, state] of ['quarantined', 'failed', 'archived'].entries())
        await setRecordState(transaction, id(3 + n), state as RecordState);
      await forgetContent(transaction, id(7));
      await applyRevalidation(transaction, {
        sequence: 1,
        time: '2026-11-06T08:00:00Z',
        institution: 'default',
        type: 'signatures.revalidated',
        subject: id(8),
        actor: 'worker',
        detail: { verdicts: [{ indication: 'INDETERMINATE' }], trigger: 'yearly', engine: 'x' },
        hash: '',
      });
    });
    await expectTrueFacets();
    const found = await findWithFacets(catalog, {
      institution: 'default',
      limit: 10,
      facets: [{ facet: 'verdict', value: 'indeterminate' }],
    });
    expect(found.found.records).to.equal(1);
  });

  it('leaves of a destroyed record its number, nothing that was in it', async () => {
    await inTransaction(catalog, (transaction) => forgetContent(transaction, id(7)));
    const find = async (text: string) =>
      (await findRecords(catalog, { institution: 'default', text, limit: 100 })).records;
    expect((await find('2026-000007')).map(({ state }) => state)).to.deep.equal(['disposed']);
    expect((await find('запис')).map(({ number }) => number)).to.not.include('2026-000007');
  });

  it('follows copies that are read, damaged, repaired and given up, whoever writes at once', async () => {
    const versions = Array.from({ length: 30 }, (_, n) => ({
      recordId: id(n),
      version: 1,
      createdAt: '2026-11-05T08:00:00Z',
      inventorySha512: 'x',
      sequence: n,
      reason: '',
    }));
    await inTransaction(catalog, (transaction) =>
      putVersions(transaction, versions, ['first', 'second'], '2026-11-05T08:00:00Z'),
    );
    await expectTrueCopies();
    await Promise.all(
      ['first', 'second'].flatMap((location) =>
        ['whole', 'damaged', 'missing', 'whole'].map((state, round) =>
          putCopies(
            catalog,
            Array.from({ length: 20 }, (_, n) => ({
              objectId: n % 5 === 0 ? `urn:trajno:audit:${n}` : id(n),
              location,
              state: state as 'whole',
              verifiedAt: `2026-11-${10 + round + (n % 3)}T00:00:00Z`,
            })),
          ),
        ),
      ),
    );
    await expectTrueCopies();
    await inTransaction(catalog, async (transaction) => {
      await forgetContent(transaction, id(3));
      await forgetStoreObject(transaction, 'urn:trajno:audit:5');
    });
    await expectTrueCopies();
    const [first] = await coverage(catalog);
    expect(first).to.include({ location: 'first', copies: 29, oldest: '2026-11-05T08:00:00Z' });
  });
});
