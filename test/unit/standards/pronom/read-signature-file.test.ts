import { expect } from 'chai';
import { FormatError } from '../../../../src/base/index.ts';
import { readShippedSignatures } from '../../../../src/shipped-signatures.ts';
import { combineSignatureFiles, signatureDataText } from '../../../../src/standards/pronom/index.ts';
import { readSignatureFile } from '../../../../src/standards/pronom/read-signature-file.ts';

const formats = (sequences: string, rows = '') =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<FFSignatureFile xmlns="http://www.nationalarchives.gov.uk/pronom/SignatureFile" Version="7" DateCreated="2026-11-25T00:00:00">
<InternalSignatureCollection><InternalSignature ID="1" Specificity="Specific">${sequences}</InternalSignature></InternalSignatureCollection>
<FileFormatCollection>
<FileFormat ID="10" PUID="fmt/1" Name="One" Version="1.0" MIMEType="a/b, c/d"><InternalSignatureID>1</InternalSignatureID><Extension>ONE</Extension><HasPriorityOverFileFormatID>11</HasPriorityOverFileFormatID></FileFormat>
<FileFormat ID="11" PUID="fmt/2" Name="Two"/>${rows}
</FileFormatCollection></FFSignatureFile>`);

const containers = (body: string) =>
  Buffer.from(
    `<ContainerSignatureMapping schemaVersion="1.0" signatureVersion="9">${body}</ContainerSignatureMapping>`,
  );

function sequencesOf(xml: string) {
  const file = readSignatureFile(formats(xml));
  return 'signatures' in file ? file.signatures[0] : undefined;
}

describe('a signature file of DROID', () => {
  it('has its formats with version, media type, extensions and ranks', () => {
    const file = readSignatureFile(
      formats('<ByteSequence><SubSequence Position="1"><Sequence>00</Sequence></SubSequence></ByteSequence>'),
    );
    expect('formats' in file && file.formats).to.deep.equal([
      { puid: 'fmt/1', name: 'One', version: '1.0', mimeType: 'a/b, c/d', extensions: ['one'], over: ['fmt/2'] },
      { puid: 'fmt/2', name: 'Two' },
    ]);
    expect('droid' in file && file.droid).to.deep.equal({ version: '7', created: '2026-11-25T00:00:00' });
  });

  it('has fragments put back around what is searched for: position 1 nearest, those of one position as alternatives', () => {
    const xml = `<ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="2" SubSeqMaxOffset="5"><Sequence>AAAA</Sequence>
      <DefaultShift>3</DefaultShift><Shift Byte="AA">1</Shift>
      <LeftFragment Position="1" MinOffset="1" MaxOffset="2">11</LeftFragment><LeftFragment Position="2" MinOffset="0" MaxOffset="0">22</LeftFragment>
      <RightFragment Position="1" MinOffset="0" MaxOffset="0">33</RightFragment><RightFragment Position="1" MinOffset="0" MaxOffset="0">4444</RightFragment>
      <RightFragment Position="2" MinOffset="3" MaxOffset="3">55</RightFragment></SubSequence></ByteSequence>`;
    expect(sequencesOf(xml)).to.deep.equal({ puids: ['fmt/1'], start: ['{2-5}2211{1-2}AAAA(33|4444){3}55'] });
  });

  it('has sequences from the beginning, from the end and anywhere', () => {
    const part = (position: number, offsets: string, bytes: string) =>
      `<SubSequence Position="${position}" ${offsets}><Sequence>${bytes}</Sequence></SubSequence>`;
    const xml = `<ByteSequence Reference="BOFoffset">${part(1, 'SubSeqMinOffset="0" SubSeqMaxOffset="0"', 'AA')}${part(2, 'SubSeqMinOffset="4"', 'BB')}</ByteSequence>
      <ByteSequence Reference="EOFoffset">${part(1, 'SubSeqMinOffset="0" SubSeqMaxOffset="9"', 'CC')}</ByteSequence>
      <ByteSequence>${part(1, 'SubSeqMinOffset="0"', 'DD')}</ByteSequence>`;
    expect(sequencesOf(xml)).to.deep.equal({ puids: ['fmt/1'], start: ['AA{4-*}BB', '*DD'], end: ['CC{0-9}'] });
  });

  it('of containers has files with their signatures, and says which formats make a file be opened', () => {
    const file = readSignatureFile(
      containers(`<ContainerSignatures><ContainerSignature Id="1" ContainerType="ZIP"><Description>x</Description><Files>
        <File><Path>mimetype</Path><BinarySignatures><InternalSignatureCollection><InternalSignature ID="1"><ByteSequence Reference="BOFoffset">
        <SubSequence Position="1" SubSeqMinOffset="8" SubSeqMaxOffset="0"><Sequence>'a  b'
          00 [22 27]</Sequence></SubSequence></ByteSequence></InternalSignature></InternalSignatureCollection></BinarySignatures></File>
        <File><Path>content.xml</Path></File></Files></ContainerSignature></ContainerSignatures>
        <FileFormatMappings><FileFormatMapping signatureId="1" Puid="fmt/3"/></FileFormatMappings>
        <TriggerPuids><TriggerPuid ContainerType="ZIP" Puid="x-fmt/263"/></TriggerPuids>`),
    );
    expect(file).to.deep.equal({
      container: { version: '9' },
      containers: [
        {
          puids: ['fmt/3'],
          type: 'ZIP',
          files: [{ path: 'mimetype', signatures: [{ start: ["{8}'a  b'00[22 27]"] }] }, { path: 'content.xml' }],
        },
      ],
      triggers: [{ type: 'ZIP', puid: 'x-fmt/263' }],
    });
  });

  it('is refused when it is something else, or says what cannot be matched', () => {
    const broken = '<ByteSequence><SubSequence Position="1"><Sequence>0G</Sequence></SubSequence></ByteSequence>';
    for (const bytes of [
      Buffer.from('<html/>'),
      Buffer.from('no XML'),
      formats(broken),
      formats('<ByteSequence/>'),
      formats('', '<FileFormat ID="12"/>'),
    ])
      expect(() => readSignatureFile(bytes), bytes.toString().slice(-80)).to.throw(FormatError);
    expect(() => combineSignatureFiles([formats('')])).to.throw(FormatError, 'containers');
    expect(() => combineSignatureFiles([formats(''), formats(''), containers('')])).to.throw(FormatError, 'two');
  });
});

describe('the signatures that are shipped', () => {
  it('are as they were compiled, a row per line', async () => {
    const shipped = await readShippedSignatures();
    expect(JSON.parse(signatureDataText(shipped))).to.deep.equal(shipped);
    expect(shipped.formats.length).to.be.greaterThan(2000);
    expect(shipped.signatures.length).to.be.greaterThan(1900);
    expect(shipped.containers.length).to.equal(180);
  });
});
