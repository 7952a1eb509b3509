import { defaultPolicy, timestampLapse } from '../../../standards/signatures/index.ts';
import type { ObtainedTimestamp, TimestampAuthorities } from '../../trust-services/index.ts';
import type { EvidenceContext } from './evidence-context.ts';

/**
 * A time-stamp that counts; it ends with its authority's certificate, or sooner where an algorithm that it rests on lapses
 * by the table.
 * @param except names of authorities that are not to be asked
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE
 */
export async function obtainTimestamp(
  { authorities, timestampAnchors, validationPolicy = defaultPolicy }: EvidenceContext,
  imprint: Parameters<TimestampAuthorities['stamp']>[0],
  except: readonly string[] = [],
): Promise<ObtainedTimestamp> {
  const obtained = await authorities.stamp(imprint, except);
  const lapse = timestampLapse(obtained.token, await timestampAnchors(), validationPolicy);
  return lapse && lapse < obtained.expiresAt ? { ...obtained, expiresAt: lapse } : obtained;
}
