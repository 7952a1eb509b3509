import type { Creator } from '../../../archive/data-management/index.ts';
import { maskedJmbg } from '../../../standards/check-digits/index.ts';

/** A creator; its personal number is never shown in full (EID-05). */
export function presentCreator({ id, version, enteredAt, facts }: Creator): object {
  const { personalNumber, ...rest } = facts;
  return {
    id,
    version,
    enteredAt,
    facts: { ...rest, ...(personalNumber ? { personalNumber: maskedJmbg(personalNumber) } : {}) },
  };
}
