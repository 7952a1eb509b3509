import { weakDigest, weaknessFinding } from '../building-blocks/algorithm-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import { type Conclusion, failed, indeterminate, passed } from '../indication.ts';
import type { EvidenceRecordFacts } from '../signed-document.ts';
import type { ProofsOfExistence } from './proofs-of-existence.ts';
import type { JudgedTimestamp } from './timestamp-validation.ts';
import { pastTimestampValidation } from './validation-with-archival-data.ts';

/** An evidence record with what was concluded of it. */
export interface JudgedEvidenceRecord {
  readonly facts: EvidenceRecordFacts;
  readonly timestamps: readonly JudgedTimestamp[];
  readonly conclusion: Conclusion;
}

/**
 * Validation of an evidence record (EN 319 102-1 5.6.3.4; RFC 4998 5.3): it is over its objects, each archive time-stamp
 * holds at the time of the next one, and each chain's digest algorithm until the next chain began.
 * @param timestamps its own, judged
 * @param proofs what newer archive time-stamps prove of older ones
 */
export function evidenceRecordValidation(
  context: ValidationContext,
  facts: EvidenceRecordFacts,
  timestamps: readonly JudgedTimestamp[],
  proofs: ProofsOfExistence,
): JudgedEvidenceRecord {
  const conclusion =
    formConclusion(facts) ??
    objectsConclusion(facts) ??
    namesConclusion(facts, timestamps) ??
    timestampsConclusion(context, timestamps, proofs) ??
    algorithmsConclusion(context, facts) ??
    passed();
  return { facts, timestamps, conclusion };
}

function formConclusion({ unexamined, formatFindings, timestamps }: EvidenceRecordFacts): Conclusion | undefined {
  if (unexamined) return indeterminate('SIGNED_DATA_NOT_FOUND', { code: 'NOT_YET_SUPPORTED', detail: unexamined });
  const [finding] = formatFindings;
  if (finding) return failed('FORMAT_FAILURE', finding);
  return timestamps.length > 0
    ? undefined
    : failed('FORMAT_FAILURE', { code: 'FORMAT_BROKEN', detail: 'no time-stamp' });
}

function objectsConclusion({ references }: EvidenceRecordFacts): Conclusion | undefined {
  for (const { found, intact } of references) {
    if (!found) return indeterminate('SIGNED_DATA_NOT_FOUND', { code: 'EVIDENCED_DATA_NOT_GIVEN' });
    if (!intact) return failed('HASH_FAILURE', { code: 'EVIDENCED_DATA_DIFFERS' });
  }
  return undefined;
}

/** RFC 4998 3.1: a record names its digest algorithms. One whose trees do not hold fails for that, which says more. */
function namesConclusion(
  { usesUnnamedAlgorithm }: EvidenceRecordFacts,
  timestamps: readonly JudgedTimestamp[],
): Conclusion | undefined {
  const holds = timestamps.every(({ facts }) => facts.references.every(({ intact }) => intact));
  const detail = 'a digest algorithm that the record does not name';
  return usesUnnamedAlgorithm && holds ? failed('FORMAT_FAILURE', { code: 'FORMAT_BROKEN', detail }) : undefined;
}

/** From the oldest on: the first that does not hold decides. */
function timestampsConclusion(
  context: ValidationContext,
  timestamps: readonly JudgedTimestamp[],
  proofs: ProofsOfExistence,
): Conclusion | undefined {
  return timestamps
    .map((timestamp) => pastTimestampValidation(context, timestamp, proofs))
    .find(({ indication }) => indication !== 'PASSED');
}

function algorithmsConclusion(context: ValidationContext, { chains }: EvidenceRecordFacts): Conclusion | undefined {
  for (const { digestAlgorithm, endsAt = context.currentTime } of chains) {
    const weak = weakDigest(digestAlgorithm, endsAt, context.policy.cryptography);
    if (weak) return indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', weaknessFinding(weak));
  }
  return undefined;
}
