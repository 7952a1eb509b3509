import { PDFDocument } from '@cantoo/pdf-lib';
import PdfKit from 'pdfkit';

/** Who writes the PDF: its cross-references are a table, or a stream with objects in object streams. */
export type PdfWriter = 'pdfkit' | 'pdf-lib' | 'pdf-lib-table';

/** A PDF of one page with some text, the same bytes each time. */
export async function samplePdf({
  writer = 'pdfkit',
  text = 'Ugovor o delu',
}: {
  writer?: PdfWriter;
  text?: string;
} = {}) {
  return writer === 'pdfkit' ? byPdfKit(text) : byPdfLib(text, writer === 'pdf-lib');
}

const made = new Date('2026-11-01T08:00:00Z');

async function byPdfKit(text: string): Promise<Uint8Array> {
  const document = new PdfKit({ info: { Title: text, CreationDate: made } });
  document.text(text).end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function byPdfLib(text: string, useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage().drawText(text);
  document.setCreationDate(made);
  document.setModificationDate(made);
  return document.save({ useObjectStreams });
}
