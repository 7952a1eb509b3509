import { signatureAcceptance } from '../building-blocks/signature-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import type { Conclusion } from '../indication.ts';
import { formatOf } from '../signature-format.ts';
import type { SignatureFacts, TimestampFacts } from '../signed-document.ts';
import { type BasicConclusion, type BlockConclusions, basicValidation } from './basic-validation.ts';
import type { ProofsOfExistence } from './proofs-of-existence.ts';
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
  const basic = basicValidation(context, facts, 'SIGNER', () =>
    signatureAcceptance(facts, context.policy, context.currentTime),
  );
  const timed = validationWithTime(context, facts, basic, own);
  const archived = validationWithArchivalData(context, facts, basic, timed, proofs, hasEvidence);
  return {
    facts,
    format: formatOf(context, facts),
    basic,
    timestamps: own,
    conclusion: archived.conclusion,
    bestSignatureTime: archived.bestSignatureTime,
    blocks: {
      ...basic.blocks,
      'validation-with-time': timed.conclusion,
      'validation-with-archival-data': archived.conclusion,
    },
  };
}
