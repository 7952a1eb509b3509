import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { entriesOf, integerValue, malformedPdf, nameValue, type PdfEntries, type PdfValue } from './values.ts';

/** Undoes the encryption of a document's objects. */
export interface Decryption {
  /** @param object the number of the indirect object that the string stands in, and its generation */
  string(bytes: Uint8Array, object: ObjectId): Uint8Array;
  stream(bytes: Uint8Array, object: ObjectId): Uint8Array;
}

/** Which indirect object it is. */
export interface ObjectId {
  readonly number: number;
  readonly generation: number;
}

type Method = 'Identity' | 'RC4' | 'AESV2' | 'AESV3';

/** The 32 bytes that fill up a password (ISO 32000-1 7.6.3.3 step a): all of the empty one. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/**
 * The decryption of a document that opens without a password, as those do that only forbid printing or editing: the
 * standard security handler of ISO 32000-1 7.6.3 (RC4, AES-128) and ISO 32000-2 7.6.4 (AES-256), with the empty user
 * password. A signature's value is never encrypted, and its ByteRange is over the file as it is.
 * @param encrypt the encryption dictionary, with every value in it resolved
 * @param id the first string of the trailer's ID
 * @returns undefined when a password is needed, or the handler is another one
 * @throws FormatError when the dictionary is malformed
 */
export function openWithoutPassword(encrypt: PdfEntries, id: Uint8Array): Decryption | undefined {
  const version = integerValue(encrypt.get('V')) ?? 0;
  const revision = integerValue(encrypt.get('R')) ?? 0;
  if (nameValue(encrypt.get('Filter')) !== 'Standard' || ![1, 2, 4, 5].includes(version)) return undefined;
  const key = version === 5 ? keyOfAes256(encrypt, revision) : keyOfMd5(encrypt, revision, id);
  if (!key) return undefined;
  const [strings, streams] = (['StrF', 'StmF'] as const).map((use) => methodOf(encrypt, version, use));
  const decrypt = (method: Method | undefined) => (bytes: Uint8Array, object: ObjectId) =>
    decrypted(bytes, method ?? 'Identity', key, object);
  return { string: decrypt(strings), stream: decrypt(streams) };
}

/** Crypt filters (7.6.5) name the method for strings and for streams; before version 4 it is RC4 for both. */
function methodOf(encrypt: PdfEntries, version: number, use: 'StrF' | 'StmF'): Method {
  if (version < 4) return 'RC4';
  const name = nameValue(encrypt.get(use)) ?? 'Identity';
  if (name === 'Identity') return 'Identity';
  const filter = entriesOf(entriesOf(encrypt.get('CF')).get(name));
  switch (nameValue(filter.get('CFM'))) {
    case 'V2':
      return 'RC4';
    case 'AESV2':
      return 'AESV2';
    case 'AESV3':
      return 'AESV3';
    default:
      return 'Identity';
  }
}

/** 7.6.3.3, algorithm 2, checked by algorithm 6: undefined when the empty password is not the right one. */
function keyOfMd5(encrypt: PdfEntries, revision: number, id: Uint8Array): Buffer | undefined {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE((integerValue(encrypt.get('P')) ?? 0) | 0);
  const hidesMetadata = revision >= 4 && isFalse(encrypt.get('EncryptMetadata'));
  const length = revision === 2 ? 5 : (integerValue(encrypt.get('Length')) ?? 40) / 8;
  if (!Number.isInteger(length) || length < 5 || length > 16) throw malformedPdf('an absurd length of key');
  let key = md5(padding, bytesOf(encrypt, 'O', 32), permissions, id, Buffer.alloc(hidesMetadata ? 4 : 0, 0xff));
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key.subarray(0, length));
  key = key.subarray(0, length);
  const user = bytesOf(encrypt, 'U', 32);
  if (revision === 2) return rc4(key, padding).equals(user) ? key : undefined;
  let check = rc4(key, md5(padding, id));
  for (let round = 1; round <= 19; round++)
    check = rc4(
      key.map((octet) => octet ^ round),
      check,
    );
  return check.equals(user.subarray(0, 16)) ? key : undefined;
}

/** ISO 32000-2 7.6.4.3.3, algorithm 2.A. */
function keyOfAes256(encrypt: PdfEntries, revision: number): Buffer | undefined {
  const user = bytesOf(encrypt, 'U', 48);
  const hash = revision === 5 ? (salt: Uint8Array) => sha(256, salt) : hardenedHash;
  if (!hash(user.subarray(32, 40)).equals(user.subarray(0, 32))) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', hash(user.subarray(40, 48)), Buffer.alloc(16)).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytesOf(encrypt, 'UE', 32)), decipher.final()]);
}

/** ISO 32000-2 7.6.4.3.4, algorithm 2.B, for the empty password. */
function hardenedHash(salt: Uint8Array): Buffer {
  let key = sha(256, salt);
  for (let round = 0; ; round++) {
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => key));
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const encrypted = cipher.update(repeated);
    const remainder = encrypted.subarray(0, 16).reduce((sum, octet) => sum + octet, 0) % 3;
    key = sha(([256, 384, 512] as const)[remainder] ?? 256, encrypted);
    if (round >= 63 && (encrypted.at(-1) ?? 0) <= round - 32) return key.subarray(0, 32);
  }
}

function decrypted(bytes: Uint8Array, method: Method, key: Buffer, object: ObjectId): Uint8Array {
  if (method === 'Identity') return bytes;
  if (method === 'RC4') return rc4(objectKey(key, object, false), bytes);
  return method === 'AESV2' ? aes('aes-128-cbc', objectKey(key, object, true), bytes) : aes('aes-256-cbc', key, bytes);
}

/** 7.6.2, algorithm 1: each object has a key of its own. */
function objectKey(key: Buffer, { number, generation }: ObjectId, isAes: boolean): Buffer {
  const numbers = Buffer.alloc(5);
  numbers.writeUIntLE(number & 0xffffff, 0, 3);
  numbers.writeUInt16LE(generation & 0xffff, 3);
  return md5(key, numbers, isAes ? Buffer.from('sAlT') : Buffer.alloc(0)).subarray(0, Math.min(key.length + 5, 16));
}

/** @throws FormatError when what is decrypted has not the form that AES in CBC has */
function aes(cipher: 'aes-128-cbc' | 'aes-256-cbc', key: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  if (bytes.length < 32 || bytes.length % 16 !== 0) throw malformedPdf('an encrypted value of a wrong length');
  const decipher = createDecipheriv(cipher, key, bytes.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
  const padded = plain.at(-1) ?? 0;
  return padded >= 1 && padded <= 16 ? plain.subarray(0, plain.length - padded) : plain;
}

/** RC4, which OpenSSL 3 keeps apart with what is obsolete; only ever used to read. */
function rc4(key: Uint8Array, bytes: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => {
    const held = state[one] ?? 0;
    state[one] = state[other] ?? 0;
    state[other] = held;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  const result = Buffer.alloc(bytes.length);
  for (let at = 0, i = 0, j = 0; at < bytes.length; at++) {
    i = (i + 1) & 0xff;
    j = (j + (state[i] ?? 0)) & 0xff;
    swap(i, j);
    result[at] = (bytes[at] ?? 0) ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 0xff] ?? 0);
  }
  return result;
}

function bytesOf(encrypt: PdfEntries, name: string, length: number): Buffer {
  const value = encrypt.get(name);
  if (value?.kind !== 'string' || value.bytes.length < length) throw malformedPdf(`an encryption without ${name}`);
  return Buffer.from(value.bytes.subarray(0, length));
}

function isFalse(value: PdfValue | undefined): boolean {
  return value?.kind === 'boolean' && !value.value;
}

function md5(...parts: readonly Uint8Array[]): Buffer {
  return createHash('md5').update(Buffer.concat(parts)).digest();
}

function sha(bits: 256 | 384 | 512, bytes: Uint8Array): Buffer {
  return createHash(`sha${bits}`).update(bytes).digest();
}
