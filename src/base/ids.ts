import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `urn:uuid:` + UUIDv7. Record id = AIP id = METS OBJID = OCFL id. */
export type RecordId = Branded<'RecordId'>;
/** The id of the institution that a record, journal entry or catalog row belongs to. */
export type InstitutionId = Branded<'InstitutionId'>;

/** Source of random bytes; a fixed one makes packages reproducible in tests. */
export type RandomSource = (length: number) => Uint8Array;

const recordIdPattern = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID version 7 (RFC 9562 5.7): 48 bits of Unix milliseconds, then random bits. */
export function uuidV7(clock: Clock, random: RandomSource = randomBytes): string {
  const bytes = Buffer.from(random(16));
  bytes.writeUIntBE(clock().getTime(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A new record id. */
export function newRecordId(clock: Clock, random?: RandomSource): RecordId {
  return `urn:uuid:${uuidV7(clock, random)}` as RecordId;
}

/** Tells whether `text` has the form of a record id. */
export function isRecordId(text: string): text is RecordId {
  return recordIdPattern.test(text);
}

/** The folder name of an id: `:` becomes `+` (E-ARK AIP 2.2, AIP20 to 22). */
export function folderName(id: string): string {
  return id.replaceAll(':', '+');
}
