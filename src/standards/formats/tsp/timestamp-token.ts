import {
  decodeAsn1,
  integerOf,
  isUniversal,
  malformed,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  timeOf,
  universal,
} from '../asn1/index.ts';
import { cmsOids, readSignedData, type SignedData } from '../cms/index.ts';
import { type AlgorithmIdentifier, type DigestName, digestNameOf, readAlgorithm } from '../x509/index.ts';

/** An RFC 3161 time-stamp token: a SignedData over a TSTInfo. */
export interface TimestampToken {
  readonly signedData: SignedData;
  readonly policy: string;
  readonly imprintAlgorithm: AlgorithmIdentifier;
  /** Undefined: an algorithm we do not know. */
  readonly imprintDigest: DigestName | undefined;
  readonly imprint: Uint8Array;
  readonly serial: bigint;
  /** genTime, fractions cut to the millisecond. */
  readonly productionTime: Date;
  /** What the request asked to be sent back. */
  readonly nonce?: bigint;
}

/**
 * Reads a time-stamp token (RFC 3161 2.4.2), or a TimeStampResp that carries one. Bytes after it are left alone.
 * @throws FormatError
 */
export function readTimestampToken(bytes: Uint8Array): TimestampToken {
  const signedData = readSignedData(tokenBytes(bytes));
  if (signedData.contentType !== cmsOids.timestampInfo || !signedData.content)
    throw malformed('a TSTInfo was expected');
  const [version, policy, messageImprint, serial, genTime, ...optional] = sequenceOf(
    decodeAsn1(signedData.content),
    'a TSTInfo',
  );
  integerOf(version);
  const [algorithm, imprint] = sequenceOf(messageImprint, 'a MessageImprint');
  const imprintAlgorithm = readAlgorithm(algorithm);
  const nonce = optional.find((member) => isUniversal(member, universal.integer));
  return {
    signedData,
    policy: oidOf(policy),
    imprintAlgorithm,
    imprintDigest: digestNameOf(imprintAlgorithm.oid),
    imprint: octetsOf(required(imprint, 'the imprint')),
    serial: integerOf(serial),
    productionTime: timeOf(genTime),
    ...(nonce ? { nonce: integerOf(nonce) } : {}),
  };
}

/** A TimeStampResp is SEQUENCE { status SEQUENCE, token }, where a token starts with an OBJECT IDENTIFIER. */
function tokenBytes(bytes: Uint8Array): Uint8Array {
  const element = decodeAsn1(bytes);
  const [first, second] = sequenceOf(element, 'a time-stamp');
  return isUniversal(first, universal.sequence) && second ? second.bytes : element.bytes;
}
