import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { pack } from 'tar-stream';
import {
  exportRecord,
  openOriginal,
  readIngestReport,
  recordHistory,
  validatePackage,
} from '../../src/archive/access/index.ts';
import { type CatalogRecord, findRecord } from '../../src/archive/data-management/index.ts';
import { amendRecord, openIngest, resumeIntakes } from '../../src/archive/ingest/index.ts';
import { readRecordDescription } from '../../src/archive/packaging/index.ts';
import { ArchiveError, folderName } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { type IngestReport, parseSealedRecord } from '../../src/standards/packages/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { bagFiles, below, samplePayload } from '../support/bag.ts';
import { trajno } from '../support/command.ts';
import { earkFiles, earkMets } from '../support/e-ark-package.ts';
import { emptyFolder } from '../support/folders.ts';
import { signedCms } from '../support/signed-cms.ts';
import { sipFiles } from '../support/sip.ts';
import { toyPki } from '../support/toy-pki.ts';
import { zipArchive } from '../support/zip-archive.ts';

const info = [
  'Source-Organization: Општина Пример',
  'External-Description: Записници одбора',
  'External-Identifier: OP-7/2024',
  'Bagging-Date: 2026-01-02',
];

const textOf = async (archive: OpenArchive, record: CatalogRecord, path: string) => {
  const file = await archive.context.storage.openState(record.id, path, record.version);
  return Buffer.from(await file.read(0, file.size));
};
const reportOf = async ({ context }: OpenArchive, record: CatalogRecord): Promise<IngestReport> => {
  const report = await readIngestReport(context, record);
  if (!report) throw new Error('there is no report');
  return report;
};
/** What our own validator says of the record's package. */
const validityOf = async ({ context }: OpenArchive, record: CatalogRecord) => {
  const to = emptyFolder();
  await exportRecord(context, { record: record.id, form: 'folder', to });
  const { findings } = await validatePackage(join(to, folderName(record.id)), context.clock());
  return findings.filter(({ level }) => level === 'MUST');
};

async function tarOf(files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, Buffer.from(content));
  archive.finalize();
  return buffer(archive);
}

describe('a producer’s package that is taken in', function () {
  this.timeout(60_000);
  let archive: OpenArchive;
  before(async () => {
    archive = await testArchive().open();
  });

  it('as a bag: its payload are the documents, everything else is kept byte for byte beside them', async () => {
    const files = bagFiles({ info, algorithms: ['md5', 'sha512'] });
    const junk = { '__MACOSX/torba/._x': 'x', 'torba/.DS_Store': 'x' };
    const record = await keep(archive, { 'torba.zip': zipArchive({ ...below('torba', files), ...junk }) });
    expect(record).to.include({ state: 'archived', title: 'Записници одбора', version: 1 });
    expect(record.fields).to.deep.equal({ opis: 'Записници одбора', jedinstvenaOznaka: 'OP-7/2024' });
    expect(record.files.map(({ originalName }) => originalName)).to.have.members(Object.keys(samplePayload));
    for (const [path, bytes] of files) {
      const kept = path.startsWith('data/') ? `representations/original/${path}` : `submission/${path}`;
      expect(await textOf(archive, record, kept), path).to.deep.equal(bytes);
    }
    const report = await reportOf(archive, record);
    expect(report.package).to.deep.include({ kind: 'bag', specification: 'BagIt 1.0' });
    expect(report.package.archive?.name).to.equal('torba.zip');
    expect(report.kept).to.deep.equal({ originals: 3, submission: 6, ignored: 2 });
    expect(report.checksums).to.deep.equal({ algorithms: ['md5', 'sha512'], compared: 2 * (3 + 4) });
    const ignored = report.files.filter(({ kept }) => kept === 'ignored').map(({ path, reason }) => [path, reason]);
    expect(ignored).to.have.deep.members(Object.keys(junk).map((path) => [path, 'SYSTEM_FILE']));
    expect(await validityOf(archive, record)).to.deep.equal([]);
  });

  it('leaves its mark in PREMIS, METS and the sealed record', async () => {
    const record = await keep(archive, { 'b.zip': zipArchive(below('b', bagFiles({ info, payload: { a: '1' } }))) });
    const { preservation } = await recordHistory(archive.context, record);
    const events = preservation.map(({ type, detail = '', outcome }) => `${type}: ${detail} (${outcome})`);
    expect(events).to.include('validation: BagIt bag, BagIt 1.0 (success)');
    expect(events).to.include("fixity check: compared with the producer's checksums (SHA-256) (success)");
    expect(events.some((event) => /^unpacking: b\.zip, SHA-256 [0-9a-f]{64} /.test(event))).to.equal(true);
    const sealed = parseSealedRecord(await textOf(archive, record, 'metadata/other/record.json'));
    expect(sealed.alternativeIdentifiers).to.deep.equal([{ type: 'External-Identifier', value: 'OP-7/2024' }]);
    expect(sealed.descriptive).to.deep.include({ element: 'date', value: '2026-01-02' });
    expect(String(await textOf(archive, record, 'METS.xml'))).to.include(
      '<altRecordID TYPE="External-Identifier">OP-7/2024</altRecordID>',
    );
    expect(String(await textOf(archive, record, 'metadata/preservation/premis.xml'))).to.include('OP-7/2024');
  });

  it('as a TAR too, and what a person said outranks what the package says', async () => {
    const tar = await tarOf(below('torba', bagFiles({ info, payload: { 'tar.txt': 'из архиве' } })));
    const said = { title: 'Мој наслов', language: 'sr-Cyrl', category: 'K-1', fields: { opis: 'мој опис' } };
    const record = await keep(archive, { 'torba.tar': tar }, said);
    expect(record).to.include({ state: 'archived', title: 'Мој наслов' });
    expect(record.fields).to.deep.equal({ opis: 'мој опис', jedinstvenaOznaka: 'OP-7/2024' });
    expect((await reportOf(archive, record)).mapped).to.deep.include({
      from: 'bag-info.txt#External-Description',
      to: 'dc:description',
      value: 'Записници одбора',
    });
  });

  it('as a TAR under gzip; another gzip file stays what it is', async () => {
    const tar = await tarOf(below('torba', bagFiles({ payload: { 'gz.txt': 'под gzip' } })));
    const record = await keep(archive, { 'torba.tar.gz': gzipSync(tar) });
    expect(record.files.map(({ originalName }) => originalName)).to.deep.equal(['gz.txt']);
    expect((await reportOf(archive, record)).package.archive?.name).to.equal('torba.tar.gz');
    const broken = await keep(archive, { 'torba.tgz': gzipSync(tar, { level: 0 }).subarray(0, 3000) });
    expect(broken.reason?.code).to.equal('DOCUMENT_BROKEN');
    for (const other of [gzipSync('text'), Buffer.from([0x1f, 0x8b, 8, 1, 2, 3])]) {
      const loose = await keep(archive, { 'loose.gz': other });
      expect(loose.files.map(({ originalName }) => originalName)).to.deep.equal(['loose.gz']);
    }
  });

  it('as a SIP: each of its representations stays one, signatures are validated within their own', async () => {
    const pki = await toyPki();
    const content = Buffer.from('уговор у првој репрезентацији');
    const signature = await signedCms({ pki, content, packaging: 'detached' });
    const files = sipFiles({
      'prva rep': { 'уговор.txt': content, 'уговор.txt.p7s': signature, 'прилог/а.txt': 'прилог' },
      druga: { 'уговор.txt': 'друга верзија' },
    });
    const record = await keep(archive, { 'sip.zip': zipArchive(below('sip-1', files)) });
    expect(record.reason, record.reason?.detail).to.equal(undefined);
    expect(record).to.include({ state: 'archived', title: 'Предмет о закупу' });
    expect(record.fields).to.include({ datumNastanka: '2024-05-06', jedinstvenaOznaka: 'P-7/2024' });
    expect(record.files.map(({ representation, path }) => `${representation} ${path}`)).to.deep.equal([
      'prva rep уговор.txt',
      'prva rep уговор.txt.p7s',
      'prva rep прилог/а.txt',
      'druga уговор.txt',
      'documentation uputstvo.txt',
    ]);
    const contents = await Promise.all(
      record.files.map(async (_, index) => {
        const original = await openOriginal(archive.context, record, index + 1);
        return Buffer.from(await original.content.read(0, original.content.size));
      }),
    );
    expect(contents[0]).to.deep.equal(content);
    expect(String(contents[3])).to.equal('друга верзија');
    expect(record.signatures.map(({ file }) => file)).to.deep.equal(['prva rep/уговор.txt.p7s']);
    expect(record.files[1]?.signs).to.equal('уговор.txt');
    const sealed = await readRecordDescription(archive.context.storage, record.id, 1);
    expect(sealed?.alternativeIdentifiers).to.deep.equal([
      { type: 'OBJID', value: 'sip-1' },
      { type: 'SUBMISSIONAGREEMENT', value: 'SP-3/2024' },
    ]);
    expect(sealed?.files.at(-1)?.role).to.equal('attachment');
    for (const path of ['METS.xml', 'metadata/descriptive/dc.xml', 'representations/druga/METS.xml'])
      expect(await textOf(archive, record, `submission/${path}`), path).to.deep.equal(files.get(path));
    expect(await validityOf(archive, record)).to.deep.equal([]);
  });

  it('as a SIP whose representation has a METS document that cannot be read, and a description in another case', async () => {
    const files = sipFiles({ r: { 'r.txt': 'р' } }, { representationMets: '<not METS' });
    const record = await keep(archive, { 'sip.zip': zipArchive(below('sip-1', files)) });
    expect(record.reason, record.reason?.detail).to.equal(undefined);
    expect((await reportOf(archive, record)).findings.map(({ id }) => id)).to.include('CSIPSTR12');
    const renamed = sipFiles({ s: { 's.txt': 'с' } });
    renamed.set('metadata/descriptive/DC.xml', renamed.get('metadata/descriptive/dc.xml') ?? Buffer.alloc(0));
    renamed.delete('metadata/descriptive/dc.xml');
    const other = await keep(archive, { 'sip.zip': zipArchive(below('sip-1', renamed)) });
    expect(['archived', 'rejected']).to.include(other.state);
  });

  it('keeps all of it in later versions', async () => {
    const first = await keep(archive, { 'c.zip': zipArchive(below('c', bagFiles({ info, payload: { c: 'c' } }))) });
    const amended = await amendRecord(archive.context, {
      record: first.id,
      actor: 'officer',
      reason: 'исправка',
      title: 'Други наслов',
      files: [
        {
          name: 'нова.txt',
          source: (async function* () {
            yield Buffer.from('нова');
          })(),
        },
      ],
    });
    expect(amended).to.include({ version: 2, title: 'Други наслов' });
    expect(await reportOf(archive, amended)).to.deep.equal(await reportOf(archive, first));
    expect(await textOf(archive, amended, 'submission/bag-info.txt')).to.deep.equal(
      await textOf(archive, first, 'submission/bag-info.txt'),
    );
    expect(await validityOf(archive, amended)).to.deep.equal([]);
  });

  it('knows content that it has already, and a request that was made before', async () => {
    const zip = zipArchive(below('d', bagFiles({ payload: { d: 'садржај који се понавља', prazno: '' } })));
    const first = await keep(archive, { 'd.zip': zip }, { category: 'K-1' }, 'key-1');
    const again = await archive.ingest.receive({
      actor: 'officer',
      metadata: { category: 'K-1' },
      idempotencyKey: 'key-1',
      files: [
        {
          name: 'd.zip',
          source: (async function* () {
            yield zip;
          })(),
        },
      ],
    });
    expect(again).to.deep.include({ repeated: true });
    expect(again.submission.id).to.equal(first.id);
    const second = await keep(archive, { 'another name.zip': zip });
    expect(second.duplicateOf).to.equal(first.id);
    const other = await keep(archive, {
      'e.zip': zipArchive(below('e', bagFiles({ payload: { e: 'e', prazno: '' } }))),
    });
    expect(other.duplicateOf).to.equal(undefined);
  });

  const damaged = bagFiles();
  damaged.set('data/одлука.txt', Buffer.from('Одлука о неусвајању\n'));
  const refused: [what: string, zip: () => Buffer, code: string, told: RegExp][] = [
    [
      'a bag that is not valid',
      () => zipArchive(below('t', damaged)),
      'PACKAGE_INVALID',
      /BAGIT-3-VALID, data\/одлука\.txt/,
    ],
    [
      'a SIP with a file that is missing',
      () => {
        const files = sipFiles({ a: { 'a.txt': 'x' } });
        files.delete('representations/a/data/a.txt');
        return zipArchive(below('sip-1', files));
      },
      'PACKAGE_INVALID',
      /a\.txt/,
    ],
    [
      'a SIP without its folder',
      () => zipArchive(Object.fromEntries(sipFiles({ a: { 'a.txt': 'x' } }))),
      'PACKAGE_INVALID',
      /CSIPSTR1/,
    ],
    [
      'an AIP',
      () => zipArchive(below('package', earkFiles(earkMets('AIP')))),
      'PACKAGE_NOT_SUBMITTABLE',
      /archival package/,
    ],
    [
      'a DIP',
      () => zipArchive(below('package', earkFiles(earkMets('DIP')))),
      'PACKAGE_NOT_SUBMITTABLE',
      /dissemination/,
    ],
    [
      'a bag without documents',
      () => zipArchive(below('t', bagFiles({ payload: {} }))),
      'SUBMISSION_EMPTY',
      /no document/,
    ],
    [
      'names that are one on some systems',
      () => zipArchive(below('t', bagFiles({ payload: { a: '1', A: '2' } }))),
      'NAME_CLASH',
      /one name/,
    ],
    [
      'a member that grows beyond measure',
      () => zipArchive(below('t', bagFiles({ payload: { a: Buffer.alloc(16 << 20) } }))),
      'ARCHIVE_BOMB',
      /200 times/,
    ],
    [
      'a member that is larger than it says',
      () => lying(zipArchive(below('t', bagFiles({ payload: { a: 'x'.repeat(50_000) } })))),
      'ARCHIVE_BOMB',
      /larger than it says/,
    ],
    [
      'a name that leaves its folder',
      () => zipArchive({ ...below('t', bagFiles()), '../x': 'x' }),
      'ARCHIVE_BOMB',
      /outside/,
    ],
  ];
  for (const [what, zip, code, told] of refused)
    it(`refuses ${what}, with the reason`, async () => {
      const record = await keep(archive, { 'paket.zip': zip() });
      expect(record).to.include({ state: 'rejected', version: 0 });
      expect(record.reason?.code).to.equal(code);
      expect(record.reason?.detail).to.match(told);
    });

  it('refuses a gzip file that grows beyond measure, with the reason', async () => {
    const header = (await tarOf({ x: Buffer.from('x') })).subarray(0, 512);
    const record = await keep(archive, { 'p.tgz': gzipSync(Buffer.concat([header, Buffer.alloc(64 << 20)])) });
    expect(record.reason?.code).to.equal('ARCHIVE_BOMB');
    expect(record.reason?.detail).to.match(/beyond every measure/);
  });

  it('is scanned before anything looks into it, and all that is in it after that', async () => {
    const scanned: string[] = [];
    const scanner = {
      ping: async () => {},
      version: async () => ({ name: 'toy', version: '1' }),
      scan: async (source: AsyncIterable<Uint8Array>) => {
        const bytes = await buffer(source);
        scanned.push(bytes.subarray(0, 2).toString('latin1') === 'PK' ? 'ZIP' : String(bytes));
        return bytes.includes('zaraza')
          ? { answer: 'infected' as const, malware: 'Toy' }
          : { answer: 'clean' as const };
      },
    };
    const place = testArchive();
    const { context, close } = await place.open();
    const ingest = openIngest({ ...context, scanner });
    const opened = { context, ingest, close } as unknown as OpenArchive;
    const clean = await keep(opened, { 'a.zip': zipArchive(below('t', bagFiles({ payload: { a: 'čisto' } }))) });
    expect(clean.state).to.equal('archived');
    expect(scanned[0]).to.equal('ZIP');
    expect(scanned)
      .to.include('čisto')
      .and.to.have.length(1 + 4 + 1);
    const infected = zipArchive(below('t', bagFiles({ payload: { a: 'zaraza' } })));
    const record = await keep(opened, { 'b.zip': infected });
    expect(record.reason?.code).to.equal('FILE_INFECTED');
    for (const location of ['first', 'second'])
      expect(readdirSync(join(dirname(place.store(location)), 'staging'))).to.deep.equal([]);
  });

  it('takes any other archive for the file it is', async () => {
    const record = await keep(archive, { 'loose.zip': zipArchive({ 'a/METS.xml': '<mets/>', 'a/b.txt': 'b' }) });
    expect(record).to.include({ state: 'archived', title: 'loose.zip' });
    expect(record.files.map(({ originalName }) => originalName)).to.deep.equal(['loose.zip']);
    expect(await readIngestReport(archive.context, record)).to.equal(undefined);
    const two = await keep(archive, { 'bag.zip': zipArchive(below('t', bagFiles())), 'beside.txt': 'x' });
    expect(two.files).to.have.length(2);
  });

  it('does not ask for what the package says itself', async () => {
    const zip = (title: string) => zipArchive(below('t', bagFiles({ info: [title], payload: { 'a.pdf': '%PDF-x' } })));
    const named = await keep(archive, { 'p.zip': zip('Title: Уговор') }, { profile: 'contract' });
    expect(named.reason?.code).to.equal('FORMAT_NOT_ALLOWED'); // its title was found: the next rule speaks
    const nameless = await keep(archive, { 'p.zip': zip('Contact-Phone: 1') }, { profile: 'contract' });
    expect(nameless.reason?.code).to.equal('METADATA_INVALID');
  });

  it('goes on after a failure at any file of it, and leaves nothing behind', async () => {
    const zip = zipArchive(below('t', bagFiles({ info, algorithms: ['md5'] })));
    for (const failing of [0, 1, 4, 7]) {
      const place = testArchive();
      let staged = 0;
      const broken = await place.open((driver) => ({
        ...driver,
        createStaged: async (id, name) => {
          if (name.startsWith('p') && staged++ === failing) throw new ArchiveError('LOCATION_UNAVAILABLE', 'gone');
          return driver.createStaged(id, name);
        },
      }));
      const refusal = await keep(broken, { 'torba.zip': zip }).catch((error) => error);
      expect(refusal).to.include({ code: 'LOCATION_UNAVAILABLE' });
      expect(await resumeIntakes(broken.context, broken.ingest, broken.isAlive)).to.equal(1);
      const { records } = { records: await broken.context.catalog('records').select('id') };
      const record = await findRecord(broken.context.catalog, 'default', records[0].id);
      expect(record).to.include({ state: 'archived', title: 'Записници одбора' });
      for (const location of ['first', 'second'])
        expect(readdirSync(join(dirname(place.store(location)), 'staging'))).to.deep.equal([]);
      await broken.close();
    }
  });
});

describe('trajno archive with packages', function () {
  this.timeout(60_000);
  const write = (folder: string, files: ReadonlyMap<string, Uint8Array>) => {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    return folder;
  };
  const archived = async (environment: NodeJS.ProcessEnv, ...args: string[]) => {
    const { code, out, err } = await trajno(['archive', ...args, '--json'], environment);
    expect(err).to.not.include('failed');
    return { code, records: JSON.parse(out).records };
  };

  it('makes one record of a folder that is one, of each in a folder, and of an archive; tells what became of it', async () => {
    const environment = { TRAJNO_DATA: emptyFolder() };
    const folder = emptyFolder();
    const bag = write(join(folder, 'torba'), bagFiles({ info, payload: { 'a/b.txt': '1', c: '2' } }));
    write(join(folder, 'predmet'), sipFiles({ jedina: { 'u.txt': 'у' } }, { folder: 'predmet' }));
    writeFileSync(join(folder, 'loose.txt'), 'loose');
    writeFileSync(join(folder, 'torba.zip'), zipArchive(below('t', bagFiles({ payload: { z: 'z' } }))));
    const one = await archived(environment, bag);
    expect(one.code).to.equal(0);
    expect(one.records).to.have.length(1);
    expect(one.records[0].files.map(({ name }: { name: string }) => name)).to.have.members(['a/b.txt', 'c']);
    expect(one.records[0].ingestReport).to.deep.include({ kept: { originals: 2, submission: 4, ignored: 0 } });
    expect(one.records[0].ingestReport.package).to.not.have.property('archive');
    const all = await archived(environment, folder);
    expect(all.code).to.equal(0);
    const sizes = all.records.map(
      ({ files, ingestReport }: { files: object[]; ingestReport?: IngestReport }) =>
        `${files.length} ${ingestReport?.package.kind ?? 'loose'}`,
    );
    expect(sizes).to.have.members(['2 bag', '2 SIP', '1 loose', '1 bag']);
  });

  it('refuses one that is not valid with exit code 1, and judges it the same by itself', async () => {
    const environment = { TRAJNO_DATA: emptyFolder() };
    const folder = write(
      emptyFolder(),
      bagFiles({}, (files) => files.delete('bag-info.txt')),
    );
    writeFileSync(join(folder, 'data/одлука.txt'), 'x');
    const { code, records } = await archived(environment, folder);
    expect(code).to.equal(1);
    expect(records[0]).to.deep.include({ state: 'rejected' });
    expect(records[0].error.code).to.equal('PACKAGE_INVALID');
    const judged = await trajno(['package', 'validate', folder, '--json']);
    expect(judged.code).to.equal(1);
    const { valid, specification, findings, checked } = JSON.parse(judged.out);
    expect({ valid, specification }).to.deep.equal({ valid: false, specification: 'BagIt 1.0' });
    expect(checked).to.include('BAGIT-3-VALID');
    expect(findings[0]).to.include({ id: 'BAGIT-3-VALID', level: 'MUST', place: 'data/одлука.txt' });
  });
});

/** The ZIP says of its largest member that it is smaller than it is. */
function lying(zip: Buffer): Buffer {
  const changed = Buffer.from(zip);
  for (let at = 0; at + 4 <= changed.length; at++) {
    const signature = changed.readUInt32LE(at);
    const field = signature === 0x04034b50 ? at + 22 : signature === 0x02014b50 ? at + 24 : -1;
    if (field > 0 && changed.readUInt32LE(field) === 50_000) changed.writeUInt32LE(100, field);
  }
  return changed;
}
