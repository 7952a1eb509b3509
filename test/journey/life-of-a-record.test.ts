import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportRecord, verifyExport } from '../../src/archive/access/index.ts';
import { copiesOf, findRecord, findRecords, listEntries, versionsOf } from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import { readRecordDescription } from '../../src/archive/packaging/index.ts';
import { readWhole } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { keep, offer, refusalOf, type TestArchive, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';
import { describeOnEach } from '../support/postgres.ts';

describeOnEach('the life of a record', (dialect) => {
  let place: TestArchive;
  let archive: OpenArchive;
  before(async () => {
    place = testArchive(await dialect.environment());
    archive = await place.open();
  });

  const read = async (id: string, path: string, version: number) =>
    Buffer.from(await readWhole(await archive.context.storage.openState(id, path, version), 1 << 20)).toString();

  it('is archived in every location, byte for byte, with a receipt that names the head of the journal', async () => {
    const record = await keep(archive, { 'Уговор о раду.txt': 'текст уговора', 'b.txt': 'two' });
    expect(record).to.include({ state: 'archived', version: 1 });
    expect(record.receipt?.number).to.equal(`A-${record.number}`);
    const [entry] = await listEntries(archive.context.catalog, {
      institution: 'default',
      subject: record.id,
      limit: 1,
    });
    expect(record.receipt?.head).to.equal(`${entry?.sequence}:${entry?.hash}`);
    for (const location of ['first', 'second']) {
      const folder = join(place.store(location), objectPath(record.id), 'v1/content/representations/original/data');
      expect(readdirSync(folder)).to.have.length(2);
      const file = record.files[0];
      expect(
        createHash('sha256')
          .update(readFileSync(join(folder, file?.path ?? '')))
          .digest('hex'),
      ).to.equal(file?.sha256);
    }
    expect(
      (await copiesOf(archive.context.catalog, record.id)).map(({ location, state }) => [location, state]),
    ).to.deep.equal([
      ['first', 'whole'],
      ['second', 'whole'],
    ]);
  });

  it('is the same in every location when it is large, though one was written and the other copied', async () => {
    const large = Buffer.alloc(21 << 20, 'Prilog ');
    const record = await keep(archive, { 'large.bin': large, 'small.txt': 'beside it' });
    const digest = createHash('sha512').update(large).digest('hex');
    expect(record.files[0]).to.include({ sha512: digest, size: large.length });
    for (const location of ['first', 'second']) {
      const folder = join(place.store(location), objectPath(record.id), 'v1/content/representations/original/data');
      expect(
        createHash('sha512')
          .update(readFileSync(join(folder, 'large.bin')))
          .digest('hex'),
      ).to.equal(digest);
    }
  });

  it('is received and kept without a category, and not counted as archived', async () => {
    const record = await keep(archive, { 'note.txt': 'no category' }, {});
    expect(record.state).to.equal('awaiting');
    const amended = await amendRecord(archive.context, {
      record: record.id,
      actor: 'officer',
      reason: 'classified',
      category: 'K-7',
    });
    expect(amended).to.include({ state: 'archived', version: 2, category: 'K-7' });
  });

  it('tells of the earlier record when the same content comes again', async () => {
    const first = await keep(archive, { 'same.txt': 'the very same' });
    const second = await keep(archive, { 'other name.txt': 'the very same' });
    expect(second.duplicateOf).to.equal(first.id);
    expect(second.state).to.equal('archived');
  });

  it('gives one receipt for one idempotency key, and refuses the key for other content', async () => {
    const request = { 'k.txt': 'once' };
    const ask = (files: Record<string, string>) =>
      archive.ingest.receive({ actor: 'officer', metadata: {}, files: offer(files), idempotencyKey: 'key-1' });
    const first = await ask(request);
    const second = await ask(request);
    expect(second.intake).to.deep.equal(first.intake);
    expect(await refusalOf(ask({ 'k.txt': 'twice' }))).to.equal('IDEMPOTENCY_CONFLICT');
  });

  it('compares what the producer says of its files, strong or weak', async () => {
    const digest = (algorithm: string) => createHash(algorithm).update('checked').digest('hex');
    const checksums = {
      'a.txt': { 'SHA-1': digest('sha1'), md5: digest('md5'), sha256: digest('sha256').toUpperCase() },
    };
    const record = await keep(archive, { 'a.txt': 'checked' }, { checksums });
    expect(record.state).to.equal('awaiting');
    const wrong = { checksums: { 'a.txt': { md5: digest('md5').replace(/./g, '0') } } };
    expect(await refusalOf(keep(archive, { 'a.txt': 'checked' }, wrong))).to.equal('CHECKSUM_MISMATCH');
  });

  it('keeps nothing of a submission that is refused at the door', async () => {
    const before = await archive.context.storage.listStaged();
    for (const [files, code] of [
      [{ 'a.txt': '' }, 'EMPTY_FILE'],
      [{ '../a.txt': 'x' }, 'NAME_UNSAFE'],
      [{ 'a.txt': 'x', 'A.TXT': 'y' }, 'NAME_CLASH'],
      [{}, 'SUBMISSION_EMPTY'],
    ] as const)
      expect(await refusalOf(keep(archive, files)), code).to.equal(code);
    expect(await refusalOf(keep(archive, { 'a.txt': 'x' }, { profile: 'unknown' }))).to.equal('PROFILE_UNKNOWN');
    const wrong = { checksums: { 'a.txt': { sha256: '00'.repeat(32) } } };
    expect(await refusalOf(keep(archive, { 'a.txt': 'x' }, wrong))).to.equal('CHECKSUM_MISMATCH');
    expect(await archive.context.storage.listStaged()).to.deep.equal(before);
  });

  it('is corrected in a new version; the one before stays readable and no payload is written again', async () => {
    const payload = Buffer.alloc(3 << 20, 'payload ');
    const record = await keep(archive, { 'big.txt': payload }, { title: 'Pogrešan naslov', category: 'K-1' });
    for (const [version, title] of [
      [2, 'Drugi naslov'],
      [3, 'Treći naslov'],
    ] as const) {
      const amended = await amendRecord(archive.context, {
        record: record.id,
        actor: 'officer',
        reason: 'typing error',
        title,
      });
      expect(amended).to.include({ version, title, state: 'archived' });
    }
    const titles = await Promise.all(
      [1, 2, 3].map(
        async (version) => (await readRecordDescription(archive.context.storage, record.id, version))?.title,
      ),
    );
    expect(titles).to.deep.equal(['Pogrešan naslov', 'Drugi naslov', 'Treći naslov']);
    for (const location of ['first', 'second']) {
      const object = join(place.store(location), objectPath(record.id));
      expect(bytesBelow(join(object, 'v2'))).to.be.below(200_000);
      expect(bytesBelow(join(object, 'v3'))).to.be.below(200_000);
    }
    const mets = await read(record.id, 'METS.xml', 3);
    expect(mets.match(/STATUS="SUPERSEDED"/g)).to.have.length(4);
    const created = [...mets.matchAll(/<(?:mets:)?dmdSec[^>]*STATUS="SUPERSEDED"[^>]*>/g)].map(
      ([tag]) => /CREATED="([^"]*)"/.exec(tag)?.[1],
    );
    expect(new Set(created).size, 'each version has the time of its own').to.equal(2);
  });

  it('takes further files into a new version and refuses a name that it has', async () => {
    const record = await keep(archive, { 'a.txt': 'first file' });
    const amended = await amendRecord(archive.context, {
      record: record.id,
      actor: 'officer',
      reason: 'annex arrived',
      files: offer({ 'annex.txt': 'second file' }),
    });
    expect(amended.files.map(({ originalName }) => originalName)).to.deep.equal(['a.txt', 'annex.txt']);
    expect(await read(record.id, 'representations/original/data/annex.txt', 2)).to.equal('second file');
    expect(await read(record.id, 'representations/original/data/a.txt', 2)).to.equal('first file');
    const again = { record: record.id, actor: 'officer', reason: 'again', files: offer({ 'A.txt': 'other' }) };
    expect(await refusalOf(amendRecord(archive.context, again))).to.equal('NAME_CLASH');
    expect((await versionsOf(archive.context.catalog, record.id)).length).to.equal(2);
  });

  it('refuses a correction of a version that is not the newest any more', async () => {
    const record = await keep(archive, { 'c.txt': 'conflict' });
    const amend = (title: string) =>
      amendRecord(archive.context, { record: record.id, actor: 'officer', reason: 'r', title, expectedVersion: 1 });
    await amend('one');
    expect(await refusalOf(amend('two'))).to.equal('STATE_CONFLICT');
  });

  it('lists a signature that brings no certificate, and never calls it valid', async () => {
    const jws = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.AAAA`;
    const record = await keep(archive, { 'token.jws': jws });
    expect(
      record.signatures.map(({ format, indication, reasonCode }) => [format, indication, reasonCode]),
    ).to.deep.equal([['JSON-NOT-ETSI', 'INDETERMINATE', 'SIGNING_CERTIFICATE_MISSING']]);
  });

  it('is found by words in either alphabet, with or without diacritics', async () => {
    await keep(archive, { 'z.txt': 'x1' }, { title: 'Žalba na rešenje o Đorđu', category: 'K-1' });
    const find = async (text: string) =>
      (await findRecords(archive.context.catalog, { institution: 'default', text, limit: 10 })).records.map(
        ({ title }) => title,
      );
    for (const text of ['zalba', 'ЖАЛБА', 'žalba rešenje', 'решење', 'djordju', 'Ђорђу', 'ЖАЛ'])
      expect(await find(text), text).to.deep.equal(['Žalba na rešenje o Đorđu']);
    expect(await find('tuzba')).to.deep.equal([]);
    expect(await find('") OR (words:"')).to.deep.equal([]);
  });

  it('is listed page by page, each record once, while others arrive', async () => {
    const seen: string[] = [];
    let before: number | undefined;
    do {
      const page = await findRecords(archive.context.catalog, {
        institution: 'default',
        limit: 3,
        ...(before === undefined ? {} : { before }),
      });
      seen.push(...page.records.map(({ id }) => id));
      if (seen.length === 3) await keep(archive, { 'late.txt': 'late' });
      before = page.next;
    } while (before !== undefined);
    expect(new Set(seen).size).to.equal(seen.length);
    const { count } = (await archive.context.catalog('records').count({ count: '*' }).first()) as { count: number };
    expect(seen.length).to.equal(count - 1);
  });

  it('leaves as folder, ZIP and TAR that verify with no archive at hand', async () => {
    const record = await keep(archive, { 'Ćirilica и латиница.txt': 'export me' });
    for (const form of ['folder', 'zip', 'tar'] as const) {
      const to = emptyFolder();
      const [path = ''] = await exportRecord(archive.context, { record: record.id, form, to });
      const { result, checks } = await verifyExport(path, [], new Date('2026-11-24T12:00:00Z'));
      expect(checks.filter(({ outcome }) => outcome === 'FAILED')).to.deep.equal([]);
      expect(result, 'nothing outside vouches for it').to.equal('INDETERMINATE');
    }
  });

  it('leaves in the same bytes every time', async () => {
    const record = await keep(archive, { 'd.txt': 'deterministic' });
    const digests = await Promise.all(
      [1, 2].map(async () => {
        const [path = ''] = await exportRecord(archive.context, { record: record.id, form: 'zip', to: emptyFolder() });
        return createHash('sha256').update(readFileSync(path)).digest('hex');
      }),
    );
    expect(digests[0]).to.equal(digests[1]);
  });

  it('is found by its number as by its id', async () => {
    const record = await keep(archive, { 'n.txt': 'number' });
    expect((await findRecord(archive.context.catalog, 'default', record.number))?.id).to.equal(record.id);
    expect(await findRecord(archive.context.catalog, 'another', record.id)).to.equal(undefined);
  });
});

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
