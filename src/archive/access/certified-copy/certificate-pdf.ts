import PdfKit from 'pdfkit';
import { assertNever } from '../../../base/index.ts';
import {
  type CertificatePart,
  certificateParts,
  certificateTitle,
  type StatedFact,
  serbian,
} from './certificate-text.ts';
import type { Bilingual } from './certificate-wording.ts';
import type { CopyScript, CopyStatement } from './copy-statement.ts';
import { type FontName, registerFonts } from './fonts.ts';
import { qrCode } from './qr-code.ts';

const margin = 54;
const bottomMargin = 64;
const nameWidth = 150;
const qrSide = 92;

/** A file that travels inside the certificate. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly description: string;
  /** How it is related to the certificate (ISO 19005-3, 6.8). */
  readonly relationship: 'Source' | 'Data' | 'Supplement';
}

/** Compressed inside already: to try again takes time and gains nothing. */
const incompressible =
  /^application\/(pdf|zip|gzip|vnd\..*\+zip|vnd\.openxmlformats.*)$|^image\/(?!svg|bmp)|^video\/|^audio\//;

type Sheet = PDFKit.PDFDocument;

/**
 * The certificate of authenticity for people: PDF/A-3a, tagged, in Serbian and in English, with its fonts and the original
 * inside. It is sealed afterwards.
 */
export async function certificatePdf(
  statement: CopyStatement,
  script: CopyScript,
  attached: readonly AttachedFile[],
): Promise<Uint8Array> {
  const made = new Date(statement.issuedAt);
  const title = certificateTitle(statement);
  const sheet: Sheet = new PdfKit({
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    lang: script === 'Latn' ? 'sr-Latn' : 'sr-Cyrl',
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: bottomMargin },
    font: '',
    info: {
      Title: `${serbian(title, script)} ${statement.number}`,
      Author: statement.issuer.name,
      CreationDate: made,
      ModDate: made,
    },
  });
  registerFonts(sheet, ['plain', 'bold', 'exact']);
  for (const { name, bytes, mimeType, description, relationship } of attached) {
    sheet.compress = !incompressible.test(mimeType);
    sheet.file(Buffer.from(bytes), {
      ...{ name, type: mimeType, description, relationship },
      ...{ creationDate: made, modifiedDate: made },
    });
  }
  sheet.compress = true;
  drawCertificate(sheet, statement, script);
  sheet.end();
  const chunks: Buffer[] = [];
  for await (const chunk of sheet) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function drawCertificate(sheet: Sheet, statement: CopyStatement, script: CopyScript): void {
  const root = sheet.struct('Document');
  sheet.addStructure(root);
  const add = (type: string, draw: () => void, options: { lang?: string; alt?: string } = {}) =>
    root.add(sheet.struct(type, options, [draw]));
  drawQr(sheet, statement, add);
  const title = certificateTitle(statement);
  const width = sheet.page.width - 2 * margin - qrSide - 14;
  sheet.y = margin;
  add('P', () => sheet.font('plain', 10).text(statement.issuer.name, margin, sheet.y, { width }));
  add('H1', () => sheet.font('bold', 13).text(serbian(title, script), { width, lineGap: 1 }));
  add('P', () => sheet.font('plain', 9.5).text(title.en, { width }), { lang: 'en' });
  add('P', () => sheet.font('exact', 10).text(statement.code, { width }));
  sheet.x = margin;
  sheet.y = Math.max(sheet.y, margin + qrSide) + 8;
  for (const part of certificateParts(statement)) drawPart(sheet, part, script, add);
  root.end();
  drawFooters(sheet, statement);
}

type Add = (type: string, draw: () => void, options?: { lang?: string; alt?: string }) => void;

function drawPart(sheet: Sheet, part: CertificatePart, script: CopyScript, add: Add): void {
  switch (part.kind) {
    case 'warning':
      drawBoth(sheet, part.text, script, add, 'bold', 10.5);
      break;
    case 'heading':
      sheet.moveDown(0.5);
      keepTogether(sheet, 60);
      add('H2', () => {
        sheet.font('bold', 10.5).text(`${serbian(part.text, script)} / ${part.text.en}`, margin, sheet.y);
      });
      break;
    case 'paragraph':
      drawBoth(sheet, part.text, script, add, 'plain', 8.5);
      break;
    case 'steps':
      part.steps.forEach((step, index) => {
        const numbered = { sr: `${index + 1}. ${step.sr}`, en: `${index + 1}. ${step.en}` };
        drawBoth(sheet, numbered, script, add, 'plain', 8.5);
      });
      break;
    case 'facts':
      for (const fact of part.facts) drawFact(sheet, fact, script, add);
      sheet.x = margin;
      sheet.moveDown(0.4);
      break;
    default:
      assertNever(part);
  }
}

function drawBoth(sheet: Sheet, text: Bilingual, script: CopyScript, add: Add, font: FontName, size: number): void {
  add('P', () =>
    sheet.font(font, size).fillColor('#000000').text(serbian(text, script), margin, sheet.y, { lineGap: 1 }),
  );
  const english = () => sheet.font(font, size).fillColor('#444444').text(text.en, margin, sheet.y, { lineGap: 1 });
  add('P', english, { lang: 'en' });
  sheet.fillColor('#000000').moveDown(0.35);
}

/** The name in both languages at the left, the value beside it. */
function drawFact(sheet: Sheet, { name, value, isExact }: StatedFact, script: CopyScript, add: Add): void {
  const font = isExact ? 'exact' : 'plain';
  const size = isExact ? 7.5 : 8.5;
  const width = sheet.page.width - 2 * margin - nameWidth;
  const label = name.sr === name.en ? name.sr : `${serbian(name, script)} / ${name.en}`;
  const labelHeight = sheet.font('plain', 7.5).heightOfString(label, { width: nameWidth - 8 });
  const height = Math.max(labelHeight, sheet.font(font, size).heightOfString(value, { width }));
  keepTogether(sheet, Math.min(height, 300));
  const top = sheet.y;
  const draw = () => {
    sheet
      .font('plain', 7.5)
      .fillColor('#444444')
      .text(label, margin, top, { width: nameWidth - 8 });
    sheet
      .font(font, size)
      .fillColor('#000000')
      .text(value, margin + nameWidth, top, { width });
  };
  add('P', draw);
  sheet.y = Math.max(sheet.y, top + labelHeight) + 1.5;
}

function keepTogether(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.page.height - bottomMargin) sheet.addPage();
}

function drawQr(sheet: Sheet, { verifyAt, code }: CopyStatement, add: Add): void {
  const { size, runs } = qrCode(verifyAt ?? code);
  const unit = qrSide / size;
  const left = sheet.page.width - margin - qrSide;
  const draw = () => {
    for (const { row, column, length } of runs)
      sheet.rect(left + column * unit, margin + row * unit, length * unit, unit);
    sheet.fill('#000000');
  };
  add('Figure', draw, { alt: `QR: ${verifyAt ?? code}` });
}

/** Number, code and page on every page; and TEST, where it is one. */
function drawFooters(sheet: Sheet, { number, code, isTest }: CopyStatement): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    sheet.switchToPage(page);
    sheet.page.margins.bottom = 0;
    sheet.markContent('Artifact', { type: 'Pagination' });
    const line = `${number}   ${code}   ${page + 1}/${count}`;
    sheet.font('plain', 7.5).fillColor('#444444');
    sheet.text(line, margin, sheet.page.height - 40, { lineBreak: false });
    if (isTest) {
      sheet.font('bold', 11).fillColor('#b00020');
      sheet.text('ПРОБА – TEST – ПРОБА – TEST', margin, 22, { lineBreak: false });
      sheet.text('ПРОБА – TEST', sheet.page.width - margin - 110, sheet.page.height - 42, { lineBreak: false });
    }
    sheet.endMarkedContent();
  }
}
