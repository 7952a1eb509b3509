/**
 * Documents validated in a second: ours on one core, warm, by format, beside EU DSS on the same core and the same documents
 * where its jars are (`.foreign/dss`, which `npm run test:foreign` fills); two cores against one; what ten thousand anchors
 * and a large CRL cost once and for each document; a cold start.
 * usage: taskset -c 0 tsx bench/signatures.ts [SECONDS], after `npm run build`
 */

import { spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, sign as signature } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesReader } from '../src/base/index.ts';
import { examineEvidenceRecord } from '../src/standards/evidence/index.ts';
import { validateDocument } from '../src/standards/signatures/index.ts';
import { asicContainer } from '../test/support/asic-container.ts';
import { evidenceRecord } from '../test/support/evidence-record.ts';
import { signedAtLevel, signedFormats, signedLevels } from '../test/support/signed-levels.ts';
import { daysFrom } from '../test/support/toy-certificates.ts';
import { toyPki } from '../test/support/toy-pki.ts';
import { emptyWorkFolder, machine, median, program, seconds, workFolder } from './measure.ts';

interface BenchDocument {
  readonly format: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly content?: { readonly file: string; readonly bytes: Uint8Array };
}

const span = Number(process.argv[2] ?? 3);
const folder = emptyWorkFolder('signatures');
const at = new Date(Date.now() - 60_000);
const pki = await toyPki({ at });
const crls = await Promise.all([pki.intermediate, pki.root].map((issuer) => pki.crl({ issuer })));
const documents = await made();
const anchor = written('root.pem', Buffer.from(pki.anchorPem));

console.log(machine());
const ours = new Map<string, number>();
for (const format of new Set(documents.map((one) => one.format))) ours.set(format, await rateOf(ofFormat(format)));
const theirs = dssRates();
for (const [format, rate] of ours) {
  const other = theirs.get(format);
  const beside = other ? `, DSS ${other.toFixed(0)}, ratio ${(rate / other).toFixed(1)}` : '';
  console.log(`${format}: ${rate.toFixed(0)} documents/s${beside}`);
}
const both = [...ours].filter(([format]) => theirs.has(format));
if (both.length > 0) {
  const overall = (rates: ReadonlyMap<string, number>) =>
    both.reduce((sum, [format]) => sum + 1 / (rates.get(format) ?? 1), 0);
  console.log(`overall ratio ${(overall(theirs) / overall(ours)).toFixed(1)}`);
}
await publicKeyFloor();
await manyAnchors();
await largeList();
cores();
const pdf = documents.find(({ format }) => format === 'PAdES')?.file;
const cold = Array.from({ length: 5 }, () =>
  seconds(`${program} validate ${pdf} --offline --trust ${anchor} || [ $? -eq 1 ]`),
);
console.log(`one PDF by the command, cold: ${median(cold).toFixed(2)} s`);
seconds(`rm -rf ${workFolder}/signatures`);

async function made(): Promise<BenchDocument[]> {
  const found: BenchDocument[] = [];
  const signer = await pki.signer({ key: 'rsa' });
  const parts = {
    pki,
    signer,
    signingTime: daysFrom(at, -3),
    signatureTimestamp: pki.timestamps({ at: daysFrom(at, -3) }),
    archiveTimestamp: pki.timestamps({ at: daysFrom(at, -1) }),
    material: { certificates: pki.anchors, crls, ocspResponses: [] },
  };
  for (const format of signedFormats)
    for (const level of signedLevels) {
      const { document, contents } = await signedAtLevel(format, level, parts);
      const [content] = contents;
      const bytes = content?.reader && (await content.reader.read(0, content.reader.size));
      const beside = bytes ? { content: { file: written(content?.name ?? 'sadrzaj.txt', bytes), bytes } } : {};
      found.push({ format, file: written(`${format}-${level}`, document), bytes: document, ...beside });
    }
  for (const form of ['ASiC-S', 'ASiC-E'] as const)
    for (const kind of ['CAdES', 'XAdES'] as const) {
      const bytes = await asicContainer({ pki, signer, form, signature: kind, timestamp: true });
      found.push({ format: `ASiC with ${kind}`, file: written(`${form}-${kind}.zip`, bytes), bytes });
    }
  const object = Buffer.from('Уговор');
  for (const form of ['ASN.1', 'XML'] as const) {
    const bytes = await evidenceRecord(pki, form, [object]);
    found.push({
      format: 'ER',
      file: written(`${form}.er`, bytes),
      bytes,
      content: { file: written('object', object), bytes: object },
    });
  }
  return found;
}

function written(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

function ofFormat(format: string): BenchDocument[] {
  return documents.filter((one) => one.format === format);
}

function validated(
  { file, bytes, content }: BenchDocument,
  anchors: readonly Uint8Array[] = pki.anchors,
  lists: readonly Uint8Array[] = [],
) {
  return validateDocument({
    document: bytesReader(bytes),
    name: file,
    contents: content ? [{ name: 'sadrzaj.txt', reader: bytesReader(content.bytes) }] : [],
    anchors,
    validationTime: new Date(),
    material: { crls: lists },
    examineEvidenceRecord,
  });
}

/** Documents a second, in the best of three rounds: the first ones warm the code. */
async function rateOf(list: readonly BenchDocument[], judge = (one: BenchDocument) => validated(one)): Promise<number> {
  let best = 0;
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    let count = 0;
    while (performance.now() - started < span * 1000)
      for (const one of list) {
        await judge(one);
        count++;
      }
    best = Math.max(best, (count / (performance.now() - started)) * 1000);
  }
  return best;
}

function dssRates(): Map<string, number> {
  const jars = process.env.TRAJNO_DSS ?? join(import.meta.dirname, '../.foreign/dss');
  if (!existsSync(jars)) return new Map();
  const known = documents.filter(({ format }) => format !== 'ER' && format !== 'JAdES'); // modules that are not among its jars
  const list = written(
    'dss.list',
    Buffer.from(
      known
        .map(({ format, file, content }) => [format, file, ...(content ? [content.file] : [])].join('\t'))
        .join('\n'),
    ),
  );
  const speed = join(import.meta.dirname, '../test/foreign/dss/Speed.java');
  const given = ['-cp', `${jars}/*`, speed, anchor, list, String(span), '4'];
  const { stdout, stderr, status } = spawnSync('java', given, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return new Map(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.split('\t')[0] ?? '', Number(line.split('\t')[1])]),
  );
}

/** What nobody gets below: the signatures of a PAdES-T document (signer, two of its certificates, time-stamp), verified by node:crypto. */
async function publicKeyFloor(): Promise<void> {
  const { verify } = await import('node:crypto');
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const value = signature(
    'sha256',
    Buffer.from('x'),
    createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  );
  const started = performance.now();
  for (let count = 0; count < 5000; count++) verify('sha256', Buffer.from('x'), publicKey, value);
  console.log(
    `one RSA-2048 signature verified by node:crypto: ${(((performance.now() - started) / 5000) * 1000).toFixed(0)} µs`,
  );
}

async function manyAnchors(): Promise<void> {
  const list = ofFormat('PAdES');
  const strangers = await Promise.all(
    Array.from(
      { length: 20 },
      async (_, number) => (await toyPki({ at, world: `Stranac ${number}` })).anchors[0] as Uint8Array,
    ),
  );
  // different in their serial numbers alone, which stand in the first octets
  const anchors = [
    ...pki.anchors,
    ...Array.from({ length: 10_000 }, (_, number) => withOtherSerial(strangers[number % 20] as Uint8Array, number)),
  ];
  const started = performance.now();
  await validated(list[0] as BenchDocument, anchors);
  const first = performance.now() - started;
  const rate = await rateOf(list, (one) => validated(one, anchors));
  console.log(
    `10,000 anchors: ${first.toFixed(0)} ms once, then ${(1000 / rate).toFixed(2)} ms a document (${(1000 / (ours.get('PAdES') ?? 1)).toFixed(2)} with one)`,
  );
}

function withOtherSerial(certificate: Uint8Array, number: number): Uint8Array {
  const copy = Buffer.from(certificate);
  const at = copy.indexOf(Buffer.from([0x02, 0x02, 0x02]), 8); // the version's last octet, the serial number's first two
  copy.writeUInt16BE(0x1000 + (number % 0x6000), at + 3);
  return copy;
}

async function largeList(): Promise<void> {
  for (let number = 0; number < 50_000; number++) {
    pki.revoke({ serialNumber: (1n << 158n) + BigInt(number) } as never, daysFrom(at, -2));
  }
  const large = await pki.crl();
  const list = ofFormat('PAdES');
  const started = performance.now();
  await validated(list[0] as BenchDocument, pki.anchors, [large]);
  const first = performance.now() - started;
  const rate = await rateOf(list, (one) => validated(one, pki.anchors, [large]));
  console.log(
    `a CRL of ${(large.length / 1e6).toFixed(1)} MB: ${first.toFixed(0)} ms once, then ${(1000 / rate).toFixed(2)} ms a document`,
  );
}

/** A list long enough that starting the threads is not what is measured. */
function cores(): void {
  const lines = documents.map(({ file, content }) => `${file}\t${content ? content.file : ''}\t`);
  const list = written(
    'list',
    Buffer.from(
      Array.from({ length: 300 }, () => lines)
        .flat()
        .join('\n'),
    ),
  );
  const run = (mask: string) =>
    seconds(`taskset -c ${mask} ${program} validate --list ${list} --offline --trust ${anchor}`);
  const [one, two]: number[][] = [[], []];
  for (let round = 0; round < 3; round++) {
    one?.push(run('0'));
    two?.push(run('0,1'));
  }
  const count = readFileSync(list, 'utf8').split('\n').length;
  const [slow, fast] = [median(one ?? []), median(two ?? [])];
  console.log(
    `a list of ${count}: one core ${(count / slow).toFixed(0)}/s, two ${(count / fast).toFixed(0)}/s, ${(slow / fast).toFixed(2)} times`,
  );
}
