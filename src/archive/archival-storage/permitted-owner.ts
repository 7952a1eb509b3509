import { ArchiveError } from '../../base/index.ts';
import type { LocationDescription } from './location-driver.ts';

/** Who may keep archival material that was not handed over yet (ZAG 13): the creator itself, or one of these. */
const permitted: readonly (string | undefined)[] = [undefined, 'creator', 'state-body', 'qualified-provider'];

/** Whether permanent records may lie in a location. An owner that is not told is the creator. */
export function mayKeepPermanent({ ownerType }: Pick<LocationDescription, 'ownerType'>): boolean {
  return permitted.includes(ownerType);
}

/**
 * Asked before a permanent record is taken, and before a location is counted on in an archive that has some.
 * @throws ArchiveError LOCATION_NOT_PERMITTED
 */
export function requirePermittedOwners(locations: readonly Pick<LocationDescription, 'name' | 'ownerType'>[]): void {
  const other = locations.find((location) => !mayKeepPermanent(location));
  if (other)
    throw new ArchiveError(
      'LOCATION_NOT_PERMITTED',
      `The owner of the location “${other.name}” is “${other.ownerType}”. Permanent records may lie only with the creator, a state body or a qualified provider (ZAG 13): take the location out of the configuration, or correct its \`ownerType\` to creator, state-body or qualified-provider.`,
    );
}
