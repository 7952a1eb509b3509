import { signatureAcceptance } from '../building-blocks/signature-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import type { Conclusion } from '../indication.ts';
import { formatOf } from '../signature-format.ts';
import type { SignatureFacts } from '../signed-document.ts';
import { type BasicConclusion, type BlockConclusions, basicValidation } from './basic-validation.ts';
import { type JudgedTimestamp, timestampValidation } from './timestamp-validation.ts';
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

/** The processes of EN 319 102-1 over one signature: basic (5.3), its time-stamps (5.4), with time (5.5). */
export function validateSignature(context: ValidationContext, facts: SignatureFacts): JudgedSignature {
  const timestamps = facts.timestamps.map((timestamp) => timestampValidation(context, timestamp));
  const basic = basicValidation(context, facts, 'SIGNER', () =>
    signatureAcceptance(facts, context.policy, context.currentTime),
  );
  const { conclusion, bestSignatureTime } = validationWithTime(context, facts, basic, timestamps);
  return {
    facts,
    format: formatOf(context, facts),
    basic,
    timestamps,
    conclusion,
    bestSignatureTime,
    blocks: { ...basic.blocks, 'validation-with-time': conclusion },
  };
}
