import { expect } from 'chai';
import PdfKit from 'pdfkit';
import { bytesReader } from '../../../../../src/base/index.ts';
import { entriesOf, openPdf, type PdfDocument } from '../../../../../src/standards/formats/pdf/index.ts';

const title = 'Наслов који је шифрован';

/** @param version pdfkit chooses the cipher by it: RC4 with 40 and 128 bits, AES-128, AES-256 */
async function encrypted(version: string, userPassword?: string): Promise<Uint8Array> {
  const pdf = new PdfKit({
    pdfVersion: version as '1.7',
    ownerPassword: 'owner',
    ...(userPassword ? { userPassword } : {}),
    info: { Title: title },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk) => chunks.push(chunk));
  const done = new Promise((resolve) => pdf.on('end', resolve));
  pdf.text('plain text');
  pdf.end();
  await done;
  return Buffer.concat(chunks);
}

async function titleOf(document: PdfDocument): Promise<string | undefined> {
  const information = entriesOf(await document.resolve(document.trailer.get('Info')));
  const value = await document.resolve(information.get('Title'));
  return value.kind === 'string' ? Buffer.from(value.bytes.subarray(2)).swap16().toString('utf16le') : undefined;
}

async function pageContent(document: PdfDocument): Promise<string> {
  const root = entriesOf(await document.resolve(document.trailer.get('Root')));
  const pages = entriesOf(await document.resolve(root.get('Pages')));
  const kids = await document.resolve(pages.get('Kids'));
  const page = entriesOf(await document.resolve(kids.kind === 'array' ? kids.items[0] : undefined));
  const content = await document.resolve(page.get('Contents'));
  const bytes = await document.streamBytes(
    content.kind === 'array' ? await document.resolve(content.items[0]) : content,
  );
  return Buffer.from(bytes).toString('latin1');
}

describe('an encrypted PDF', () => {
  for (const version of ['1.3', '1.4', '1.6', '1.7', '1.7ext3'])
    it(`opens where it asks for no password, strings and streams alike, version ${version}`, async () => {
      const document = await openPdf(bytesReader(await encrypted(version)));
      expect(document.encryption).to.equal('opened');
      expect(await titleOf(document)).to.equal(title);
      expect(await pageContent(document))
        .to.include('BT')
        .and.include('ET');
    });

  for (const version of ['1.3', '1.4', '1.6', '1.7ext3'])
    it(`stays closed where it asks for one, version ${version}`, async () => {
      const document = await openPdf(bytesReader(await encrypted(version, 'secret')));
      expect(document.encryption).to.equal('password');
    });
});
