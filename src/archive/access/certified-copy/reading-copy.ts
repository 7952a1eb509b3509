import { degrees, PDFDocument, PDFName, type PDFPage } from '@cantoo/pdf-lib';
import PdfKit from 'pdfkit';
import { toLatin } from '../../../base/index.ts';
import { isBearable } from './bearable-pdf.ts';
import type { CopyScript, CopyStatement } from './copy-statement.ts';
import { registerFonts } from './fonts.ts';
import { qrCode } from './qr-code.ts';

const stripHeight = 40;
const stripWidth = 420;

/** What every page of a reading copy says of itself. */
const notOriginal = 'приказ – није оригинал';

/**
 * A copy of a PDF for reading: every page bears number, code and QR code, and says that it is not the original. Signatures
 * are taken out of it, since what was stamped is signed by nobody. The original's bytes are not touched.
 * @returns undefined for a PDF that cannot be stamped: encrypted, or broken
 */
export async function readingCopy(
  original: Uint8Array,
  statement: CopyStatement,
  script: CopyScript,
): Promise<Uint8Array | undefined> {
  const document = await openForStamping(original);
  if (!document) return undefined;
  const [strip] = await document.embedPdf(await stampStrip(statement, script), [0]);
  if (!strip) return undefined;
  for (const page of document.getPages()) {
    const { x, y, scale, angle } = placeOn(page);
    const size = { width: stripWidth * scale, height: stripHeight * scale };
    page.drawPage(strip, { x, y, ...size, rotate: degrees(angle) });
  }
  withoutSignatures(document);
  return document.save({ useObjectStreams: false, updateFieldAppearances: false });
}

async function openForStamping(original: Uint8Array): Promise<PDFDocument | undefined> {
  if (!isBearable(original)) return undefined;
  try {
    const document = await PDFDocument.load(original, { updateMetadata: false });
    return document.isEncrypted || document.getPageCount() === 0 ? undefined : document;
  } catch {
    return undefined; // no reader copy: the original itself is handed out whatever it is
  }
}

/** At the lower edge of what is shown, however the page is turned, and no wider than it. */
function placeOn(page: PDFPage): { x: number; y: number; scale: number; angle: number } {
  const { x, y, width, height } = page.getCropBox();
  const [along, up] = [8, 6];
  const angle = ((page.getRotation().angle % 360) + 360) % 360;
  const shown = angle % 180 === 0 ? width : height;
  const scale = Math.min(1, (shown - 2 * along) / stripWidth);
  switch (angle) {
    case 90: // its right edge is shown below
      return { x: x + width - up, y: y + along, scale, angle };
    case 180:
      return { x: x + width - along, y: y + height - up, scale, angle };
    case 270:
      return { x: x + up, y: y + height - along, scale, angle };
    default:
      return { x: x + along, y: y + up, scale, angle: 0 };
  }
}

/** The strip as a page of its own, with its fonts inside. Black in grey, which every output intent allows. */
async function stampStrip({ number, code, verifyAt, isTest }: CopyStatement, script: CopyScript): Promise<Uint8Array> {
  const strip = new PdfKit({
    size: [stripWidth, stripHeight],
    margin: 0,
    font: '',
    subset: 'PDF/A-2b',
    pdfVersion: '1.7',
  });
  registerFonts(strip, ['plain']);
  strip.font('plain');
  const { size, runs } = qrCode(verifyAt ?? code);
  const unit = stripHeight / size;
  for (const { row, column, length } of runs) strip.rect(column * unit, row * unit, length * unit, unit);
  strip.fill('#000000');
  const left = stripHeight + 6;
  const said = script === 'Latn' ? toLatin(notOriginal) : notOriginal;
  const lines = [
    `${isTest ? 'TEST   ' : ''}${said} / for reading, not the original`,
    `${number}   ${code}`,
    verifyAt ?? '',
  ];
  lines.forEach((line, index) => {
    strip.fontSize(index === 0 ? 8.5 : 7).text(line, left, 3 + index * 12, { lineBreak: false });
  });
  strip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of strip) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Signature fields keep their look and lose their value; what refers to signatures goes. */
function withoutSignatures(document: PDFDocument): void {
  document.catalog.delete(PDFName.of('Perms'));
  document.catalog.delete(PDFName.of('DSS'));
  const form = document.catalog.getAcroForm();
  if (!form) return;
  form.dict.delete(PDFName.of('SigFlags'));
  for (const [field] of form.getAllFields())
    if (field.dict.get(PDFName.of('FT')) === PDFName.of('Sig')) field.dict.delete(PDFName.of('V'));
}
