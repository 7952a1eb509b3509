import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import { isOnNamedCurve, type JwsSignature, jwsAlgorithm, stringOf } from '../../formats/jws/index.ts';
import {
  type Certificate,
  hashesByItself,
  readCertificates,
  verifySignature,
  verifyStream,
} from '../../formats/x509/index.ts';
import type { Finding } from '../indication.ts';
import { digestBytes, type SignedContent } from '../signed-content.ts';
import type { CertificateReferenceFact, ReferenceFact, Scope, SignatureFacts, TokenFacts } from '../signed-document.ts';
import { componentsIn } from './jades-components.ts';
import {
  certificateReferenceIn,
  chainIn,
  claimedTimeIn,
  criticalFindings,
  type JadesCertificateReference,
} from './jades-header.ts';
import { materialInComponents } from './jades-material.ts';
import { type JadesPayload, readPayload } from './jades-payload.ts';
import { jadesProfile, plainJwsProfile } from './jades-profile.ts';
import { readJadesTimestamps } from './jades-timestamps.ts';
import type { RemainingWork } from './jades-work.ts';
import { policyOfJades } from './named-policy.ts';

/** What the facts of a JWS signature are read from. */
export interface JadesSource {
  readonly jws: JwsSignature;
  /** As it stands in the JWS. */
  readonly payload: string | undefined;
  /** What was handed in beside it. */
  readonly contents: readonly SignedContent[];
  readonly work: RemainingWork;
  /** Which of the document's signatures it is: it tells copies of one signature apart. */
  readonly position: string;
  readonly candidates: readonly Certificate[];
  /** The signature that a counter-signature is over. */
  readonly counterSigned?: JwsSignature;
}

/** Facts of a JWS signature (RFC 7515; TS 119 182-1): nothing is judged. */
export async function readJadesSignature(source: JadesSource): Promise<SignatureFacts> {
  const { jws } = source;
  try {
    return await readFacts(
      source,
      await readPayload(jws.protectedHeader, source.payload, source.contents, source.work),
    );
  } catch (error) {
    if (error instanceof FormatError) return brokenJadesSignature(source.position, jws.signatureText, error.message);
    throw error;
  }
}

async function readFacts(source: JadesSource, payload: JadesPayload): Promise<SignatureFacts> {
  const { jws, counterSigned } = source;
  const { protectedHeader } = jws;
  const components = componentsIn(jws.unprotectedHeader);
  const embedded = readCertificates(materialInComponents(components).certificates);
  const candidates = [...chainIn(protectedHeader), ...embedded, ...source.candidates];
  const token = await readToken(jws, payload, candidates);
  const id = idOf(source.position, jws.protectedText, jws.signatureText);
  const { signingCertificate } = token;
  const claimedSigningTime = claimedTimeIn(protectedHeader);
  return {
    ...token,
    id,
    formatFindings: formatFindings(source),
    constraintFindings: criticalFindings(protectedHeader),
    references: [...token.references, ...payload.references, ...counterReference(source)],
    profile: jadesProfile(jws, components, counterSigned !== undefined),
    isCounterSignature: counterSigned !== undefined,
    ...(claimedSigningTime ? { claimedSigningTime } : {}),
    ...policyOfJades(jws, components),
    bindsContent: true,
    timestamps: await readJadesTimestamps({ ...source, id, payload, components, candidates, signingCertificate }),
    scopes: counterSigned ? [counterScope] : payload.scopes,
  };
}

const counterScope: Scope = { scope: 'COUNTER_SIGNATURE', name: 'Signature value' };

/** A signature that cannot be taken apart is broken, not absent. */
export function brokenJadesSignature(position: string, signatureText: string, detail: string): SignatureFacts {
  return {
    id: idOf(position, '', signatureText),
    formatFindings: [{ code: 'FORMAT_BROKEN', detail }],
    certificateReference: { kind: 'absent' },
    references: [],
    signatureValue: Buffer.from(signatureText, 'base64url'),
    valueCheck: 'unchecked',
    profile: plainJwsProfile,
    isCounterSignature: false,
    bindsContent: false,
    timestamps: [],
    scopes: [],
  };
}

function idOf(position: string, header: string, signature: string): string {
  return `S-${createHash('sha256').update(`${position} ${header}.${signature}`).digest('hex')}`;
}

/** TS 119 182-1 5.2.8.1: sigD stands only where the payload is elsewhere. */
function formatFindings({ jws, payload = '' }: JadesSource): Finding[] {
  const isBoth = jws.protectedHeader.has('sigD') && payload !== '';
  return isBoth ? [{ code: 'FORMAT_BROKEN', detail: 'sigD stands beside a payload' }] : [];
}

/** A counter-signature is over the value that it stands under (TS 119 182-1 5.3.2): a payload of its own must be that one. */
function counterReference({ payload = '', counterSigned }: JadesSource): ReferenceFact[] {
  const isOver = payload === '' || payload === counterSigned?.signatureText;
  return counterSigned && !isOver ? [{ kind: 'COUNTER_SIGNED_VALUE', found: true, intact: false }] : [];
}

type Token = Omit<TokenFacts, 'id' | 'formatFindings'>;

async function readToken(jws: JwsSignature, payload: JadesPayload, candidates: readonly Certificate[]): Promise<Token> {
  const name = stringOf(jws.protectedHeader.get('alg')) ?? '';
  const algorithm = jwsAlgorithm(name);
  const { certificate, reference } = identifySigner(jws, candidates);
  const valueCheck = certificate ? await checkValue(jws, payload, name, certificate) : 'unchecked';
  const digest = algorithm?.digest ? { digestAlgorithm: algorithm.digest } : {};
  return {
    ...(certificate ? { signingCertificate: certificate } : {}),
    certificateReference: reference,
    references: [
      { kind: 'SIGNING_INPUT', ...digest, found: payload.octets !== undefined, intact: valueCheck === 'good' },
    ],
    signatureValue: jws.value,
    ...(algorithm ? { signatureAlgorithm: algorithm } : {}),
    ...digest,
    valueCheck,
  };
}

/**
 * The signer's certificate: the one that the protected header names, else the first of x5c (RFC 7515 4.1.6). A key that
 * stands there without a certificate (jwk, jku) says nothing of whose it is.
 */
function identifySigner(
  { protectedHeader }: JwsSignature,
  candidates: readonly Certificate[],
): { certificate: Certificate | undefined; reference: CertificateReferenceFact } {
  const [first] = chainIn(protectedHeader);
  const reference = readableReference(protectedHeader);
  if (reference !== 'absent' && reference !== 'unreadable') {
    const { digestAlgorithm } = reference;
    const named = candidates.find((candidate) => isNamedBy(candidate, reference));
    if (named) return { certificate: named, reference: { kind: 'matches', digestAlgorithm } };
    return { certificate: first, reference: { kind: 'differs', digestAlgorithm } };
  }
  return { certificate: first, reference: { kind: reference } };
}

function readableReference(
  header: JwsSignature['protectedHeader'],
): JadesCertificateReference | 'absent' | 'unreadable' {
  try {
    return certificateReferenceIn(header) ?? 'absent';
  } catch (error) {
    if (error instanceof FormatError) return 'unreadable';
    throw error;
  }
}

function isNamedBy({ der }: Certificate, { digestAlgorithm, digest }: JadesCertificateReference): boolean {
  const computed = digestAlgorithm && digestBytes(der, digestAlgorithm);
  return computed !== undefined && Buffer.compare(computed, digest) === 0;
}

const largestUnstreamed = 64 << 20;

/** Verifies the value over the signing input (RFC 7515 5.2): the protected header, a dot, the payload. */
async function checkValue(
  { protectedText, value }: JwsSignature,
  { octets }: JadesPayload,
  name: string,
  { publicKey }: Certificate,
): Promise<TokenFacts['valueCheck']> {
  const algorithm = jwsAlgorithm(name);
  if (!algorithm) return 'unsupported';
  if (!isOnNamedCurve(name, publicKey)) return 'bad';
  if (!octets) return 'unchecked';
  const input = signingInput(protectedText, octets());
  if (!hashesByItself(algorithm)) return verifyStream(algorithm, publicKey, input, value);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of input) {
    parts.push(part);
    size += part.length;
    if (size > largestUnstreamed) return 'unchecked';
  }
  return verifySignature(algorithm, publicKey, Buffer.concat(parts), value);
}

async function* signingInput(protectedText: string, payload: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${protectedText}.`);
  yield* payload;
}
