import { decodeWholeAsn1, toDer } from '../../formats/asn1/index.ts';
import { readTimestampToken } from '../../formats/tsp/index.ts';
import type { DigestName } from '../../formats/x509/index.ts';

/** A token as the timeStamp field of an ArchiveTimeStamp holds it. */
export interface TimestampField {
  readonly der: Uint8Array;
  readonly imprintDigest: DigestName | undefined;
  readonly imprint: Uint8Array;
}

/** One token is in the record of every object of its batch. */
const known = new WeakMap<Uint8Array, TimestampField>();

/**
 * The token in DER. An EvidenceRecord is DER throughout (RFC 4998 3.1), and readers disagree on what a renewal is over
 * where a token is not; so it is made DER before anything is hashed. Nothing that is signed changes by that.
 * @param token the bytes are taken never to change
 * @throws FormatError
 */
export function timestampField(token: Uint8Array): TimestampField {
  const field = known.get(token) ?? readField(token);
  known.set(token, field);
  return field;
}

function readField(token: Uint8Array): TimestampField {
  const der = toDer(decodeWholeAsn1(token));
  const { imprintDigest, imprint } = readTimestampToken(der);
  return { der, imprintDigest, imprint };
}
