import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';

const signatureFile = `<FFSignatureFile Version="900">
  <InternalSignatureCollection><InternalSignature ID="1"><ByteSequence Reference="BOFoffset">
    <SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>5A41504953</Sequence></SubSequence>
  </ByteSequence></InternalSignature></InternalSignatureCollection>
  <FileFormatCollection><FileFormat ID="1" PUID="fmt/9001" Name="Zapisnik"><InternalSignatureID>1</InternalSignatureID></FileFormat></FileFormatCollection>
</FFSignatureFile>`;

describe('trajno identify', function () {
  this.timeout(60_000);
  const folder = emptyFolder();
  const signatures = join(folder, 'signatures.xml');
  const files = join(folder, 'files');

  before(() => {
    mkdirSync(join(files, 'inner'), { recursive: true });
    writeFileSync(signatures, signatureFile);
    writeFileSync(join(files, 'a.pdf'), '%PDF-1.4\n%%EOF\n');
    writeFileSync(join(files, 'inner', 'b.txt'), 'ZAPIS one');
  });

  it('takes the newest containers’ signatures that lie beside a lone file of formats', async () => {
    const release = join(folder, 'release');
    mkdirSync(release);
    writeFileSync(join(release, 'DROID_SignatureFile_V900.xml'), signatureFile);
    const containers = (
      version: number,
    ) => `<ContainerSignatureMapping schemaVersion="1.0" signatureVersion="${version}">
      <ContainerSignatures/><FileFormatMappings/><TriggerPuids/></ContainerSignatureMapping>`;
    writeFileSync(join(release, 'container-signature-20250101.xml'), containers(901));
    writeFileSync(join(release, 'container-signature-20240101.xml'), containers(900));
    const given = join(release, 'DROID_SignatureFile_V900.xml');
    const { out } = await trajno(['identify', files, '--signatures', given, '--json']);
    expect(JSON.parse(out).signatures).to.deep.equal({ droid: 'V900', container: '901' });
  });

  it('names the formats of all files of a folder, and the signatures they were told by', async () => {
    const { code, out } = await trajno(['identify', files, '--json']);
    expect(code).to.equal(0);
    const told = JSON.parse(out);
    expect(told.signatures).to.deep.equal({ droid: 'V109', container: '25' });
    expect(
      told.files.map(({ file, matches }: { file: string; matches: { puid: string }[] }) => [file, matches[0]?.puid]),
    ).to.deep.equal([
      [join(files, 'a.pdf'), 'fmt/18'],
      [join(files, 'inner', 'b.txt'), 'x-fmt/111'],
    ]);
    expect(told.files[0].matches).to.deep.equal([
      {
        puid: 'fmt/18',
        name: 'Acrobat PDF 1.4 - Portable Document Format',
        version: '1.4',
        mimeType: 'application/pdf',
        basis: 'signature',
      },
    ]);
  });

  it('uses a newer signature file that is given', async () => {
    const { code, out } = await trajno(['identify', join(files, 'inner', 'b.txt'), '--signatures', signatures]);
    expect(code).to.equal(0);
    expect(out).to.equal(`${join(files, 'inner', 'b.txt')}  fmt/9001 Zapisnik (signature)\n`);
  });

  it('refuses what is no signature file, and two of one kind', async () => {
    for (const given of [[join(files, 'a.pdf')], [signatures, signatures], [join(folder, 'absent.xml')]]) {
      const { code, err } = await trajno(['identify', files, ...given.flatMap((file) => ['--signatures', file])]);
      expect(code, given.join(' ')).to.equal(2);
      expect(err).to.match(/signature file|cannot be read/);
    }
  });

  it('has installed signatures in a data folder: trajno formats', async () => {
    const environment = { TRAJNO_DATA: join(folder, 'data') };
    const updated = await trajno(['formats', 'update', '--signatures', signatures, '--json'], environment);
    expect(JSON.parse(updated.out)).to.deep.equal({ signatures: { droid: 'V900', container: '25' }, holdings: [] });
    const asked = await trajno(['formats'], environment);
    expect(asked.out).to.equal('PRONOM signatures V900, container signatures 25\n');
    expect((await trajno(['formats', 'update'], environment)).code).to.equal(2);
  });
});
