import { ArchiveError } from '../../base/index.ts';
import type { Profile } from './profile.ts';

/** The kinds of record that an archive knows at a moment. */
export interface Profiles {
  /** Every version of every profile, also of withdrawn ones: records keep the version they came under. */
  readonly all: readonly Profile[];
  /** The version of each profile under which new records come. */
  readonly offered: readonly Profile[];
  /**
   * The version of a profile that is in use, or the one given, withdrawn or not; `general` when nothing is asked for.
   * @throws ArchiveError PROFILE_UNKNOWN
   */
  find(id?: string, version?: string): Profile;
}

/** The profile that records get when none is named. */
export const usualProfile = 'general';

/** @param all of equal versions the first counts */
export function profilesOf(all: readonly Profile[]): Profiles {
  const offered = [...new Set(all.map(({ id }) => id))].flatMap((id) => inUse(all, id) ?? []);
  return {
    all,
    offered,
    find: (id = usualProfile, version) => {
      const found =
        version === undefined
          ? offered.find((profile) => profile.id === id)
          : all.find((profile) => profile.id === id && profile.version === version);
      if (found) return found;
      const known = offered.map((profile) => profile.id).join(', ');
      throw new ArchiveError('PROFILE_UNKNOWN', `There is no profile “${id}”. Choose one of: ${known}.`);
    },
  };
}

/** The institution's own newest version, which a later release of the product does not take the place of; else the shipped one. */
function inUse(all: readonly Profile[], id: string): Profile | undefined {
  const versions = all.filter((profile) => profile.id === id);
  const own = versions.filter(({ origin }) => origin === 'own');
  const [newest] = [...(own.length > 0 ? own : versions)].sort((one, other) =>
    other.version.localeCompare(one.version, 'en', { numeric: true }),
  );
  return newest?.withdrawn ? undefined : newest;
}
