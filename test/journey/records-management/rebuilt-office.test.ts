import { expect } from 'chai';
import type { Knex } from 'knex';
import {
  closeBook,
  confirmRebuild,
  disposeRecord,
  enterCreator,
  enterPaperRow,
  enterRows,
  executeDisposal,
  extendPeriod,
  liftHold,
  makeTranscript,
  placeHold,
  proposeDisposal,
  registerAct,
  reviewDisposal,
  reviewHold,
  startPeriod,
  submitTranscript,
  voidEntry,
} from '../../../src/archive/administration/index.ts';
import { findRecord, openCatalog } from '../../../src/archive/data-management/index.ts';
import { amendRecord } from '../../../src/archive/ingest/index.ts';
import { rebuildFrom } from '../../../src/restore.ts';
import { catalogPlace } from '../../../src/shipped.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { describeOnEach } from '../../support/postgres.ts';
import { company, municipality, office, setClock } from '../../support/records-office.ts';

const tables: Readonly<Record<string, string>> = {
  counters: 'institution_id, series',
  creators: 'id',
  category_lists: 'id',
  categories: 'list_id, mark',
  record_retention: 'record_id',
  retention_events: 'scope, target, event',
  retention_reviews: 'record_id, sequence',
  holds: 'id',
  held_records: 'hold_id, record_id',
  disposals: 'id',
  disposal_items: 'disposal_id, number',
  book_rows: 'creator_id, number, version',
  book_transcripts: 'id',
  register_entries: 'id',
  closed_registers: 'creator_id, book, year',
};

/** Everything of records management that the catalog holds, in an order of its own. */
async function facts(catalog: Knex): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [table, order] of Object.entries(tables))
    found[table] = await catalog(table).select('*').orderByRaw(order);
  return found;
}

describeOnEach('an office whose catalog is lost', (dialect) => {
  it('stands there again as the store tells it, and destroys nothing before a person has confirmed', async () => {
    const clock = setClock('2026-02-01T09:00:00Z');
    const place = testArchive(await dialect.environment(), clock);
    const archive = await place.open();
    const { context } = archive;
    const { creator } = await office(context, company, { A: '1', B: '5 from case-closed', C: '9' });
    const { creator: second } = await office(context, municipality);
    await enterCreator(context, { id: creator.id, facts: { ...company, seat: 'Суботица' }, actor: 'officer' });
    const one = await keep(archive, { 'a.txt': 'a' }, { category: 'A' });
    const two = await keep(archive, { 'b.txt': 'bb' }, { category: 'A', title: 'спорни' });
    const three = await keep(archive, { 'c.txt': 'ccc' }, { category: 'B', fields: { brojPredmeta: '7/2026' } });
    const four = await keep(archive, { 'd.txt': 'dddd' }, { category: 'C' });
    await amendRecord(context, { record: four.id, actor: 'officer', reason: 'misfiled', category: 'A' });
    await startPeriod(context, { case: '7/2026', event: 'case-closed', date: '2026-01-31', actor: 'officer' });
    await extendPeriod(context, { record: four.id, until: '2050-01-01', reason: 'r', actor: 'officer' });
    const about = { owner: 'правна служба', mandate: 'П-1', reason: 'спор', reviewOn: '2030-01-01', actor: 'lawyer' };
    const stands = await placeHold(context, { ...about, scope: 'query', query: { text: 'sporni' } });
    await amendRecord(context, { record: two.id, actor: 'officer', reason: 'typing error', title: 'друго' });
    const lifted = await placeHold(context, { ...about, scope: 'case', target: '7/2026' });
    await reviewHold(context, { hold: stands.id, reviewOn: '2031-01-01', actor: 'lawyer' });
    await liftHold(context, { hold: lifted.id, reason: 'settled', actor: 'lawyer' });
    await enterRows(context, { creator: creator.id, actor: 'officer' });
    await enterPaperRow(context, {
      creator: second.id,
      mark: 'II-3',
      yearFrom: '1990',
      yearTo: '1999',
      content: 'Рачуни',
      period: '2',
      consent: '',
      quantity: '12 регистратора',
      place: 'подрум, полица 3',
      actor: 'officer',
    });
    const entry = { creator: creator.id, receivedOn: '2026-01-30', actor: 'officer' };
    const first = await registerAct(context, {
      ...entry,
      record: one.id,
      facts: { subject: 'Захтев', sender: 'Р. Р.' },
    });
    await registerAct(context, { ...entry, case: first.base, facts: { subject: 'Допуна' } });
    const wrong = await registerAct(context, { ...entry, facts: { subject: 'грешка' } });
    await voidEntry(context, { entry: wrong.id, reason: 'двапут уписано', actor: 'officer' });
    clock.set('2028-03-01T09:00:00Z');
    await closeBook(context, { creator: creator.id, book: '01', year: '2026', actor: 'officer' });
    const transcript = await makeTranscript(context, { creator: creator.id, year: '2026', actor: 'officer' });
    await submitTranscript(context, {
      transcript: transcript.id,
      submittedOn: '2028-03-01',
      letter: '031-1',
      channel: 'eArhiv',
      actor: 'officer',
    });
    const { id: disposal } = await proposeDisposal(context, { creator: creator.id, records: [one.id], actor: 'a' });
    const minutes = { number: '1/2028', date: '2028-03-01' };
    await reviewDisposal(context, { disposal, members: ['Б', 'В'], minutes, agreed: true, actor: 'b' });
    await executeDisposal(context, { disposal, method: 'брисање', actor: 'b' });
    const before = await facts(context.catalog);
    const said = JSON.stringify(await context.catalog('journal').select('type', 'subject', 'detail'));
    for (const name of ['Петар', 'Петровић', 'Анић', 'правна служба', 'П-1', 'спорни', 'Захтев', 'Р. Р.', 'Суботица'])
      expect(said, 'the journal outlives what it tells of, and names nobody').to.not.contain(name);
    for (const table of Object.keys(tables)) expect(before[table], table).to.not.have.length(0);
    await archive.close();

    await dialect.loseCatalog(place.config);
    expect((await rebuildFrom(place.config, clock, 'second', () => {})).unreadable).to.deep.equal([]);
    const catalog = await openCatalog(catalogPlace(place.config));
    const rebuilt = await facts(catalog);
    for (const table of Object.keys(tables)) expect(rebuilt[table], table).to.deep.equal(before[table]);
    await catalog.destroy();

    const again = await place.open();
    const record = await findRecord(again.context.catalog, 'default', four.id);
    expect(record?.classification).to.include({ mark: 'A', creator: creator.id });
    clock.set('2035-03-01T09:00:00Z');
    const { id: next } = await proposeDisposal(again.context, { creator: creator.id, records: [three.id], actor: 'a' });
    await reviewDisposal(again.context, { disposal: next, members: ['Б', 'В'], minutes, agreed: true, actor: 'b' });
    const decision = { record: three.id, actor: 'b', decision: '1', disposal: next };
    expect(await refusalOf(disposeRecord(again.context, decision))).to.equal('DISPOSAL_REFUSED');
    expect(await confirmRebuild(again.context, 'operator')).to.equal(true);
    expect(await confirmRebuild(again.context, 'operator')).to.equal(false);
    await disposeRecord(again.context, decision);
    const held = { creator: creator.id, records: [two.id], actor: 'a' };
    expect(await refusalOf(proposeDisposal(again.context, held)), 'the hold outlives the catalog').to.equal(
      'DISPOSAL_REFUSED',
    );
  });
});
