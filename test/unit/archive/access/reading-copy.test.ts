import { deflateSync } from 'node:zlib';
import { decodePDFRawStream, degrees, type PDFArray, PDFDocument, type PDFRawStream } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { isBearable } from '../../../../src/archive/access/certified-copy/bearable-pdf.ts';
import type { CopyStatement } from '../../../../src/archive/access/certified-copy/copy-statement.ts';
import { readingCopy } from '../../../../src/archive/access/certified-copy/reading-copy.ts';
import { openDrawing } from '../../../../src/archive/access/index.ts';
import { bytesReader } from '../../../../src/base/index.ts';
import { validateDocument } from '../../../../src/standards/signatures/index.ts';
import { signedPdf } from '../../../support/signed-pdf.ts';
import { toyPki } from '../../../support/toy-pki.ts';

const statement = { number: 'OK-2026-000001', code: 'AAAAA-AAAAA-AAAAA-AAAAA', isTest: false } as CopyStatement;

/** A PDF with a page turned each way. */
async function turned(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const angle of [0, 90, 180, 270]) document.addPage([400, 600]).setRotation(degrees(angle));
  return document.save();
}

/** Where each page puts its stamp, and how that is turned: the first matrices of what was drawn last. */
async function placesIn(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return document.getPages().map((page) => {
    const contents = page.node.Contents() as PDFArray;
    const last = contents.lookup(contents.size() - 1) as PDFRawStream;
    const text = Buffer.from(decodePDFRawStream(last).decode()).toString('latin1');
    expect(text).to.match(/\/[^ ]+ Do/);
    const [, x, y] = /1 0 0 1 ([\d.]+) ([\d.]+) cm/.exec(text) ?? [];
    const [, cos, sin] = /(-?[\d.e-]+) (-?[\d.e-]+) -?[\d.e-]+ -?[\d.e-]+ 0 0 cm/.exec(text) ?? [];
    return [x, y, Math.round(Number(cos)), Math.round(Number(sin))].join(' ').replaceAll('-0', '0');
  });
}

describe('a reading copy', () => {
  it('has a stamp on every page, however it is turned, and leaves the original alone', async () => {
    const original = await turned();
    const before = Buffer.from(original);
    const stamped = (await readingCopy(original, statement, 'Latn')) ?? new Uint8Array();
    expect(Buffer.compare(before, original)).to.equal(0);
    expect(await placesIn(stamped)).to.deep.equal(['8 6 1 0', '394 8 0 1', '392 594 -1 0', '6 592 0 -1']);
  });

  it('bears no signature: what was stamped is signed by nobody', async () => {
    const pki = await toyPki();
    const stamped = await readingCopy(await signedPdf({ pki }), statement, 'Cyrl');
    const { signatures } = await validateDocument({
      ...{ document: bytesReader(stamped ?? new Uint8Array()), name: 'reading.pdf', contents: [] },
      ...{ anchors: [], validationTime: pki.at },
    });
    expect(signatures).to.deep.equal([]);
  });

  it('is not made of what cannot be stamped', async () => {
    for (const text of ['', '%PDF-1.7\n', '%PDF-1.7\ntrailer << /Root 1 0 R >>\n%%EOF'])
      expect(await readingCopy(Buffer.from(text), statement, 'Cyrl')).to.equal(undefined);
  });

  it('is not made of a PDF whose streams unpack to more than anybody should hold', async () => {
    const bomb = deflateSync(Buffer.alloc(200 << 20));
    const head = `%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n`;
    const around = [Buffer.from(head), bomb, Buffer.from('\nendstream\nendobj\n')];
    const pages = Buffer.from((await turned()).subarray(9));
    const before = process.memoryUsage().rss;
    expect(await readingCopy(Buffer.concat([...around, pages]), statement, 'Cyrl')).to.equal(undefined);
    expect(process.memoryUsage().rss - before).to.be.below(200 << 20);
    expect(isBearable(await turned())).to.equal(true);
  });

  it('is given up where it takes too long, and the next one is made', async () => {
    const original = await turned();
    const hurried = openDrawing({ milliseconds: 1, heapMegabytes: 512, threads: 1 });
    expect(await hurried.readingCopy(original, statement, 'Cyrl')).to.equal(undefined);
    await hurried.close();
    const usual = openDrawing();
    expect(await usual.readingCopy(original, statement, 'Cyrl')).to.be.instanceOf(Uint8Array);
    await usual.close();
  });
});
