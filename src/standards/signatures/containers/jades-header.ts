import { FormatError } from '../../../base/index.ts';
import {
  decodeBase64Url,
  itemsOf,
  type JsonObject,
  type JsonValue,
  jwsDigest,
  objectOf,
  stringOf,
} from '../../formats/jws/index.ts';
import { type Certificate, type DigestName, readCertificates } from '../../formats/x509/index.ts';
import type { Finding } from '../indication.ts';
import { base64Of } from './jades-material.ts';

/** Header parameters that are understood here where `crit` names them (TS 119 182-1 5.1.9, RFC 7797 6). */
const understood = ['sigT', 'x5t#o', 'sigX5ts', 'srCms', 'sigPl', 'srAts', 'adoTst', 'sigPId', 'sigD', 'b64', 'iat'];

/** Header parameters of RFC 7515 and RFC 7518, which `crit` must not name (RFC 7515 4.1.11). */
const neverCritical = [
  ...['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'cty', 'crit'],
  ...['epk', 'apu', 'apv', 'iv', 'tag', 'p2s', 'p2c', 'enc', 'zip'],
];

/** What must be named in `crit` where it stands: a reader that does not know it reads another content. */
const mustBeCritical = ['sigD', 'b64'];

/**
 * What `crit` breaks of its rules, or asks of us and is not understood (RFC 7515 4.1.11, RFC 7797 6): then the signature
 * may mean something else than it seems to.
 * @param also names that are let pass besides: allowed in the format, though nothing is made of them here
 */
export function criticalFindings(header: JsonObject, also: readonly string[] = []): Finding[] {
  const unacceptable = (detail: string): Finding => ({ code: 'FORMAT_BROKEN', detail });
  const critical = header.get('crit');
  if (critical === undefined)
    return mustBeCritical.filter((name) => header.has(name)).map((name) => unacceptable(`${name} is not in crit`));
  if (!Array.isArray(critical) || critical.length === 0) return [unacceptable('crit is no list of names')];
  if (new Set(critical).size !== critical.length) return [unacceptable('crit names something twice')];
  const findings = critical.flatMap((name) => {
    if (typeof name !== 'string') return [unacceptable('crit holds something that is no name')];
    if (neverCritical.includes(name)) return [unacceptable(`crit names ${name}`)];
    if (!header.has(name)) return [unacceptable('crit names what is not in the protected header')];
    return understood.includes(name) || also.includes(name)
      ? []
      : [unacceptable(`${name.slice(0, 40)} is critical and not understood`)];
  });
  const left = mustBeCritical.filter((name) => header.has(name) && !critical.includes(name));
  return [...findings, ...left.map((name) => unacceptable(`${name} is not in crit`))];
}

/** Whether the payload is in base64url in what is signed (RFC 7797 3). */
export function isPayloadEncoded(header: JsonObject): boolean {
  return header.get('b64') !== false;
}

/** The time that the signer claims: iat in seconds, or sigT (TS 119 182-1 5.1.11, 5.2.1); with both, neither counts. */
export function claimedTimeIn(header: JsonObject): Date | undefined {
  const [issuedAt, signingTime] = [header.get('iat'), header.get('sigT')];
  if (issuedAt !== undefined && signingTime !== undefined) return undefined;
  if (typeof issuedAt === 'number') return timeOf(issuedAt * 1000);
  if (typeof signingTime !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(signingTime))
    return undefined;
  return timeOf(Date.parse(signingTime));
}

function timeOf(milliseconds: number): Date | undefined {
  const time = new Date(milliseconds);
  return Number.isInteger(milliseconds / 1000) && !Number.isNaN(time.getTime()) ? time : undefined;
}

/** A certificate that the protected header names by its digest. */
export interface JadesCertificateReference {
  readonly digestAlgorithm: DigestName | undefined;
  readonly digest: Uint8Array;
}

/**
 * The certificate that the header names as the signer's: x5t#S256, x5t#o, the first of sigX5ts (TS 119 182-1 5.1.7, 5.2.2),
 * or x5t.
 * @throws FormatError
 */
export function certificateReferenceIn(header: JsonObject): JadesCertificateReference | undefined {
  const [sha256, sha1] = [header.get('x5t#S256'), header.get('x5t')];
  if (sha256 !== undefined) return { digestAlgorithm: 'SHA256', digest: digestIn(sha256) };
  if (header.has('x5t#o')) return otherReference(header.get('x5t#o'));
  if (header.has('sigX5ts')) return otherReference(itemsOf(header.get('sigX5ts'))[0]);
  return sha1 === undefined ? undefined : { digestAlgorithm: 'SHA1', digest: digestIn(sha1) };
}

/** How many of the parameters that name the signer's certificate there are: one, in a JAdES signature. */
export function certificateReferenceCount(header: JsonObject): number {
  return ['x5t#S256', 'x5t#o', 'sigX5ts'].filter((name) => header.has(name)).length;
}

function otherReference(value: JsonValue | undefined): JadesCertificateReference {
  const reference = objectOf(value);
  return {
    digestAlgorithm: jwsDigest(stringOf(reference?.get('digAlg')) ?? ''),
    digest: digestIn(reference?.get('digVal')),
  };
}

function digestIn(value: JsonValue | undefined): Uint8Array {
  if (typeof value !== 'string') throw new FormatError('JWS', 'a certificate digest that is no string');
  return decodeBase64Url(value);
}

const mostCertificates = 100;

/** The certificates of x5c: the signer's first (RFC 7515 4.1.6). */
export function chainIn(header: JsonObject): Certificate[] {
  return readCertificates(encodedChainIn(header));
}

/** The same, DER. */
export function encodedChainIn(header: JsonObject): Uint8Array[] {
  return itemsOf(header.get('x5c'))
    .slice(0, mostCertificates)
    .flatMap((value) => base64Of(value) ?? []);
}
