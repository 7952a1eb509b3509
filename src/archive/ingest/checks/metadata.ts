import { ArchiveError } from '../../../base/index.ts';
import { missing, type Profile } from '../../profiles/index.ts';

/**
 * Compares the producer's metadata with what the profile asks for.
 * @param incomplete more may be said later: what is missing is no fault yet
 * @throws ArchiveError METADATA_INVALID with a JSON pointer and a sentence for each fault
 */
export function checkMetadata(
  profile: Pick<Profile, 'id' | 'metadataFaults'>,
  metadata: unknown,
  { incomplete = false }: { readonly incomplete?: boolean } = {},
): void {
  const places = profile.metadataFaults(metadata).filter(({ detail }) => !incomplete || detail !== missing);
  if (places.length === 0) return;
  const [first] = places;
  const summary = first ? ` “${first.pointer || '/'}” ${first.detail}.` : '';
  throw new ArchiveError(
    'METADATA_INVALID',
    `The metadata do not fit profile “${profile.id}”:${summary} Correct the fields and send the record again.`,
    { places },
  );
}
