import { algorithmAcceptance } from '../building-blocks/signature-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import { passed } from '../indication.ts';
import type { TimestampFacts } from '../signed-document.ts';
import { type BasicConclusion, basicValidation } from './basic-validation.ts';

/** A time-stamp with what was concluded of it. */
export interface JudgedTimestamp {
  readonly facts: TimestampFacts;
  readonly basic: BasicConclusion;
}

/** Time-stamp validation (EN 319 102-1 5.4): imprint, signature, and a certificate that is for nothing else. */
export function timestampValidation(context: ValidationContext, facts: TimestampFacts): JudgedTimestamp {
  const acceptance = () => algorithmAcceptance(facts, context.policy, context.currentTime) ?? passed();
  return { facts, basic: basicValidation(context, facts, 'TIMESTAMP', acceptance) };
}
