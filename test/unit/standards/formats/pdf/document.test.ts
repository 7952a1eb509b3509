import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { bytesReader, FormatError } from '../../../../../src/base/index.ts';
import {
  openPdf,
  readPageCount,
  readSecurityStores,
  readSignatureFields,
} from '../../../../../src/standards/formats/pdf/index.ts';
import { type PdfWriter, samplePdf } from '../../../../support/sample-pdf.ts';
import { signedPdf } from '../../../../support/signed-pdf.ts';
import { toyPki } from '../../../../support/toy-pki.ts';

/** A PDF of these objects, with a cross-reference table. */
function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  let document = Buffer.from('%PDF-1.7\n');
  const offsets = objects.map((object, index) => {
    const offset = document.length;
    document = Buffer.concat([
      document,
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]);
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const end = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${document.length}\n%%EOF\n`;
  return Buffer.concat([document, Buffer.from(table + end)]);
}

const open = (bytes: Uint8Array) => openPdf(bytesReader(bytes));

describe('reading a PDF', () => {
  for (const writer of ['pdfkit', 'pdf-lib', 'pdf-lib-table'] satisfies PdfWriter[])
    it(`finds the pages of one by ${writer}`, async () => {
      expect(await readPageCount(await open(await samplePdf({ writer })))).to.be.above(0);
    });

  it('finds signatures with the place of their value', async () => {
    const bytes = await signedPdf({ pki: await toyPki(), signatures: [{}, {}] });
    const fields = await readSignatureFields(await open(bytes));
    expect(fields).to.have.length(2);
    for (const { byteRange, contentsStart, contentsEnd } of fields)
      expect([contentsStart, contentsEnd]).to.deep.equal([byteRange[1], byteRange[2]]);
  });

  it('reads validation material, whole or compressed, and leaves out what cannot be read', async () => {
    const packed = deflateSync(Buffer.from('second'));
    const stream = (dictionary: string, data: Buffer) =>
      Buffer.concat([
        Buffer.from(`<<${dictionary}/Length ${data.length}>>\nstream\n`),
        data,
        Buffer.from('\nendstream'),
      ]);
    const document = pdfOf([
      '<</Type/Catalog/DSS<</Certs[2 0 R 3 0 R 4 0 R]>>>>',
      stream('', Buffer.from('first')),
      stream('/Filter/FlateDecode', packed),
      stream('/Filter/FlateDecode', Buffer.from('no zlib')),
    ]);
    const { certificates } = await readSecurityStores(await open(document));
    expect(certificates.map((bytes) => Buffer.from(bytes).toString())).to.deep.equal(['first', 'second']);
  });

  it('does not inflate a bomb', async () => {
    const bomb = deflateSync(Buffer.alloc(64 << 20));
    const stream = Buffer.concat([
      Buffer.from(`<</Filter/FlateDecode/Length ${bomb.length}>>\nstream\n`),
      bomb,
      Buffer.from('\nendstream'),
    ]);
    const document = pdfOf(['<</Type/Catalog/DSS<</Certs[2 0 R]>>>>', stream]);
    expect((await readSecurityStores(await open(document))).certificates).to.deep.equal([]);
  });

  it('knows an encrypted one', async () => {
    expect((await open(pdfOf(['<<>>'], '/Encrypt 1 0 R'))).encryption).to.equal('password');
    expect((await open(pdfOf(['<<>>']))).encryption).to.equal('none');
  });

  it('does not go round in circles', async () => {
    const circle = pdfOf(['<</AcroForm<</Fields[2 0 R]>>>>', '<</Kids[2 0 R 3 0 R]>>', '<</Kids[2 0 R]>>'], '/Prev 0');
    const looping = Buffer.from(
      circle.toString('latin1').replace('/Prev 0', `/Prev ${circle.lastIndexOf('xref\n0')}`),
      'latin1',
    );
    expect(await readSignatureFields(await open(looping))).to.deep.equal([]);
    const references = pdfOf(['2 0 R', '1 0 R']);
    const document = await open(references);
    const error = await document
      .resolve({ kind: 'reference', number: 1, generation: 0 })
      .catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(FormatError);
  });

  for (const [fault, text] of Object.entries({
    'no header': 'startxref\n0\n%%EOF',
    'no cross-references': '%PDF-1.7\nhello',
    'cross-references beyond the end': '%PDF-1.7\nstartxref\n123456\n%%EOF',
    'something else where they should be': '%PDF-1.7\nstartxref\n0\n%%EOF',
    'an endless dictionary': `%PDF-1.7\nxref\n0 0\ntrailer\n${'<</A'.repeat(200)}\nstartxref\n9\n%%EOF`,
  }))
    it(`refuses one with ${fault}`, async () => {
      const error = await open(Buffer.from(text)).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(FormatError);
    });
});
