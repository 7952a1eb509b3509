import { FormatError } from '../../../base/index.ts';
import { decodeBase64Url } from './base64url.ts';
import { type JsonObject, type JsonValue, objectOf, readJson } from './read-json.ts';

/** One signature of a JWS (RFC 7515 2): texts as they stand, for they are what is signed. */
export interface JwsSignature {
  /** The protected header in base64url. */
  readonly protectedText: string;
  readonly protectedHeader: JsonObject;
  readonly unprotectedHeader: JsonObject;
  readonly signatureText: string;
  readonly value: Uint8Array;
}

/** A signature that cannot be taken apart. */
export interface BrokenJwsSignature {
  readonly broken: string;
  /** What stands there for its value. */
  readonly signatureText: string;
}

/** A JWS in any of its serializations (RFC 7515 7). */
export interface Jws {
  readonly serialization: 'compact' | 'flattened' | 'general';
  /** As it stands; undefined or empty when it is detached (RFC 7515 appendix F). */
  readonly payload: string | undefined;
  readonly signatures: readonly (JwsSignature | BrokenJwsSignature)[];
}

const mostSignatures = 500;

/**
 * Reads a JWS.
 * @returns undefined for text that is none: not three parts, or JSON without signatures
 * @throws FormatError
 */
export function readJws(bytes: Uint8Array): Jws | undefined {
  const text = textOf(bytes);
  return text.startsWith('{') ? readJsonSerialization(readJson(text)) : readCompactSerialization(text);
}

/**
 * A JWS in the compact serialization (RFC 7515 7.1).
 * @returns undefined for anything but three parts
 */
export function readCompactSerialization(text: string): Jws | undefined {
  const parts = text.split('.', 4);
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || signature === undefined) return undefined;
  return { serialization: 'compact', payload, signatures: [readSignature(header, undefined, signature)] };
}

/**
 * A JWS in one of the JSON serializations (RFC 7515 7.2): members that are not known are ignored. `signatures` makes it
 * the general one, since it must not be in the other (7.2.2); a `signature` beside it is one member more.
 * @returns undefined for an object that holds no signatures
 * @throws FormatError
 */
export function readJsonSerialization(value: JsonValue): Jws | undefined {
  const document = objectOf(value);
  if (!document || !(document.has('signatures') || document.has('signature'))) return undefined;
  const stated = document.get('payload');
  const payload = typeof stated === 'string' ? stated : undefined;
  if (!document.has('signatures')) return { serialization: 'flattened', payload, signatures: [readMember(document)] };
  const members = document.get('signatures');
  if (!Array.isArray(members)) throw new FormatError('JWS', 'signatures is no array');
  if (members.length > mostSignatures) throw new FormatError('JWS', 'too many signatures');
  return { serialization: 'general', payload, signatures: members.map(readMember) };
}

function readMember(member: JsonValue): JwsSignature | BrokenJwsSignature {
  const object = objectOf(member) ?? new Map<string, JsonValue>();
  const [header, signature] = [object.get('protected') ?? '', object.get('signature')];
  const signatureText = typeof signature === 'string' ? signature : '';
  if (typeof header !== 'string' || typeof signature !== 'string')
    return { broken: 'protected or signature is no string', signatureText };
  return readSignature(header, object.get('header'), signature);
}

function readSignature(
  protectedText: string,
  unprotected: JsonValue | undefined,
  signatureText: string,
): JwsSignature | BrokenJwsSignature {
  try {
    const protectedHeader = readHeader(protectedText);
    const unprotectedHeader = unprotected === undefined ? new Map<string, JsonValue>() : objectOf(unprotected);
    if (!unprotectedHeader) throw new FormatError('JWS', 'a header that is no object');
    // RFC 7515 4: the names of the two must be disjoint
    for (const name of unprotectedHeader.keys())
      if (protectedHeader.has(name)) throw new FormatError('JWS', 'a header parameter stands in both headers');
    const value = decodeBase64Url(signatureText);
    return { protectedText, protectedHeader, unprotectedHeader, signatureText, value };
  } catch (error) {
    if (error instanceof FormatError) return { broken: error.message, signatureText };
    throw error;
  }
}

function readHeader(text: string): JsonObject {
  if (text === '') return new Map();
  const header = objectOf(readJson(utf8Of(decodeBase64Url(text))));
  if (!header) throw new FormatError('JWS', 'a protected header that is no object');
  return header;
}

function textOf(bytes: Uint8Array): string {
  return utf8Of(bytes)
    .replace(/^\ufeff/, '')
    .trim();
}

function utf8Of(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new FormatError('JWS', 'not UTF-8', { cause });
  }
}
