import { FormatError } from '../../../base/index.ts';
import {
  type Asn1Element,
  type Asn1Limits,
  booleanOf,
  decodeWholeAsn1,
  integerOf,
  isUniversal,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  universal,
} from '../../formats/asn1/index.ts';
import { integer, namedBits, sequence, utf8String } from '../../formats/der/index.ts';
import { digestByOid, digestLength } from '../signature-algorithm.ts';
import type { MessageImprint } from './timestamp-token.ts';

/** What a TimeStampReq asks for (RFC 3161 2.4.1). */
export interface TimestampRequest {
  readonly messageImprint: MessageImprint;
  readonly policy?: string;
  readonly nonce?: bigint;
  readonly certificatesWanted: boolean;
}

/** A request has an imprint, a policy and a nonce: a few dozen octets each. */
const requestLimits: Asn1Limits = { bytes: 4096, depth: 8, elements: 64 };

/**
 * Reads a TimeStampReq.
 * @throws FormatError; also for a digest algorithm that is not known here, and a digest of another length than its own
 */
export function readTimestampRequest(request: Uint8Array): TimestampRequest {
  const [, imprint, ...optional] = sequenceOf(decodeWholeAsn1(request, requestLimits), 'a TimeStampReq');
  const policy = optional.find((member) => isUniversal(member, universal.objectIdentifier));
  const nonce = optional.find((member) => isUniversal(member, universal.integer));
  const wanted = optional.find((member) => isUniversal(member, universal.boolean));
  return {
    messageImprint: readMessageImprint(imprint),
    ...(policy ? { policy: oidOf(policy) } : {}),
    ...(nonce ? { nonce: integerOf(nonce) } : {}),
    certificatesWanted: wanted ? booleanOf(wanted) : false,
  };
}

function readMessageImprint(element: Asn1Element | undefined): MessageImprint {
  const [identifier, hash] = sequenceOf(element, 'a MessageImprint');
  const algorithm = digestByOid(oidOf(sequenceOf(identifier)[0]));
  const value = octetsOf(required(hash, 'the digest'));
  if (!algorithm || value.length !== digestLength(algorithm))
    throw new FormatError('TSP', 'the imprint is no digest that is known here');
  return { algorithm, value };
}

/** A TimeStampResp that grants `token` (RFC 3161 2.4.2). */
export const grantedTimestamp = (token: Uint8Array): Uint8Array => sequence(sequence(integer(0)), token);

/** PKIFailureInfo (RFC 3161 2.4.2). */
const failures = { badAlg: 0, badRequest: 2, badDataFormat: 5, timeNotAvailable: 14, unacceptedPolicy: 15 } as const;

/** A TimeStampResp without a token: rejection, with the reason as a sentence. */
export function refusedTimestamp(failure: keyof typeof failures, sentence: string): Uint8Array {
  return sequence(sequence(integer(2), sequence(utf8String(sentence)), namedBits([failures[failure]])));
}
