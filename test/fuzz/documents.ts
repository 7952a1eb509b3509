import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asicContainer } from '../support/asic-container.ts';
import { evidenceRecord, initial } from '../support/evidence-record.ts';
import { sampleContent, signedCms } from '../support/signed-cms.ts';
import { compact, general, jwsParts, withSignatureTimestamp } from '../support/signed-jws.ts';
import { signedAtLevel, signedFormats, signedLevels } from '../support/signed-levels.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { signedXml } from '../support/signed-xml.ts';
import { daysFrom } from '../support/toy-certificates.ts';
import { toyPki } from '../support/toy-pki.ts';

/** A document to start from; everything can be copied to a thread. */
export interface FuzzDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contents: readonly { readonly name?: string; readonly bytes: Uint8Array }[];
  /** Which of the worlds of trust it is judged in. */
  readonly world: 'toy' | 'corpus';
}

/** What documents of a world are judged by. */
export interface FuzzWorld {
  readonly anchors: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

export interface FuzzDocuments {
  readonly documents: readonly FuzzDocument[];
  readonly worlds: Readonly<Record<FuzzDocument['world'], FuzzWorld>>;
}

export const validationTime = new Date('2026-11-24T12:00:00Z');
const corpus = new URL('../../../shared/corpus/signatures/', import.meta.url).pathname;
const largest = 300_000;

/** Documents of our own that pass, in every format and at every level, and those of the corpus where it is there. */
export async function fuzzDocuments(): Promise<FuzzDocuments> {
  const toy = await toyDocuments();
  const isThere = existsSync(corpus);
  return {
    documents: [...toy.documents, ...(isThere ? corpusDocuments() : [])],
    worlds: { toy: toy.world, corpus: { anchors: isThere ? corpusAnchors() : [], crls: [] } },
  };
}

async function toyDocuments(): Promise<{ documents: FuzzDocument[]; world: FuzzWorld }> {
  const pki = await toyPki({ at: validationTime });
  const signer = await pki.signer({ key: 'ecdsa' });
  const lists = async (day: number) =>
    Promise.all(
      [pki.intermediate, pki.root].map((issuer) => pki.crl({ issuer, thisUpdate: daysFrom(validationTime, day) })),
    );
  const documents: FuzzDocument[] = [];
  const add = (name: string, bytes: Uint8Array, contents: FuzzDocument['contents'] = []) =>
    documents.push({ name, bytes, contents, world: 'toy' });
  const content = [{ name: 'sadrzaj.txt', bytes: Buffer.from('Садржај који се потписује') }];
  for (const format of signedFormats)
    for (const level of signedLevels) {
      const { document } = await signedAtLevel(format, level, {
        pki,
        signer,
        signingTime: daysFrom(validationTime, -100),
        signatureTimestamp: pki.timestamps({ at: daysFrom(validationTime, -100) }),
        archiveTimestamp: pki.timestamps({ at: daysFrom(validationTime, -50) }),
        material: { certificates: pki.anchors, crls: await lists(-60), ocspResponses: [] },
      });
      add(`${format}-${level}`, document, format === 'PAdES' ? [] : content);
    }
  for (const encoding of ['der', 'ber'] as const)
    add(`enveloping-${encoding}.p7m`, await signedCms({ pki, encoding, signatures: [{ timestamp: true }, {}] }));
  add('detached.p7s', await signedCms({ pki, packaging: 'detached' }), [{ bytes: sampleContent }]);
  add('plain.p7m', await signedCms({ pki, signatures: [{ plain: true }] }));
  add('twice.pdf', await signedPdf({ pki, signatures: [{}, { timestamp: true }] }));
  for (const packaging of ['enveloped', 'enveloping'] as const)
    add(`${packaging}.xml`, await signedXml({ pki, packaging, timestamp: true }));
  for (const form of ['ASiC-S', 'ASiC-E'] as const)
    for (const signature of ['CAdES', 'XAdES'] as const)
      add(`${form}-${signature}.zip`, await asicContainer({ pki, form, signature, timestamp: true }));
  const jws = await withSignatureTimestamp(await jwsParts({ pki }), pki.timestamps());
  add('compact.jws', compact(await jwsParts({ pki })));
  add('general.json', general(jws));
  const objects = [Buffer.from('Уговор'), Buffer.from('Prilog')];
  const renewals = [initial, { renews: 'time-stamp' }, { renews: 'hash-tree', algorithm: 'sha512' }] as const;
  for (const form of ['ASN.1', 'XML'] as const)
    add(
      `evidence-${form}`,
      await evidenceRecord(pki, form, objects, renewals),
      objects.map((bytes, index) => ({ name: `${index}`, bytes })),
    );
  const { createHash } = await import('node:crypto');
  const token = await pki.timestamps()({
    algorithm: 'sha256',
    value: createHash('sha256').update(sampleContent).digest('hex'),
  });
  add('token.tst', token, [{ bytes: sampleContent }]);
  return { documents, world: { anchors: pki.anchors, crls: await lists(0) } };
}

function corpusDocuments(): FuzzDocument[] {
  const lines = readFileSync(join(corpus, 'expected.jsonl'), 'utf8').split('\n').filter(Boolean);
  const found: FuzzDocument[] = [];
  for (const line of lines) {
    const {
      case: name,
      file,
      detached = [],
    } = JSON.parse(line) as { case: string; file: string; detached?: { file?: string; name?: string }[] };
    if (
      statSync(join(corpus, file)).size > largest ||
      detached.some((one) => !one.file || statSync(join(corpus, one.file)).size > largest)
    )
      continue;
    const contents = detached.map((one) => ({
      name: one.name ?? String(one.file).replace(/.*\//, ''),
      bytes: readFileSync(join(corpus, String(one.file))),
    }));
    found.push({ name: `${name} ${file}`, bytes: readFileSync(join(corpus, file)), contents, world: 'corpus' });
  }
  return found;
}

const corpusAnchors = () =>
  readdirSync(join(corpus, 'trust'))
    .filter((name) => name.endsWith('.der') || name.endsWith('.crt') || name.endsWith('.cer'))
    .map((name) => readFileSync(join(corpus, 'trust', name)));
