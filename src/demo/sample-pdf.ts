import { createRequire } from 'node:module';
import PdfKit from 'pdfkit';

const fontFile = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** What stands on a page. */
export interface PdfText {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly made: Date;
}

const footer =
  'UZORAK / УЗОРАК – napravio ga je program Trajno da pokaže rad; potpisi su probni i nemaju pravno dejstvo. / ' +
  'A sample made by Trajno; its signatures are tests without legal effect.';

/** A PDF/A-2b of one page with embedded fonts that know both alphabets. */
export async function archivalPdf({ title, paragraphs, made }: PdfText): Promise<Uint8Array> {
  const document = new PdfKit({
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'sr',
    size: 'A4',
    margin: 64,
    font: fontFile('DejaVuSerif'),
    info: { Title: title, Author: 'Trajno – uzorak', CreationDate: made, ModDate: made },
  });
  document.font(fontFile('DejaVuSerif-Bold'), 14).text(title, { align: 'center' }).moveDown(1.5);
  document.font(fontFile('DejaVuSerif'), 11);
  for (const paragraph of paragraphs) document.text(paragraph, { align: 'left', lineGap: 3 }).moveDown(0.8);
  document.fontSize(8).fillColor('#555555').text(footer, 64, 725, { width: 467 });
  return finished(document);
}

/** A PDF whose text lies in it in the clear, in one of the standard fonts: easy to change a digit in. */
export async function plainPdf({ title, paragraphs, made }: PdfText): Promise<Uint8Array> {
  const document = new PdfKit({
    compress: false,
    size: 'A5',
    font: 'Courier',
    info: { Title: title, CreationDate: made },
  });
  document.fontSize(12);
  for (const paragraph of paragraphs) document.text(paragraph).moveDown();
  return finished(document);
}

async function finished(document: InstanceType<typeof PdfKit>): Promise<Uint8Array> {
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
