import { expect } from 'chai';
import type { Knex } from 'knex';
import {
  type Actor,
  addPerson,
  changeRoles,
  closeAccount,
  disposeRecord,
  publishProfile,
  withdrawProfile,
} from '../../src/archive/administration/index.ts';
import { findRecord, findRecords, openCatalog } from '../../src/archive/data-management/index.ts';
import { amendRecord, decide } from '../../src/archive/ingest/index.ts';
import { closeJournalSegment } from '../../src/archive/packaging/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import { rebuildFrom } from '../../src/restore.ts';
import { catalogPlace } from '../../src/shipped.ts';
import { keep, offer, testArchive } from '../support/archive.ts';
import { below } from '../support/bag.ts';
import { describeOnEach } from '../support/postgres.ts';
import { sipFiles } from '../support/sip.ts';
import { zipArchive } from '../support/zip-archive.ts';

/** Everything with legal effect that the catalog holds, in an order of its own. */
async function facts(catalog: Knex): Promise<Record<string, unknown[]>> {
  const tables: Record<string, { columns: string; order: string }> = {
    institutions: { columns: 'id, name', order: 'id' },
    people: { columns: 'id, institution_id, sign_in_name, state, created_at', order: 'id' },
    person_roles: { columns: '*', order: 'person_id, role' },
    counters: { columns: '*', order: 'institution_id, series' },
    journal: { columns: '*', order: 'sequence' },
    records: {
      columns:
        'id, institution_id, number, title, profile_id, profile_version, category, state, reason_code, fields, received_at, archived_at, document_date, version, receipt_number, receipt_time, receipt_head, duplicate_of',
      order: 'id',
    },
    aip_versions: { columns: '*', order: 'record_id, version' },
    files: { columns: '*', order: 'record_id, number' },
    signatures: { columns: '*', order: 'record_id, number' },
    copies: { columns: 'object_id, location, state', order: 'object_id, location' },
    locations: { columns: '*', order: 'name' },
    store_object_versions: { columns: '*', order: 'id, version' },
    evidence_pending: { columns: 'object_id, version, type', order: 'object_id, version' },
    evidence_coverage: { columns: '*', order: 'object_id, version' },
    evidence_batches: { columns: '*', order: 'id' },
    profile_entries: { columns: '*', order: 'institution_id, sequence' },
    intakes: { columns: 'id, institution_id, state, submission', order: 'id' },
  };
  const found: Record<string, unknown[]> = {};
  for (const [table, { columns, order }] of Object.entries(tables))
    found[table] = await catalog(table).select(catalog.raw(columns)).orderByRaw(order);
  return found;
}

describeOnEach('a catalog that is rebuilt from one location', (dialect) => {
  for (const location of ['first', 'second'])
    it(`tells the same as the one that was lost (from “${location}”)`, async () => {
      let day = Date.parse('2026-11-20T08:00:00Z');
      const place = testArchive(await dialect.environment(), () => {
        day += 1000;
        return new Date(day);
      });
      const archive = await place.open();
      const { context } = archive;
      const one = await keep(
        archive,
        { 'Žalba.txt': 'one', 'Жалба прилог.txt': 'annex' },
        { title: 'Žalba', category: 'K-1' },
      );
      const two = await keep(archive, { 'same.txt': 'one' });
      const by: Actor = { name: 'operator', institution: 'default', roles: ['administrator'] };
      const mira = await addPerson(context, by, {
        signInName: 'mira',
        displayName: 'Мира',
        roles: ['officer', 'lawyer'],
      });
      await changeRoles(context, by, mira.id, ['lawyer', 'supervisor']);
      const { definition } = (await context.profiles.current()).find('contract');
      await publishProfile(context, { definition, actor: 'operator' });
      await withdrawProfile(context, { id: 'minutes', reason: 'није потребан', actor: 'operator' });
      const left = await addPerson(context, by, { signInName: 'pera', displayName: 'Пера', roles: ['auditor'] });
      await closeAccount(context, by, left.id);
      await keep(archive, { 'without.txt': 'no category' }, {});
      const sip = sipFiles({ one: { 'a.txt': 'in both' }, two: { 'a.txt': 'another' } });
      await keep(archive, { 'sip.zip': zipArchive(below('sip-1', sip)) });
      await amendRecord(context, { record: one.id, actor: 'officer', reason: 'typing error', title: 'Žalba II' });
      await amendRecord(context, { record: one.id, actor: 'officer', reason: 'annex', files: offer({ 'b.txt': 'b' }) });
      day += 86_400_000;
      expect(await closeJournalSegment(context)).to.match(/^urn:trajno:journal:/);
      const gone = await keep(archive, { 'to be destroyed.txt': 'gone' });
      await disposeRecord(context, { record: gone.id, actor: 'archivist', decision: '123/2026' });
      const waiting = await archive.ingest.receive({
        actor: 'officer',
        metadata: {},
        files: offer({ 'w.txt': 'waits' }),
      });
      await audit(context, { actor: 'auditor' });
      const before = await facts(context.catalog);
      await archive.close();

      await dialect.loseCatalog(place.config);
      const report = await rebuildFrom(place.config, place.clock, location, () => {});
      expect(report.unreadable).to.deep.equal([]);
      const catalog = await openCatalog(catalogPlace(place.config));
      const rebuilt = await facts(catalog);
      const last = rebuilt.journal?.pop() as { type: string };
      expect(last.type).to.equal('catalog.rebuilt');
      for (const table of Object.keys(before)) expect(rebuilt[table], table).to.deep.equal(before[table]);
      await catalog.destroy();

      const again = await place.open();
      const found = await findRecords(again.context.catalog, { institution: 'default', text: 'ЖАЛБА II', limit: 5 });
      expect(found.records.map(({ id }) => id)).to.deep.equal([one.id]);
      expect((await findRecord(again.context.catalog, 'default', two.id))?.duplicateOf).to.equal(one.id);
      const kept = await again.ingest.process(waiting.submission, { number: waiting.intake.recordNumber });
      expect(kept.state, 'a submission that was acknowledged is gone on with').to.equal('awaiting');
      const after = await audit(again.context, { actor: 'auditor' });
      expect([...after.damaged, ...after.missing, ...after.extra, ...after.catalog]).to.deep.equal([]);
      await again.close();
    });

  it('keeps what a person decided of a quarantined record', async () => {
    const place = testArchive(await dialect.environment());
    const archive = await place.open();
    const record = await keep(
      archive,
      { 'u.pdf': '%PDF-1.4\n' },
      { profile: 'contract', title: 'U', category: 'K-1' },
    ).catch(() => undefined);
    if (record) expect(['quarantined', 'rejected']).to.include(record.state);
    const parked =
      record &&
      (await decide(archive.context, archive.ingest, {
        record: record.id,
        decision: 'return',
        reason: 'unsigned',
        actor: 'officer',
      }));
    expect(parked?.state).to.equal('rejected');
    await archive.close();
    await dialect.loseCatalog(place.config);
    await rebuildFrom(place.config, place.clock, undefined, () => {});
    const again = await place.open();
    const found = await findRecord(again.context.catalog, 'default', record?.id ?? '');
    expect([found?.state, found?.reason?.code]).to.deep.equal(['rejected', 'RETURNED']);
  });
});
