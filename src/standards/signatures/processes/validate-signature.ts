import { signatureAcceptance } from '../building-blocks/signature-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import type { Conclusion } from '../indication.ts';
import { formatOf } from '../signature-format.ts';
import type { SignatureFacts, TimestampFacts } from '../signed-document.ts';
import { type BasicConclusion, type BlockConclusions, basicValidation } from './basic-validation.ts';
import { settledByContentTimestamps } from './content-timestamps.ts';
import type { Proof, ProofsOfExistence } from './proofs-of-existence.ts';
import { timestampOrderFailure } from './timestamp-order.ts';
import type { JudgedTimestamp } from './timestamp-validation.ts';
import { validationWithArchivalData } from './validation-with-archival-data.ts';
import { validationWithTime } from './validation-with-time.ts';

/** A signature with everything concluded of it. */
export interface JudgedSignature {
  readonly facts: SignatureFacts;
  readonly format: string;
  readonly basic: BasicConclusion;
  readonly timestamps: readonly JudgedTimestamp[];
  readonly conclusion: Conclusion;
  readonly bestSignatureTime: Date;
  /** What proves by which times the signature existed, the earliest first. */
  readonly proofs: readonly Proof[];
  readonly blocks: BlockConclusions;
}

/**
 * The processes of EN 319 102-1 over one signature: basic (5.3), with time (5.5), with archival data (5.6).
 * @param timestamps those of the whole document, judged (5.4)
 * @param proofs what they, and evidence records, prove
 * @param hasEvidence an evidence record stands under it, or is over it
 */
export function validateSignature(
  context: ValidationContext,
  facts: SignatureFacts,
  timestamps: ReadonlyMap<TimestampFacts, JudgedTimestamp>,
  proofs: ProofsOfExistence,
  hasEvidence = false,
): JudgedSignature {
  const own = facts.timestamps.flatMap((timestamp) => timestamps.get(timestamp) ?? []);
  const judged = basicValidation(context, facts, 'SIGNER', () =>
    signatureAcceptance(facts, context.policy, context.currentTime),
  );
  const basic = settledByContentTimestamps(judged, facts, own);
  const timed = validationWithTime(context, facts, basic, own);
  const archived = validationWithArchivalData(context, facts, basic, timed, proofs, hasEvidence);
  const conclusion =
    (archived.conclusion.indication === 'PASSED' ? timestampOrderFailure(own) : undefined) ?? archived.conclusion;
  return {
    facts,
    format: formatOf(context, facts),
    basic,
    timestamps: own,
    conclusion,
    bestSignatureTime: archived.bestSignatureTime,
    proofs: proofs.of(facts.id),
    blocks: {
      ...basic.blocks,
      'validation-with-time': timed.conclusion,
      'validation-with-archival-data': conclusion,
    },
  };
}
