import { algorithmAcceptance, attributeAcceptance } from '../building-blocks/signature-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import { type Conclusion, hasSubIndication } from '../indication.ts';
import type { SignatureFacts, TimestampFacts } from '../signed-document.ts';
import type { BasicConclusion } from './basic-validation.ts';
import { pastSignatureValidation } from './past-signature-validation.ts';
import { noProofs, type ProofsOfExistence } from './proofs-of-existence.ts';
import type { JudgedTimestamp } from './timestamp-validation.ts';
import type { TimedConclusion } from './validation-with-time.ts';

/**
 * The proofs that the time-stamps of a document give (EN 319 102-1 5.6.3): from the newest to the oldest, each that
 * holds, now or at a time that newer ones prove, proves what it covers.
 * @param known proofs from elsewhere, such as evidence records
 */
export function extractProofs(
  context: ValidationContext,
  timestamps: readonly JudgedTimestamp[],
  known = noProofs(context.currentTime),
): ProofsOfExistence {
  const newestFirst = [...timestamps].sort(
    (one, other) => other.facts.productionTime.getTime() - one.facts.productionTime.getTime(),
  );
  let proofs = known;
  for (const timestamp of newestFirst)
    if (isImprintGood(timestamp.facts) && pastTimestampValidation(context, timestamp, proofs).indication === 'PASSED')
      proofs = proofs.with(timestamp.facts.covers, { time: timestamp.facts.productionTime, by: timestamp.facts.id });
  return proofs;
}

function isImprintGood({ references }: TimestampFacts): boolean {
  return references.every(({ found, intact }) => found && intact);
}

/** Whether a time-stamp holds now, or at a time at which it is proven to have existed (EN 319 102-1 5.6.3.4 b). */
export function pastTimestampValidation(
  context: ValidationContext,
  { facts, basic }: JudgedTimestamp,
  proofs: ProofsOfExistence,
): Conclusion {
  const { conclusion, x509 } = basic;
  if (conclusion.indication === 'PASSED') return conclusion;
  const past = pastSignatureValidation(context, { facts, role: 'TIMESTAMP', current: conclusion, x509 }, proofs);
  if (past.indication !== 'PASSED') return past;
  return algorithmAcceptance(facts, context.policy, proofs.earliest(facts.id)) ?? past;
}

/**
 * Validation with archival data (EN 319 102-1 5.6): what validation with time left open is judged at the time at which
 * the proofs show the signature to have existed.
 * @param hasEvidence an evidence record stands under the signature, or is over it
 */
export function validationWithArchivalData(
  context: ValidationContext,
  facts: SignatureFacts,
  basic: BasicConclusion,
  timed: TimedConclusion,
  proofs: ProofsOfExistence,
  hasEvidence: boolean,
): TimedConclusion {
  if (!mayBeSettledByProofs(timed.conclusion) || !(hasEvidence || hasArchivalData(facts))) return timed;
  const known = proofs.with([facts.id], { time: timed.bestSignatureTime, by: 'validation-with-time' });
  const bestSignatureTime = known.earliest(facts.id);
  if (timed.conclusion.indication === 'PASSED') return { conclusion: timed.conclusion, bestSignatureTime };
  const past = pastSignatureValidation(
    context,
    { facts, role: 'SIGNER', current: timed.conclusion, x509: basic.x509 },
    known,
  );
  if (past.indication !== 'PASSED') return { conclusion: past, bestSignatureTime };
  const accepted =
    attributeAcceptance(facts, context.policy) ?? algorithmAcceptance(facts, context.policy, bestSignatureTime);
  return { conclusion: accepted ?? past, bestSignatureTime };
}

function mayBeSettledByProofs(conclusion: Conclusion): boolean {
  return (
    conclusion.indication === 'PASSED' ||
    (conclusion.indication === 'INDETERMINATE' &&
      hasSubIndication(
        conclusion,
        'REVOKED_NO_POE',
        'REVOKED_CA_NO_POE',
        'OUT_OF_BOUNDS_NO_POE',
        'OUT_OF_BOUNDS_NOT_REVOKED',
        'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
        'REVOCATION_OUT_OF_BOUNDS_NO_POE',
        'NO_CERTIFICATE_CHAIN_FOUND_NO_POE',
        'TRY_LATER',
      ))
  );
}

/** An archive time-stamp, or one over the file that covers other time-stamps. */
function hasArchivalData({ timestamps, id }: SignatureFacts): boolean {
  const others = new Set(timestamps.filter(({ type }) => !isOverContent(type)).map((timestamp) => timestamp.id));
  return timestamps.some(
    ({ type, covers }) =>
      type === 'ARCHIVE_TIMESTAMP' || (covers.has(id) && [...covers].some((one) => others.has(one))),
  );
}

function isOverContent(type: TimestampFacts['type']): boolean {
  return ['CONTENT_TIMESTAMP', 'ALL_DATA_OBJECTS_TIMESTAMP', 'INDIVIDUAL_DATA_OBJECTS_TIMESTAMP'].includes(type);
}
