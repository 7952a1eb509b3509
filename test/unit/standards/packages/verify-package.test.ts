import { expect } from 'chai';
import { FormatError, sha512Hex } from '../../../../src/base/index.ts';
import {
  aipFolder,
  buildAip,
  filesPackage,
  type PackageReader,
  type VerifyConfirmation,
  verifyPackage,
} from '../../../../src/standards/packages/index.ts';
import {
  correctedVersion,
  type SamplePackage,
  samplePackage,
  samplePackages,
} from '../../../foreign/sample-packages.ts';

type Files = Map<string, Uint8Array>;

const accepts: VerifyConfirmation = async () => ({ outcome: 'PASSED', detail: 'good' });
const folder = 'urn+uuid+0192f0c0-0000-7000-8000-000000000001';
const document = 'representations/original/data/Ugovor.pdf';

function filesOf({ description, contents }: SamplePackage): Files {
  const bytes = new Map(contents.map((content) => [sha512Hex(content), content]));
  return new Map(
    buildAip(description).map((file) => {
      const content = 'content' in file ? file.content : bytes.get(file.payload.sha512);
      if (!content) throw new Error(`no bytes for ${file.path}`);
      return [file.path, content];
    }),
  );
}

const sample = () => filesOf(samplePackage(1, ['Ugovor.pdf'], { title: 'Ugovor', signed: true }));

/** The checks that did not pass after one change to a good package, as `id outcome place`. */
async function findingsAfter(change: (files: Files) => void, verify = accepts): Promise<string[]> {
  const files = sample();
  change(files);
  const { result, checks } = await verifyPackage(filesPackage(folder, files), verify);
  const findings = checks.filter(({ outcome }) => outcome !== 'PASSED');
  expect(result).to.equal(
    findings.some(({ outcome }) => outcome === 'FAILED') ? 'FAILED' : findings.length ? 'INDETERMINATE' : 'PASSED',
  );
  return findings.map(({ id, outcome, place }) => [id, outcome, place].filter(Boolean).join(' '));
}

function edit(path: string, from: string, to: string): (files: Files) => void {
  return (files) => {
    const text = new TextDecoder().decode(files.get(path));
    expect(text).to.contain(from);
    files.set(path, Buffer.from(text.replace(from, to)));
  };
}

/** The digest of an edited file is corrected in METS.xml, as one who can rewrite the package would. */
function editCovered(path: string, from: string, to: string): (files: Files) => void {
  return (files) => {
    const before = files.get(path) ?? new Uint8Array();
    edit(path, from, to)(files);
    const after = files.get(path) ?? new Uint8Array();
    edit('METS.xml', sha512Hex(before), sha512Hex(after))(files);
    if (before.length !== after.length) edit('METS.xml', `SIZE="${before.length}"`, `SIZE="${after.length}"`)(files);
  };
}

describe('verifying an AIP', () => {
  it('passes every kind of package we make, and its next version', async () => {
    for (const each of [...samplePackages(), correctedVersion(samplePackage(7, ['a.pdf'], { title: 'a' }))]) {
      const reader = filesPackage(aipFolder(each.description.record), filesOf(each));
      const { result, checks } = await verifyPackage(reader, accepts);
      expect(checks.filter(({ outcome }) => outcome !== 'PASSED')).to.deep.equal([]);
      expect(result).to.equal('PASSED');
    }
  });

  it('passes with the id itself as the folder name, and without a folder', async () => {
    for (const name of [folder.replaceAll('+', ':'), undefined]) {
      expect((await verifyPackage(filesPackage(name, sample()), accepts)).result).to.equal('PASSED');
    }
  });

  it('finds one flipped bit in any file but METS.xml, whose every digest is of others', async () => {
    for (const path of sample().keys()) {
      if (path === 'METS.xml') continue;
      const findings = await findingsAfter((files) => {
        const bytes = Buffer.from(files.get(path) ?? []);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        files.set(path, bytes);
      });
      expect(findings, path).to.include(`fixity FAILED ${path}`);
    }
  });

  it('finds a missing file, an extra file and a changed size', async () => {
    expect(await findingsAfter((files) => files.delete(document))).to.include(`files-present FAILED ${document}`);
    expect(await findingsAfter((files) => files.set('metadata/extra', new Uint8Array()))).to.deep.equal([
      'files-listed FAILED metadata/extra',
    ]);
    expect(await findingsAfter((files) => files.set(document, new Uint8Array()))).to.include(
      `fixity FAILED ${document}`,
    );
  });

  it('finds a package that lies under another id', async () => {
    const { checks } = await verifyPackage(filesPackage('urn+uuid+other', sample()), accepts);
    expect(checks.find(({ id }) => id === 'folder-name')).to.include({ outcome: 'FAILED' });
  });

  it('finds PREMIS that names another digest, though METS was made to agree with it', async () => {
    const digest = sha512Hex(sample().get(document) ?? '');
    expect(await findingsAfter(editCovered('metadata/preservation/premis.xml', digest, '0'.repeat(128)))).to.deep.equal(
      [`premis FAILED ${document}`],
    );
  });

  it('finds a sealed record that names another digest, or another record', async () => {
    const digest = sha512Hex(sample().get(document) ?? '');
    const record = 'metadata/other/record.json';
    expect(await findingsAfter(editCovered(record, digest, '0'.repeat(128)))).to.deep.equal([
      `sealed-record FAILED ${document}`,
    ]);
    expect(await findingsAfter(editCovered(record, '000000000001', '000000000002'))).to.deep.equal([
      `sealed-record FAILED ${record}`,
    ]);
  });

  it('finds a document that the sealed record does not name', async () => {
    const more = samplePackage(1, ['Ugovor.pdf', 'aneks.pdf'], { title: 'Ugovor' });
    const fewer = {
      ...more.description,
      record: { ...more.description.record, files: more.description.record.files.slice(0, 1) },
    };
    const files = filesOf(more);
    const record = files.get('metadata/other/record.json') ?? new Uint8Array();
    const shorter = filesOf({ ...more, description: fewer }).get('metadata/other/record.json') ?? new Uint8Array();
    files.set('metadata/other/record.json', shorter);
    edit('METS.xml', sha512Hex(record), sha512Hex(shorter))(files);
    edit('METS.xml', `SIZE="${record.length}"`, `SIZE="${shorter.length}"`)(files);
    const { checks } = await verifyPackage(filesPackage(folder, files), accepts);
    expect(checks.filter(({ outcome }) => outcome === 'FAILED').map(({ id, place }) => [id, place])).to.deep.equal([
      ['sealed-record', 'representations/original/data/aneks.pdf'],
    ]);
  });

  it('hands the confirmation over with exactly the bytes it covers, and takes the verdict', async () => {
    const files = sample();
    const seen: Uint8Array[] = [];
    await verifyPackage(filesPackage(folder, files), async (record, signature) => {
      seen.push(record, signature);
      return accepts(record, signature);
    });
    expect(seen).to.deep.equal([files.get('metadata/other/record.json'), files.get('metadata/other/record.json.p7s')]);
    const refuses: VerifyConfirmation = async () => ({ outcome: 'FAILED', detail: 'bad' });
    expect(await findingsAfter(() => undefined, refuses)).to.deep.equal([
      'confirmation FAILED metadata/other/record.json.p7s',
    ]);
  });

  it('does not pass a confirmation that nobody checked', async () => {
    const { result } = await verifyPackage(filesPackage(folder, sample()));
    expect(result).to.equal('INDETERMINATE');
  });

  it('makes malformed input a finding, never an exception', async () => {
    const broken = [
      'METS.xml',
      'representations/original/METS.xml',
      'metadata/preservation/premis.xml',
      'metadata/other/record.json',
    ];
    for (const path of broken) {
      for (const bytes of [Buffer.alloc(0), Buffer.from('<mets'), Buffer.from('{}'), Buffer.from([0xff, 0xfe])]) {
        expect(await findingsAfter((files) => files.set(path, bytes)), path).not.to.be.empty;
      }
      expect(await findingsAfter((files) => files.delete(path)), path).not.to.be.empty;
    }
    const { result } = await verifyPackage(filesPackage(folder, new Map()), accepts);
    expect(result).to.equal('FAILED');
  });

  it('fails a METS document that names a file outside the package, and does not open it', async () => {
    const opened: string[] = [];
    const files = sample();
    edit('METS.xml', 'xlink:href="schemas/catalog.xml"', 'xlink:href="../../etc/passwd"')(files);
    const reader = filesPackage(folder, files);
    const watched: PackageReader = { ...reader, open: opening(reader, opened) };
    const { checks } = await verifyPackage(watched, accepts);
    expect(checks.find(({ place }) => place === '../../etc/passwd')).to.include({
      id: 'files-present',
      outcome: 'FAILED',
    });
    expect(opened.filter((path) => path.includes('..'))).to.deep.equal([]);
  });

  it('makes an archive entry that cannot be read a finding, and lets a broken disk be an error', async () => {
    const reader = filesPackage(folder, sample());
    const failing = (error: Error): PackageReader => ({
      ...reader,
      open: (path) => (path === document ? Promise.reject(error) : reader.open(path)),
    });
    const { checks } = await verifyPackage(failing(new FormatError('ZIP', 'an entry that does not unpack')), accepts);
    expect(checks.find(({ place, id }) => id === 'fixity' && place === document)).to.include({ outcome: 'FAILED' });
    const thrown = await verifyPackage(failing(new Error('EIO')), accepts).catch((error: Error) => error.message);
    expect(thrown).to.equal('EIO');
  });

  it('reads every file once', async () => {
    const opened: string[] = [];
    const reader = filesPackage(folder, sample());
    await verifyPackage({ ...reader, open: opening(reader, opened) }, accepts);
    expect(opened.toSorted()).to.deep.equal([...sample().keys()].sort());
  });
});

function opening(reader: PackageReader, opened: string[]): PackageReader['open'] {
  return (path) => {
    opened.push(path);
    return reader.open(path);
  };
}
