import {
  type Jws,
  type JwsSignature,
  readCompactSerialization,
  readJsonSerialization,
  readJws,
} from '../../formats/jws/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import { type EmbeddedMaterial, joinMaterial, noMaterial } from '../embedded-material.ts';
import { contentOfBytes, contentOfDetached, type DetachedContent, type SignedContent } from '../signed-content.ts';
import type { SignatureFacts, SignedDocument } from '../signed-document.ts';
import { componentsIn } from './jades-components.ts';
import { encodedChainIn } from './jades-header.ts';
import { materialInComponents, materialInTokens } from './jades-material.ts';
import { brokenJadesSignature, readJadesSignature } from './jades-signature.ts';
import type { RemainingWork } from './jades-work.ts';

const mostSignatures = 500;
/** Octets that are read for all signatures together, beside a few times the size of the document and its contents. */
const mostWork = 64 << 20;
const deepestCounterSignature = 8;

/**
 * A JWS with its signatures and those that counter-sign them. JSON or text that is no JWS after all is a document without
 * signatures.
 * @throws FormatError
 */
export async function readJwsDocument(
  bytes: Uint8Array,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
): Promise<SignedDocument> {
  const jws = readJws(bytes);
  const rest = { evidenceRecords: [], timestamps: [] };
  if (!jws) return { container: 'none', signatures: [], material: noMaterial, ...rest };
  const size = contents.reduce((sum, { reader }) => sum + (reader?.size ?? 0), bytes.length);
  const reading: Reading = { others, work: { left: mostWork + 6 * size }, signatures: [], material: [] };
  await readSignatures(reading, jws, contents.map(contentOfDetached), 'signature');
  return { container: 'JWS', signatures: reading.signatures, material: joinMaterial(reading.material), ...rest };
}

interface Reading {
  readonly others: readonly Certificate[];
  readonly work: RemainingWork;
  readonly signatures: SignatureFacts[];
  readonly material: EmbeddedMaterial[];
}

async function readSignatures(
  reading: Reading,
  { payload, signatures }: Jws,
  contents: readonly SignedContent[],
  path: string,
  counterSigned?: JwsSignature,
): Promise<void> {
  for (const [index, jws] of signatures.entries()) {
    if (reading.signatures.length >= mostSignatures) return;
    const position = `${path}.${index}`;
    if ('broken' in jws) {
      const broken = brokenJadesSignature(position, jws.signatureText, jws.broken);
      reading.signatures.push({ ...broken, isCounterSignature: counterSigned !== undefined });
      continue;
    }
    const material = materialOfSignature(jws);
    reading.material.push(material);
    const candidates = [...readCertificates(material.certificates), ...reading.others];
    const source = { jws, payload, contents, position, candidates, work: reading.work };
    reading.signatures.push(await readJadesSignature(counterSigned ? { ...source, counterSigned } : source));
    await readCounterSignatures(reading, jws, position);
  }
}

/** Counter-signatures are over the octets of the value that they stand under (TS 119 182-1 5.3.2). */
async function readCounterSignatures(reading: Reading, parent: JwsSignature, position: string): Promise<void> {
  if (position.split('.').length > 2 * deepestCounterSignature) return;
  for (const [index, { name, value }] of componentsIn(parent.unprotectedHeader).entries()) {
    if (name !== 'cSig') continue;
    const counter = typeof value === 'string' ? readCompactSerialization(value) : readJsonSerialization(value);
    if (counter) await readSignatures(reading, counter, [contentOfBytes(parent.value)], `${position}.${index}`, parent);
  }
}

function materialOfSignature({ protectedHeader, unprotectedHeader }: JwsSignature): EmbeddedMaterial {
  return joinMaterial([
    { certificates: encodedChainIn(protectedHeader), crls: [], ocspResponses: [] },
    materialInTokens(protectedHeader.get('adoTst')),
    materialInComponents(componentsIn(unprotectedHeader)),
  ]);
}
