import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { expect } from 'chai';
import { bytesReader } from '../../src/base/index.ts';
import { openPdf } from '../../src/standards/formats/pdf/index.ts';
import { sealAsic } from '../../src/standards/seals/index.ts';
import { incrementalUpdate, nextObjectNumber } from '../../src/standards/seals/pades/incremental-update.ts';
import { emptyFolder } from '../support/folders.ts';
import { samplePdf } from '../support/sample-pdf.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

const mebibyte = 1 << 20;
const mostResident = 300;
const root = join(import.meta.dirname, '../..');

/**
 * Has `trajno validate` judge a document offline; a process of its own, as it is built (the compiler would take
 * as much again), tells what it took at most, in MB.
 */
function validated(document: string, trust: string, at: Date): Promise<{ report: string; resident: number }> {
  const telling = `import { readFileSync } from 'node:fs';
    process.on('exit', () => process.stderr.write(/VmHWM.*/.exec(readFileSync('/proc/self/status', 'utf8'))[0]));`;
  const args = [`--import=data:text/javascript,${encodeURIComponent(telling)}`, join(root, 'dist/main.js')];
  const verb = ['validate', document, '--offline', '--json', '--trust', trust, '--at', at.toISOString()];
  const running = spawn(process.execPath, [...args, ...verb], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [report, told] = ['', ''];
  running.stdout.on('data', (chunk) => {
    report += chunk;
  });
  running.stderr.on('data', (chunk) => {
    told += chunk;
  });
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('close', () => {
      const [, kibibytes] = /VmHWM:\s*(\d+)/.exec(told) ?? [];
      if (kibibytes) resolve({ report, resident: Number(kibibytes) / 1024 });
      else reject(new Error(told));
    });
  });
}

describe('large documents', function () {
  this.timeout(300_000);
  const folder = emptyFolder();
  let pki: ToyPki;
  let trust: string;

  before(async () => {
    pki = await toyPki();
    trust = join(folder, 'root.pem');
    writeFileSync(trust, pki.anchorPem);
  });

  async function judged(document: string): Promise<void> {
    const { report, resident } = await validated(document, trust, pki.at);
    const [signature] = JSON.parse(report).signatures;
    expect([signature?.intact, signature?.valid]).to.deep.equal([true, true]);
    expect(resident).to.be.below(mostResident);
  }

  it('of 100 MB are validated within 300 MB: a PDF with one large stream', async () => {
    const pdf = await samplePdf();
    const opened = await openPdf(bytesReader(pdf));
    const stream = randomBytes(mebibyte).toString('latin1').repeat(100);
    const text = `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`;
    const { bytes } = incrementalUpdate(opened, [{ number: nextObjectNumber(opened), generation: 0, text }]);
    const document = join(folder, 'large.pdf');
    writeFileSync(document, await signedPdf({ pki, pdf: Buffer.concat([pdf, bytes]) }));
    await judged(document);
  });

  const content = () => Buffer.alloc(500 * mebibyte, randomBytes(16 << 10));
  for (const signature of ['CAdES', 'XAdES'] as const)
    for (const store of [true, false])
      it(`of 500 MB are validated within 300 MB: an ASiC-E with ${signature}, ${store ? 'stored' : 'deflated'}`, async () => {
        const { signer } = await pki.signer();
        const options = { form: 'ASiC-E', signature, signingTime: pki.at } as const;
        const entries = await sealAsic([{ name: 'veliko.bin', bytes: content() }], signer, options);
        const archive = new ZipArchive(store ? { store } : { zlib: { level: 1 } });
        for (const { name, bytes } of entries)
          archive.append(Readable.from(pieces(bytes)), { name, store: store || name === 'mimetype' });
        const document = join(folder, 'large.asice');
        await Promise.all([pipeline(archive, createWriteStream(document)), archive.finalize()]);
        await judged(document);
      });
});

function* pieces(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += mebibyte) yield Buffer.from(bytes.subarray(at, at + mebibyte));
}
