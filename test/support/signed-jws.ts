import { createHash } from 'node:crypto';
import { digestOf } from '../../src/base/index.ts';
import type { CertificateHolder, TimestampSource } from '../../src/standards/seals/index.ts';
import { xmlSignatureValue } from '../../src/standards/seals/xades/xml-algorithms.ts';
import type { ToyPki } from './toy-pki.ts';

type Json = Record<string, unknown>;

/** A signature of a JWS by the toy PKI, before it is written down. */
export interface JwsParts {
  readonly protected: string;
  readonly header: { etsiU: unknown[] };
  readonly payload: string;
  readonly signature: string;
}

/** What may be said of a JWS; everything has a default. */
export interface SignedJwsOptions {
  readonly pki: ToyPki;
  readonly signer?: CertificateHolder;
  readonly payload?: Uint8Array;
  /** The last word on the protected header. */
  readonly header?: (header: Json) => Json;
  /** RFC 7797: the payload as it is. */
  readonly unencoded?: boolean;
  /** What is signed in place of the payload, as the signing input has it. */
  readonly signed?: string;
}

export const samplePayload: Uint8Array = Buffer.from('{"broj":"42/2026","износ":1200}');

export const base64url = (octets: Uint8Array | string) => Buffer.from(octets).toString('base64url');
const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64');

const names: Record<string, string> = { 'RSASSA-PKCS1-v1_5': 'RS', 'RSASSA-PSS': 'PS', ECDSA: 'ES' };

/** The name of a signer's algorithm in JWS. */
function algorithmName({ signer }: CertificateHolder): string {
  const { scheme, digest } = signer.algorithm;
  return names[scheme] ? `${names[scheme]}${digest.slice(3)}` : 'EdDSA';
}

/** A JAdES-BASELINE-B signature, as parts. */
export async function jwsParts(options: SignedJwsOptions): Promise<JwsParts> {
  const { pki, payload = samplePayload, unencoded, header = (same) => same } = options;
  const holder = options.signer ?? (await pki.signer());
  const [own] = holder.signer.chain;
  const usual: Json = {
    alg: algorithmName(holder),
    iat: Math.floor(pki.at.getTime() / 1000),
    x5c: holder.signer.chain.map(base64),
    'x5t#S256': base64url(createHash('sha256').update(own).digest()),
    ...(unencoded ? { b64: false, crit: ['b64'] } : {}),
  };
  const protectedText = base64url(JSON.stringify(header(usual)));
  const written = unencoded ? Buffer.from(payload).toString('utf8') : base64url(payload);
  const value = await holder.signer.sign(Buffer.from(`${protectedText}.${options.signed ?? written}`));
  const signature = base64url(xmlSignatureValue(value, holder.signer.algorithm, own));
  return { protected: protectedText, header: { etsiU: [] }, payload: written, signature };
}

/** The same with one more unsigned component, in base64url or in the clear. */
export function withComponent(parts: JwsParts, component: Json, form: 'base64url' | 'clear' = 'base64url'): JwsParts {
  const entry = form === 'clear' ? component : base64url(JSON.stringify(component));
  return { ...parts, header: { etsiU: [...parts.header.etsiU, entry] } };
}

const container = (token: Uint8Array, canonAlg?: string) => ({
  ...(canonAlg ? { canonAlg } : {}),
  tstTokens: [{ val: base64(token) }],
});

/** With a signature time-stamp: JAdES-BASELINE-T. */
export async function withSignatureTimestamp(parts: JwsParts, source: TimestampSource): Promise<JwsParts> {
  const token = await source(digestOf(Buffer.from(parts.signature), 'sha256'));
  return withComponent(parts, { sigTst: container(token) });
}

/** Certificates and revocation data, DER. */
export interface JwsMaterial {
  readonly certificates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly ocspResponses?: readonly Uint8Array[];
}

/** With what a later validation needs: JAdES-BASELINE-LT. */
export function withMaterial(parts: JwsParts, { certificates = [], crls = [], ocspResponses = [] }: JwsMaterial) {
  const objects = (list: readonly Uint8Array[]) => list.map((der) => ({ val: base64(der) }));
  const chain = withComponent(parts, { xVals: objects(certificates).map((x509Cert) => ({ x509Cert })) });
  const values = {
    ...(crls.length > 0 ? { crlVals: objects(crls) } : {}),
    ...(ocspResponses.length > 0 ? { ocspVals: objects(ocspResponses) } : {}),
  };
  return withComponent(chain, { rVals: values });
}

/** With an archive time-stamp over all before it: JAdES-BASELINE-LTA. */
export async function withArchiveTimestamp(
  parts: JwsParts,
  source: TimestampSource,
  { canonAlg, entries }: { canonAlg?: string; entries?: (entry: unknown) => string } = {},
): Promise<JwsParts> {
  const written = parts.header.etsiU.map(entries ?? String).join('');
  const octets = `${parts.payload}.${parts.protected}.${parts.signature}.${written}`;
  const token = await source(digestOf(Buffer.from(octets), 'sha256'));
  return withComponent(parts, { arcTst: container(token, canonAlg) }, entries ? 'clear' : 'base64url');
}

/** The compact serialization (RFC 7515 7.1). */
export const compact = ({ protected: header, payload, signature }: JwsParts): Uint8Array =>
  Buffer.from(`${header}.${payload}.${signature}`);

/** The flattened JSON serialization (RFC 7515 7.2.2). */
export function flattened(parts: JwsParts, edit: (document: Json) => Json = (same) => same): Uint8Array {
  const { header, ...rest } = parts;
  return Buffer.from(JSON.stringify(edit({ ...rest, ...(header.etsiU.length > 0 ? { header } : {}) })));
}

/** The general JSON serialization (RFC 7515 7.2.1), of signatures over one payload. */
export function general(...signatures: readonly JwsParts[]): Uint8Array {
  const members = signatures.map(({ payload: _, ...member }) => member);
  return Buffer.from(JSON.stringify({ payload: signatures[0]?.payload, signatures: members }));
}
