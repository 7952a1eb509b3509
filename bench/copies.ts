/**
 * Certified copies a second, of a signed PDF of three pages and 200 KB: certificate, container, reading copy, register entry
 * in two locations, all of it. The key is local; the time-stamps are the built-in authority's, made in this process. Run by
 * `tsx bench/copies.ts [COPIES] [AT ONCE]`.
 */
import { randomBytes } from 'node:crypto';
import PdfKit from 'pdfkit';
import { issueCopy } from '../src/archive/access/index.ts';
import { keep } from '../test/support/archive.ts';
import { issuingArchive, lastingSigner } from '../test/support/certified-copy.ts';
import { signedPdf } from '../test/support/signed-pdf.ts';
import { machine } from './measure.ts';

const count = Number(process.argv[2] ?? 60);
const atOnce = Number(process.argv[3] ?? 4);

console.log(machine());
const { archive, context, pki } = await issuingArchive();
const pdf = await threePages();
const signer = await lastingSigner(pki, 'Petar Petrović');
const record = await keep(archive, { 'ugovor.pdf': await signedPdf({ pki, pdf, signatures: [{ signer }] }) });
const issue = async () => {
  const { files } = await issueCopy(context, { record: record.id, actor: 'bench', purpose: 'мерење' });
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
};
const size = await issue();

const before = process.cpuUsage();
const started = performance.now();
let left = count;
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (; left > 0; ) {
      left -= 1;
      await issue();
    }
  }),
);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(
  `${count} copies of a PDF of ${Math.round((record.files[0]?.size ?? 0) / 1000)} KB, ${atOnce} at once: ` +
    `${(count / seconds).toFixed(1)} a second, ${Math.round((user + system) / 1000 / count)} ms of processor each, ` +
    `${Math.round(size / 1000)} KB handed out each`,
);
await archive.close();
process.exit(0);

/** Three pages of text with a picture of noise, which nothing makes smaller. */
async function threePages(): Promise<Uint8Array> {
  const sheet = new PdfKit({ info: { Title: 'Ugovor' } });
  for (let page = 0; page < 3; page += 1) {
    if (page > 0) sheet.addPage();
    sheet.fontSize(10).text('Ugovorne strane su saglasne da se ovaj ugovor izvrsi u svemu. '.repeat(60));
  }
  sheet.file(randomBytes(185_000), { name: 'prilog.bin' });
  sheet.end();
  const chunks: Buffer[] = [];
  for await (const chunk of sheet) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
