import { expect } from 'chai';
import { publishProfile, withdrawProfile } from '../../../src/archive/administration/index.ts';
import { findRecord, openCatalog } from '../../../src/archive/data-management/index.ts';
import { amendRecord, decide } from '../../../src/archive/ingest/index.ts';
import { profilesInUse } from '../../../src/archive/profiles/index.ts';
import { readWhole } from '../../../src/base/index.ts';
import { rebuildFrom } from '../../../src/restore.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { catalogPlace } from '../../../src/shipped.ts';
import { keep, refusalOf, type TestArchive, testArchive } from '../../support/archive.ts';
import { describeOnEach } from '../../support/postgres.ts';

const name = (text: string) => ({ 'sr-Cyrl': text, en: text });
const permit = {
  id: 'permit',
  title: name('Дозвола'),
  fields: [
    { name: 'title', required: true },
    { name: 'pib', title: name('ПИБ'), kind: 'text', check: 'pib', required: true },
  ],
  formats: '*',
  maxFileSize: 1000,
  onFailedSignature: 'archive',
  confirmation: 'none',
};

describeOnEach('profiles that an institution publishes', (dialect) => {
  let place: TestArchive;
  let archive: OpenArchive;
  before(async () => {
    place = testArchive(await dialect.environment());
    archive = await place.open();
  });
  const publish = (definition: object, basedOn?: string) =>
    publishProfile(archive.context, { definition, actor: 'ana', ...(basedOn === undefined ? {} : { basedOn }) });
  const metadata = (fields: object, profile = 'permit') => ({
    profile,
    title: 'т',
    category: 'K-1',
    fields: { ...fields },
  });
  const premisOf = async (id: string, version = 1) =>
    Buffer.from(
      await readWhole(
        await archive.context.storage.openState(id, 'metadata/preservation/premis.xml', version),
        1 << 20,
      ),
    ).toString();

  it('are what records are made and judged under, each under its own version', async () => {
    expect((await publish(permit, '')).version).to.equal('1');
    const first = await keep(archive, { 'a.txt': 'a' }, metadata({ pib: '100002803' }));
    expect(first.profile).to.deep.equal({ id: 'permit', version: '1' });
    expect(await refusalOf(keep(archive, { 'b.txt': 'b' }, metadata({ pib: '106006801' })))).to.equal(
      'METADATA_INVALID',
    );

    const changed = {
      ...permit,
      fields: [...permit.fields, { name: 'rok', title: name('Рок'), kind: 'date', required: true }],
    };
    expect(await refusalOf(publish(changed, ''))).to.equal('STATE_CONFLICT');
    expect((await publish(changed, '1')).version).to.equal('2');
    expect(await refusalOf(keep(archive, { 'c.txt': 'c' }, metadata({ pib: '100002803' })))).to.equal(
      'METADATA_INVALID',
    );
    const second = await keep(archive, { 'd.txt': 'd' }, metadata({ pib: '100002803', rok: '2030-01-01' }));
    expect(second.profile.version).to.equal('2');

    const corrected = await amendRecord(archive.context, {
      record: first.id,
      actor: 'ana',
      reason: 'исправка',
      title: 'исправљено',
    });
    expect(corrected).to.include({ version: 2, title: 'исправљено' });
    expect(corrected.profile.version).to.equal('1'); // what version 2 asks for was never asked of it
    const wrong = { record: first.id, actor: 'ana', reason: 'р', fields: { rok: '2030-01-01' } };
    expect(await refusalOf(amendRecord(archive.context, wrong))).to.equal('METADATA_INVALID');
    for (const version of [1, 2]) expect(await premisOf(first.id, version)).to.include('Profile permit 1');
    expect(await premisOf(second.id)).to.include('Profile permit 2');
  });

  it('count behind the product’s own where they change one of those', async () => {
    const { definition } = (await archive.context.profiles.current()).find('contract');
    const own = await publish({ ...definition, category: 'K-9' }, '2');
    expect(own).to.include({ version: '2.1', origin: 'own', category: 'K-9' });
    const profiles = await archive.context.profiles.current();
    expect(profiles.find('contract').version).to.equal('2.1');
    expect(profiles.find('contract', '2').origin).to.equal('shipped');
  });

  it('take no new records once withdrawn, and are offered again by the next version', async () => {
    await publish({ ...permit, id: 'passing' });
    await withdrawProfile(archive.context, { id: 'passing', reason: 'није потребан', actor: 'ana' });
    const refused = keep(archive, { 'e.txt': 'e' }, metadata({ pib: '100002803' }, 'passing'));
    expect(await refusalOf(refused)).to.equal('PROFILE_UNKNOWN');
    expect((await archive.context.profiles.current()).find('passing', '1').withdrawn).to.equal(true);
    expect((await publish({ ...permit, id: 'passing' }, '')).version).to.equal('2');
    const general = { id: 'general', reason: 'р', actor: 'ana' };
    expect(await refusalOf(withdrawProfile(archive.context, general))).to.equal('STATE_CONFLICT');
  });

  it('ask people: a second person, an authorised one, one who confirms; the package says who did', async () => {
    await publish({ ...permit, id: 'asking', secondCheck: true, approval: true, confirmation: 'person' });
    const record = await keep(archive, { 'f.txt': 'f' }, metadata({ pib: '100002803' }, 'asking'));
    expect(record).to.include({ state: 'quarantined' });
    expect(record.reason?.code).to.equal('CONFIRMATION_NEEDED');
    const accept = (actor: string, reason: string) =>
      decide(archive.context, archive.ingest, { record: record.id, decision: 'accept', reason, actor });
    expect((await accept('officer', 'верно')).reason?.code).to.equal('SECOND_CHECK_NEEDED');
    expect(await refusalOf(accept('officer', 'сам себи'))).to.equal('FOUR_EYES_REQUIRED');
    const retried = await decide(archive.context, archive.ingest, {
      record: record.id,
      decision: 'retry',
      reason: 'поново',
      actor: 'officer',
    });
    expect(retried.reason?.code).to.equal('SECOND_CHECK_NEEDED'); // what was decided stays decided
    expect((await accept('mira', 'упоређено')).reason?.code).to.equal('APPROVAL_NEEDED');
    const kept = await accept('vera', 'одобрено');
    expect(kept).to.include({ state: 'archived', version: 1 });
    const premis = await premisOf(record.id);
    for (const told of [
      'second person’s check: упоређено',
      'mira',
      'approved by an authorised person: одобрено',
      'vera',
    ])
      expect(premis).to.include(told);
  });

  it('come back from the store when the catalog is lost', async () => {
    const before = await archive.context.profiles.current();
    const told = before.all.map(({ metadataFaults: _, ...facts }) => JSON.stringify(facts));
    const [record] = (await archive.context.catalog('records').where({ profile_id: 'permit' }).select('id')) as {
      id: string;
    }[];
    await archive.close();
    await rebuildFrom(place.config, place.clock, 'first', () => undefined);
    const catalog = await openCatalog(catalogPlace(place.config));
    try {
      const after = await profilesInUse(catalog, 'default', archive.context.profiles.shipped).current();
      expect(after.all.map(({ metadataFaults: _, ...facts }) => JSON.stringify(facts))).to.deep.equal(told);
      expect((await findRecord(catalog, 'default', record?.id ?? ''))?.profile.id).to.equal('permit');
    } finally {
      await catalog.destroy();
    }
  });
});
