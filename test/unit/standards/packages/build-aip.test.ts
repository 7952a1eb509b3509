import { expect } from 'chai';
import { ArchiveError, sha512Hex } from '../../../../src/base/index.ts';
import { readMets } from '../../../../src/standards/formats/mets/index.ts';
import { readPremis } from '../../../../src/standards/formats/premis/index.ts';
import {
  type AipDescription,
  type AipFile,
  aipFolder,
  buildAip,
  sealedRecord,
} from '../../../../src/standards/packages/index.ts';
import { correctedVersion, samplePackage } from '../../../foreign/sample-packages.ts';

const simple = () => samplePackage(1, ['Ugovor.pdf'], { title: 'Ugovor', signed: true });
const pathsOf = (files: readonly AipFile[]) => files.map(({ path }) => path);

function contentOf(files: readonly AipFile[], path: string): Uint8Array {
  const file = files.find((candidate) => candidate.path === path);
  if (!file || !('content' in file)) throw new Error(`no content at ${path}`);
  return file.content;
}

const digestsOf = (files: readonly AipFile[]) =>
  new Map(files.map((file) => [file.path, 'content' in file ? sha512Hex(file.content) : file.payload.sha512]));

describe('an AIP', () => {
  it('of a simple record has these files and no others', () => {
    expect(pathsOf(buildAip(simple().description))).to.deep.equal([
      'METS.xml',
      'documentation/VERIFY.txt',
      'metadata/descriptive/dc.xml',
      'metadata/other/record.json',
      'metadata/other/record.json.p7s',
      'metadata/preservation/premis.xml',
      'metadata/preservation/validation-report.json',
      'representations/original/METS.xml',
      'representations/original/data/Ugovor.pdf',
      'schemas/catalog.xml',
    ]);
  });

  it('is the same bytes for the same description', () => {
    expect(buildAip(simple().description)).to.deep.equal(buildAip(simple().description));
  });

  it('costs a small record less than 20 KB beside its document', () => {
    const files = buildAip(simple().description);
    const bytes = files.reduce((sum, file) => sum + ('content' in file ? file.content.length : 0), 0);
    expect(bytes).to.be.below(20_000);
  });

  it('lists every file with its size and digest in METS.xml or the METS document of the representation', () => {
    const files = buildAip(simple().description);
    const root = readMets(contentOf(files, 'METS.xml')).files;
    const folder = 'representations/original/';
    const representation = readMets(contentOf(files, `${folder}METS.xml`)).files;
    const listed = [...root, ...representation.map((file) => ({ ...file, path: folder + file.path }))];
    const digests = digestsOf(files);
    digests.delete('METS.xml');
    expect(new Map(listed.map((file) => [file.path, file.checksum?.value]))).to.deep.equal(digests);
    expect(listed).to.have.length(digests.size);
  });

  it('gives payload as references, so that no document passes through here', () => {
    const { description } = simple();
    const data = buildAip(description).find(({ path }) => path.includes('/data/'));
    const file = description.record.files[0];
    expect(data).to.deep.equal({
      path: 'representations/original/data/Ugovor.pdf',
      payload: { size: file?.size, sha512: file?.sha512 },
    });
  });

  it('holds the sealed record that a confirmation signs, byte for byte', () => {
    const { description } = simple();
    expect(contentOf(buildAip(description), 'metadata/other/record.json')).to.deep.equal(
      sealedRecord(description.record),
    );
  });

  it('has its folder named by its id', () => {
    expect(aipFolder(simple().description.record)).to.equal('urn+uuid+0192f0c0-0000-7000-8000-000000000001');
  });

  it('tells in PREMIS of exact names, detached signatures and what the package requires', () => {
    const { description } = samplePackage(2, ['a/b.xml', 'a/b.xml.p7s'], { title: 't', detached: true });
    const { objects } = readPremis(contentOf(buildAip(description), 'metadata/preservation/premis.xml'));
    const [entity, representation, content, signature] = objects;
    expect(content).to.include({ originalName: 'a/b.xml' });
    expect(signature?.relationships[0]).to.deep.equal({
      type: 'dependency',
      subType: 'requires',
      related: [{ type: 'AIP path', value: 'representations/original/data/a_b.xml' }],
    });
    expect(signature).to.have.nested.property('signatures[0].indication', 'INDETERMINATE');
    expect(representation?.relationships[0]?.related).to.have.length(2);
    expect(entity?.relationships[1]?.related.map(({ type }) => type)).to.deep.equal([
      'OCFL object: E-ARK and PREMIS schemas',
      'SHA-512: E-ARK and PREMIS schemas',
    ]);
  });

  it('refuses paths that are not safe, and two that are one', () => {
    const { description } = simple();
    const withPaths = (...paths: string[]): AipDescription => ({
      ...description,
      record: {
        ...description.record,
        files: paths.flatMap((path) => description.record.files.map((file) => ({ ...file, path }))),
      },
    });
    expect(() => buildAip(withPaths('../x')))
      .to.throw(ArchiveError)
      .with.property('code', 'NAME_UNSAFE');
    expect(() => buildAip(withPaths('a\u0000')))
      .to.throw(ArchiveError)
      .with.property('code', 'NAME_UNSAFE');
    expect(() => buildAip(withPaths('a.pdf', 'A.PDF')))
      .to.throw(ArchiveError)
      .with.property('code', 'NAME_CLASH');
    const report = { name: 'premis.xml', createdAt: description.record.archivedAt, content: new Uint8Array() };
    expect(() => buildAip({ ...description, validationReports: [report] }))
      .to.throw(ArchiveError)
      .with.property('code', 'NAME_CLASH');
  });

  it('keeps representations apart, each with its METS document', () => {
    const { description } = samplePackage(3, ['a.docx', 'a.pdf'], { title: 't' });
    const [first, second] = description.record.files;
    if (!first || !second) throw new Error('two files were asked for');
    const files = [first, { ...second, representation: 'preservation' }];
    const paths = pathsOf(buildAip({ ...description, record: { ...description.record, files } }));
    expect(paths).to.include.members([
      'representations/original/data/a.docx',
      'representations/preservation/data/a.pdf',
    ]);
    expect(paths).to.include.members(['representations/original/METS.xml', 'representations/preservation/METS.xml']);
  });
});

describe('the next version of an AIP', () => {
  const first = simple();
  const second = correctedVersion(first);
  const before = digestsOf(buildAip(first.description));
  const files = buildAip(second.description);
  const after = digestsOf(files);

  it('changes metadata only: the representation stays as it is', () => {
    const changed = [...after].filter(([path, digest]) => before.get(path) !== digest).map(([path]) => path);
    expect(changed).to.deep.equal([
      'METS.xml',
      'metadata/descriptive/dc-v1.xml',
      'metadata/descriptive/dc.xml',
      'metadata/other/record-v1.json',
      'metadata/other/record-v1.json.p7s',
      'metadata/other/record.json',
      'metadata/preservation/premis.xml',
    ]);
  });

  it('keeps the superseded metadata by reference, so that an old seal still covers what it sealed', () => {
    expect(after.get('metadata/other/record-v1.json')).to.equal(before.get('metadata/other/record.json'));
    expect(after.get('metadata/descriptive/dc-v1.xml')).to.equal(before.get('metadata/descriptive/dc.xml'));
    expect(after.get('metadata/other/record-v1.json.p7s')).to.equal(before.get('metadata/other/record.json.p7s'));
  });

  it('says in METS which metadata are superseded, under the same OBJID', () => {
    const mets = new TextDecoder().decode(contentOf(files, 'METS.xml'));
    const sections = [
      ...mets.matchAll(/<(?:dmdSec|digiprovMD)[^>]*STATUS="(\w+)"[^>]*>\s*<mdRef[^>]*xlink:href="([^"]+)"/g),
    ];
    const superseded = sections.filter(([, status]) => status === 'SUPERSEDED').map(([, , href]) => href);
    expect(sections).to.have.length(8);
    expect(superseded).to.deep.equal([
      'metadata/descriptive/dc-v1.xml',
      'metadata/other/record-v1.json',
      'metadata/other/record-v1.json.p7s',
    ]);
    expect(readMets(contentOf(files, 'METS.xml')).objectId).to.equal(first.description.record.id);
    expect(mets).to.contain('RECORDSTATUS="VERSION"');
  });
});
