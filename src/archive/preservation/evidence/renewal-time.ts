import { utcSeconds } from '../../../base/index.ts';
import type { EvidencePolicy } from './evidence-context.ts';

const day = 86_400_000;

/**
 * From when on a time-stamp is due for renewal: so many days before its authority's certificate ends as the policy says,
 * and never before two thirds of its time have gone by, whatever the policy says of short certificates.
 */
export function renewalTime(stampedAt: Date, expiresAt: Date, { renewDaysBefore }: EvidencePolicy): string {
  const life = expiresAt.getTime() - stampedAt.getTime();
  return utcSeconds(new Date(expiresAt.getTime() - Math.min(renewDaysBefore * day, life / 3)));
}
