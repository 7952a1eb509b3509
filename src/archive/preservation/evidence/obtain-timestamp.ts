import { defaultPolicy, timestampLapse } from '../../../standards/signatures/index.ts';
import type { ObtainedTimestamp, TimestampAuthorities } from '../../trust-services/index.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { noteTimestamp } from './timestamp-use.ts';

/**
 * A time-stamp that counts; it ends with its authority's certificate, or sooner where an algorithm that it rests on lapses
 * by the table. Its use is counted.
 * @param except names of authorities that are not to be asked
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE
 */
export async function obtainTimestamp(
  context: EvidenceContext,
  imprint: Parameters<TimestampAuthorities['stamp']>[0],
  except: readonly string[] = [],
): Promise<ObtainedTimestamp> {
  const { authorities, timestampAnchors, validationPolicy = defaultPolicy } = context;
  const obtained = await authorities.stamp(imprint, except);
  await noteTimestamp(context, obtained.authority);
  const lapse = timestampLapse(obtained.token, await timestampAnchors(), validationPolicy);
  return lapse && lapse < obtained.expiresAt ? { ...obtained, expiresAt: lapse } : obtained;
}
