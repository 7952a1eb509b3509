import type { ByteReader, Digest } from '../../base/index.ts';

/** Asks a time-stamping authority for a token over a digest: RFC 3161 TimeStampToken, DER. */
export type TimestampSource = (digest: Digest) => Promise<Uint8Array>;

/** Baseline levels of EN 319 122-1, 319 132-1, 319 142-1 and 319 162-1. */
export type SealLevel = 'B' | 'T' | 'LT' | 'LTA';

/** What shows later, and offline, that a seal and its time-stamp held: DER. */
export interface SealMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** A seal at level T, as a validator takes it. */
export interface SealedSoFar {
  readonly document: ByteReader;
  /** What is signed outside of the document. */
  readonly contents: readonly { readonly name?: string; readonly reader: ByteReader }[];
}

/** What lifts a seal above level B; each takes the ones before it. */
export interface SealLevels {
  /** Level T: the source of the signature's time-stamp. */
  readonly timestamp?: TimestampSource;
  /** Level LT: gives what shows that the seal holds, and its time-stamp. */
  readonly material?: (sealed: SealedSoFar) => Promise<SealMaterial>;
  /** Level LTA: the source of the time-stamp over all of it. */
  readonly archiveTimestamp?: TimestampSource;
}

/** @throws RangeError for a level whose lower ones are left out */
export function checkLevels({ timestamp, material, archiveTimestamp }: SealLevels): void {
  if ((material && !timestamp) || (archiveTimestamp && !material))
    throw new RangeError('a seal has every level below its own');
}

/** The same octets once each, in their order. */
export function distinct(elements: readonly Uint8Array[]): Uint8Array[] {
  const seen = new Map(elements.map((element) => [Buffer.from(element).toString('latin1'), element]));
  return [...seen.values()];
}
