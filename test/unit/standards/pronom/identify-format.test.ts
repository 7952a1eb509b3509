import { expect } from 'chai';
import type { ByteReader } from '../../../../src/base/index.ts';
import { bytesReader } from '../../../../src/base/index.ts';
import { combineSignatureFiles, identifyFormat, prepareSignatures } from '../../../../src/standards/pronom/index.ts';
import { shippedFormatSignatures } from '../../../support/format-signatures.ts';
import { localMember, zipArchive } from '../../../support/zip-archive.ts';

async function matchesOf(content: string | Uint8Array, name = 'no-extension') {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return identifyFormat(await shippedFormatSignatures(), bytesReader(bytes), name);
}

const puidsOf = async (content: string | Uint8Array, name?: string) =>
  (await matchesOf(content, name)).map(({ puid, basis }) => `${puid} ${basis}`);

/** A file of any size that holds pieces at some places and zeros elsewhere, and counts what is read of it. */
function sparseReader(
  size: number,
  pieces: Readonly<Record<number, Buffer>>,
): ByteReader & { bytesRead: number; longestRead: number } {
  const reader = {
    size,
    bytesRead: 0,
    longestRead: 0,
    read: async (offset: number, length: number) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      reader.bytesRead += bytes.length;
      reader.longestRead = Math.max(reader.longestRead, bytes.length);
      for (const [place, piece] of Object.entries(pieces)) {
        const at = Number(place) - offset;
        if (at < bytes.length && at + piece.length > 0)
          piece.copy(bytes, Math.max(0, at), Math.max(0, -at), Math.min(piece.length, bytes.length - at));
      }
      return bytes;
    },
  };
  return reader;
}

const archivalClaim =
  '<rdf xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf>';

describe('a format', () => {
  it('is told by signatures from both ends, with name, version, media type and the releases it was told by', async () => {
    const [match, ...others] = await matchesOf('%PDF-1.4\n1 0 obj\n%%EOF\n');
    expect(others).to.deep.equal([]);
    expect(match).to.deep.equal({
      puid: 'fmt/18',
      name: 'Acrobat PDF 1.4 - Portable Document Format',
      version: '1.4',
      mimeType: 'application/pdf',
      basis: 'signature',
      signatures: { droid: 'V109', container: '25' },
    });
  });

  it('that outranks another is given alone', async () => {
    expect(await puidsOf(`%PDF-1.7\n${archivalClaim}\n%%EOF\n`)).to.deep.equal(['fmt/477 signature']);
  });

  it('is told by the members of a ZIP, whatever the name says', async () => {
    const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
    const types = `<Types><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
    const document = zipArchive({ '[Content_Types].xml': types, 'word/document.xml': '<w:document/>' });
    expect(await puidsOf(document, 'letter.xls')).to.deep.equal(['fmt/412 container']);
    expect(await puidsOf(zipArchive({ 'a.txt': 'x' }), 'letter.docx')).to.deep.equal(['x-fmt/263 signature']);
  });

  it('is told of a ZIP that was cut off by the members that are left', async () => {
    const document = localMember('mimetype', 'application/vnd.etsi.asic-s+zip');
    expect(await puidsOf(document)).to.deep.equal(['fmt/1341 container']);
  });

  it('of a container that cannot be opened is uncertain: what its name speaks for comes with it', async () => {
    const matches = await puidsOf(Buffer.from(`PK\x03\x04${'\0'.repeat(10)}`, 'latin1'), 'letter.docx');
    expect(matches[0]).to.equal('x-fmt/263 signature');
    expect(matches).to.include('fmt/412 extension');
  });

  it('of a signature container without media type is told by the signatures inside', async () => {
    const [match] = await matchesOf(zipArchive({ 'a.txt': 'x', 'META-INF/signatures.p7s': 'x' }));
    expect(match).to.include({ puid: 'fmt/1341', basis: 'container', kind: 'asic' });
  });

  it('that the signatures in use do not know yet is told by its structure', async () => {
    const claim = archivalClaim.replace('>2<', '>4<').replace('>B<', '>F<');
    expect(await puidsOf(`%PDF-2.0\n${claim}\n%%EOF\n`)).to.deep.equal(['fmt/1912 signature']);
  });

  it('of text is told by the name only where the name says which text', async () => {
    expect(await puidsOf('one;two\n1;2\n')).to.deep.equal(['x-fmt/111 signature']);
    expect(await puidsOf('one;two\n1;2\n', 'table.csv')).to.deep.equal(['x-fmt/18 extension']);
    expect(await puidsOf('one;two\n1;2\n', 'letter.pdf')).to.deep.equal(['x-fmt/111 signature']);
  });

  it('of text in a Serbian code page is text', async () => {
    const cyrillic = Buffer.from(
      [
        ...'\u0417\u0430\u043f\u0438\u0441\u043d\u0438\u043a \u0441\u0430 \u0441\u0435\u0434\u043d\u0438\u0446\u0435 ',
      ].map((letter) => (letter === ' ' ? 0x20 : letter.charCodeAt(0) - 0x350)),
    );
    expect(await puidsOf(Buffer.concat([cyrillic, cyrillic]))).to.deep.equal(['x-fmt/111 signature']);
  });

  it('of mail is told by its header fields, of a mail box by the line that separates messages', async () => {
    const letter = 'From: a@b.rs\r\nTo: c@d.rs\r\nDate: Mon, 1 Jan 2024 10:00:00 +0100\r\n';
    expect(await puidsOf(`${letter}\r\nhello`)).to.deep.equal(['fmt/278 signature']);
    const mime = `${letter}MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello`;
    expect(await puidsOf(mime)).to.deep.equal(['fmt/950 signature']);
    expect(await puidsOf(`From a@b.rs Mon Jan  1 10:00:00 2024\n${letter}\nhello`)).to.deep.equal([
      'fmt/720 signature',
    ]);
    expect(await puidsOf('To: whom it may concern\n\nhello')).to.deep.equal(['x-fmt/111 signature']);
  });

  it('of nothing is nothing', async () => {
    expect(await matchesOf('')).to.deep.equal([]);
  });

  it('of text is none of bytes that only begin like a byte order mark', async () => {
    expect(await matchesOf(Buffer.alloc(4096, 0xff))).to.deep.equal([]);
    expect(await puidsOf(Buffer.from('\ufeffзаписник', 'utf16le'))).to.deep.equal(['x-fmt/111 signature']);
  });

  it('is told by the extension as a last resort, never one whose signature was looked for', async () => {
    const noise = Buffer.from('0001f2f3f4f5f6f7', 'hex');
    expect(await matchesOf(noise, 'letter.docx')).to.deep.equal([]);
    const matches = await matchesOf(noise, 'model.udl');
    expect(matches.map(({ basis }) => basis)).to.deep.equal(['extension']);
    expect(await matchesOf(noise)).to.deep.equal([]);
  });
});

describe('a large file', () => {
  const size = 5 * 1024 ** 3;

  it('is told by its two ends: of 5 GB a MiB is read', async () => {
    const reader = sparseReader(size, { 0: Buffer.from('1f8b0800', 'hex') });
    await identifyFormat(await shippedFormatSignatures(), reader, 'backup');
    expect(reader.bytesRead).to.be.lessThan(2 * 1024 ** 2);
  });

  it('is read deeper, and never far, for what may stand anywhere when the rest of a signature is there', async () => {
    const end = Buffer.from('\n%%EOF\n');
    const pieces = { 0: Buffer.from('%PDF-1.7\n'), [size - end.length]: end };
    const reader = sparseReader(size, { ...pieces, [3 * 1024 ** 2]: Buffer.from(archivalClaim) });
    const [match] = await identifyFormat(await shippedFormatSignatures(), reader, 'scan');
    expect(match?.puid).to.equal('fmt/477');
    expect(reader.bytesRead).to.be.lessThan(18 * 1024 ** 2);
    expect(reader.longestRead).to.be.at.most(8 * 1024 ** 2);
    const plain = sparseReader(size, pieces);
    const without = await identifyFormat(await shippedFormatSignatures(), plain, 'scan');
    expect(plain.longestRead, 'what is not there is looked for in pieces').to.be.lessThan(2 * 1024 ** 2);
    expect(without.map(({ puid }) => puid)).to.deep.equal(['fmt/276']);
  });
});

describe('hostile signatures and files', () => {
  const signatureFile = (sequence: string) => `<FFSignatureFile Version="999">
    <InternalSignatureCollection><InternalSignature ID="1">${sequence}</InternalSignature></InternalSignatureCollection>
    <FileFormatCollection><FileFormat ID="1" Name="x" PUID="fmt/9999"><InternalSignatureID>1</InternalSignatureID></FileFormat></FileFormatCollection>
    </FFSignatureFile>`;
  const noContainers = '<ContainerSignatureMapping signatureVersion="1"></ContainerSignatureMapping>';
  const signaturesOf = (sequence: string) =>
    prepareSignatures(combineSignatureFiles([signatureFile(sequence), noContainers].map((text) => Buffer.from(text))));

  it('with gaps over the whole file take a bounded time', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, index) => `<RightFragment Position="${index + 1}" MinOffset="0" MaxOffset="999999">00[00:01]</RightFragment>`,
    ).join('');
    const signatures = signaturesOf(
      `<ByteSequence><SubSequence Position="1" SubSeqMinOffset="0"><Sequence>0000</Sequence>${fragments}
       <RightFragment Position="41" MinOffset="0" MaxOffset="999999">FF</RightFragment></SubSequence></ByteSequence>`,
    );
    expect(await identifyFormat(signatures, bytesReader(Buffer.alloc(1 << 20)), 'zeros')).to.deep.equal([]);
  });

  it('that are compound files whose chains go in circles are still told, and soon', async () => {
    const file = Buffer.alloc(512 * 4, 0);
    Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
    file.writeUInt16LE(0xfffe, 28);
    file.writeUInt16LE(9, 30);
    file.writeUInt16LE(6, 32);
    file.writeUInt32LE(1, 44); // one sector of FAT
    file.writeUInt32LE(1, 48); // the directory begins at sector 1
    file.writeUInt32LE(4096, 56);
    file.writeUInt32LE(2, 60);
    file.writeUInt32LE(0, 68); // DIFAT goes through the FAT itself
    for (let at = 76; at < 512; at += 4) file.writeUInt32LE(0, at);
    for (let at = 512; at < 1024; at += 4) file.writeUInt32LE(1, at); // every sector is followed by sector 1
    file.write('R\0o\0o\0t\0', 1024, 'latin1');
    file.writeUInt16LE(10, 1024 + 64);
    file.writeUInt8(5, 1024 + 66);
    file.writeUInt32LE(0, 1024 + 76); // the root is its own child
    expect((await puidsOf(file))[0]).to.equal('fmt/111 signature');
  });

  it('that are ZIPs whose directory lies are told without unpacking what it promises', async () => {
    const bomb = zipArchive({ '[Content_Types].xml': '\0'.repeat(64 << 20) });
    expect((await puidsOf(bomb))[0]).to.equal('x-fmt/263 signature');
  });
});
