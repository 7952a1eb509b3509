import { FormatError } from '../../../base/index.ts';
import { readTimestampToken } from '../../../standards/formats/tsp/index.ts';
import { readCertificates } from '../../../standards/formats/x509/index.ts';
import type { ValidationMaterial } from '../online/validation-material.ts';
import { collectTimestampMaterial, type TimestampJudgement } from './collect-timestamp-material.ts';
import { AuthorityFailed, type ImprintToStamp } from './timestamp-authority.ts';

/** What a token must be, and by whom it is judged. */
export interface TokenToCheck extends TimestampJudgement {
  readonly token: Uint8Array;
  readonly imprint: ImprintToStamp;
  readonly nonce?: Uint8Array;
  /** The policy under which it is to be issued (RFC 3161 2.4.1, reqPolicy). */
  readonly requestedPolicy?: string;
}

/** What was found of a token that counts. */
export interface CheckedToken {
  readonly productionTime: Date;
  readonly expiresAt: Date;
  readonly material: ValidationMaterial;
}

/**
 * Checks a time-stamp token before it counts (RFC 3161 2.2): it answers this request, and its authority's chain holds by
 * EN 319 102-1 5.4, with revocation data fetched where it is missing.
 * @throws AuthorityFailed
 */
export async function checkTimestamp(check: TokenToCheck): Promise<CheckedToken> {
  const { token, imprint, nonce, requestedPolicy } = check;
  const read = readToken(token);
  if (nonce && read.nonce !== BigInt(`0x${Buffer.from(nonce).toString('hex')}`))
    throw new AuthorityFailed('NONCE_DIFFERS', 'the token does not carry the nonce of this request');
  if (requestedPolicy !== undefined && read.policy !== requestedPolicy)
    throw new AuthorityFailed(
      'POLICY_DIFFERS',
      `the token is of policy ${read.policy}, ${requestedPolicy} was asked for`,
    );
  const isOurs = read.imprintDigest === imprint.algorithm && Buffer.compare(read.imprint, imprint.value) === 0;
  if (!isOurs) throw new AuthorityFailed('IMPRINT_DIFFERS', 'the token is over something else');
  const found = await collectTimestampMaterial(token, check);
  if (found.indication !== 'PASSED') throw new AuthorityFailed('NOT_TRUSTED', found.reason);
  const signer = readCertificates(read.signedData.certificates).find(({ sha256 }) => sha256 === found.tsaCertSha256);
  if (!signer) throw new AuthorityFailed('ANSWER_BROKEN', 'the token lacks the certificate of its authority');
  return { productionTime: read.productionTime, expiresAt: signer.notAfter, material: found.material };
}

function readToken(token: Uint8Array) {
  try {
    return readTimestampToken(token);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuthorityFailed('ANSWER_BROKEN', 'the answer holds no time-stamp token', { cause });
  }
}
