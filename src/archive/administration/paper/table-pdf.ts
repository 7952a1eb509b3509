import { createRequire } from 'node:module';

const fontFile = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
const margin = 36;
const padding = 3;
const size = 7.5;

/** A table that is to be printed. */
export interface PaperTable {
  readonly title: string;
  /** Above the table. */
  readonly lines: readonly string[];
  readonly columns: readonly string[];
  /** Shares of the width. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
  readonly made: Date;
  readonly author: string;
}

/** A table as PDF/A-2b on A4 landscape; headings and page numbers on every page. */
export async function tablePdf(table: PaperTable): Promise<Uint8Array> {
  const { title, lines, columns, rows, made, author } = table;
  const { default: PdfKit } = await import('pdfkit');
  const document = new PdfKit({
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'sr',
    size: 'A4',
    layout: 'landscape',
    margin,
    bufferPages: true,
    font: fontFile('DejaVuSans'),
    info: { Title: title, Author: author, CreationDate: made, ModDate: made },
  });
  document.font(fontFile('DejaVuSans-Bold'), 14).text(title).moveDown(0.3);
  document.font(fontFile('DejaVuSans'), 9);
  for (const line of lines) document.text(line, { lineGap: 1 });
  document.moveDown(0.5);
  const width = document.page.width - 2 * margin;
  const shares = table.widths.reduce((sum, share) => sum + share, 0);
  const widths = table.widths.map((share) => (share / shares) * width);
  let y = heading(document, columns, widths, document.y);
  document.font(fontFile('DejaVuSans'), size);
  for (const row of rows) {
    const height = heightOf(document, row, widths);
    if (y + height > document.page.height - margin - 14) {
      document.addPage();
      y = heading(document, columns, widths, margin);
      document.font(fontFile('DejaVuSans'), size);
    }
    cells(document, row, widths, y, height);
    y += height;
  }
  numberPages(document);
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

type Document = PDFKit.PDFDocument;

function heading(document: Document, columns: readonly string[], widths: readonly number[], y: number): number {
  document.font(fontFile('DejaVuSans-Bold'), size);
  const height = heightOf(document, columns, widths);
  cells(document, columns, widths, y, height);
  return y + height;
}

function heightOf(document: Document, row: readonly string[], widths: readonly number[]): number {
  const heights = row.map((text, index) =>
    document.heightOfString(breakable(text), { width: (widths[index] ?? 0) - 2 * padding }),
  );
  return Math.min(Math.max(size, ...heights) + 2 * padding, document.page.height - 2 * margin - 60);
}

function cells(document: Document, row: readonly string[], widths: readonly number[], y: number, height: number): void {
  let x = margin;
  for (const [index, width] of widths.entries()) {
    document.lineWidth(0.4).rect(x, y, width, height).stroke();
    document.text(breakable(row[index] ?? ''), x + padding, y + padding, {
      width: width - 2 * padding,
      height: height - 2 * padding,
      ellipsis: true,
    });
    x += width;
  }
}

/** Digests have no blank at which a line could end. */
function breakable(text: string): string {
  return text.replace(/[^\s]{32}(?=[^\s])/g, '$& ');
}

function numberPages(document: Document): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    document.switchToPage(page);
    document.page.margins.bottom = 0;
    document.font(fontFile('DejaVuSans'), 7).text(`${page + 1} / ${count}`, margin, document.page.height - margin + 8, {
      width: document.page.width - 2 * margin,
      align: 'right',
      lineBreak: false,
    });
  }
}
