import { ArchiveError, type DigestAlgorithm, utcSeconds } from '../../../base/index.ts';
import type { EvidencePolicy } from './evidence-context.ts';

const day = 86_400_000;

const horizonOf = ({ renewDaysBefore }: EvidencePolicy, now: Date): string =>
  utcSeconds(new Date(now.getTime() + renewDaysBefore * day));

/** Algorithms that lapse before the time in which renewals are made. */
export function weakAlgorithms(policy: EvidencePolicy, now: Date): DigestAlgorithm[] {
  return Object.entries(policy.sunsets)
    .filter(([, date]) => date !== undefined && date <= horizonOf(policy, now))
    .map(([digest]) => digest as DigestAlgorithm);
}

/**
 * The algorithm of the policy or, where that lapses, one that lasts.
 * @throws ArchiveError STATE_CONFLICT when none does
 */
export function strongAlgorithm(policy: EvidencePolicy, now: Date): DigestAlgorithm {
  const weak = weakAlgorithms(policy, now);
  const found = ([policy.digest, 'sha512', 'sha384', 'sha256'] as const).find((digest) => !weak.includes(digest));
  if (!found)
    throw new ArchiveError(
      'STATE_CONFLICT',
      'Every digest algorithm of this version has lapsed by the table of algorithms. Install a newer version.',
    );
  return found;
}
