import {
  type Catalog,
  type Connection,
  listProfileEntries,
  newestProfileEntry,
  type ProfileEntry,
} from '../data-management/index.ts';
import { makeProfile } from './make-profile.ts';
import type { Profile, ProfileDefinition } from './profile.ts';
import { type Profiles, profilesOf } from './profiles.ts';
import type { ShippedProfiles } from './shipped-profiles.ts';

/** The profiles of an institution: what the product brings and what was published, as it stands when asked. */
export interface ProfilesInUse {
  readonly shipped: ShippedProfiles;
  /** Asks the catalog whether anything is new; whoever published, in whatever process. */
  current(connection?: Connection): Promise<Profiles>;
}

/** Opens the profiles of an institution. They are compiled once, and again when something was published. */
export function profilesInUse(catalog: Catalog, institution: string, shipped: ShippedProfiles): ProfilesInUse {
  let known: { readonly sequence: number; readonly profiles: Profiles } = { sequence: 0, profiles: shipped };
  return {
    shipped,
    current: async (connection = catalog) => {
      const sequence = await newestProfileEntry(connection, institution);
      if (sequence === known.sequence) return known.profiles;
      const entries = await listProfileEntries(connection, institution);
      const profiles = profilesOf(withEntries(shipped, entries));
      known = { sequence: entries.at(-1)?.sequence ?? 0, profiles };
      return profiles;
    },
  };
}

/** Own versions stand first: of equal versions they count. */
function withEntries({ all, shared }: ShippedProfiles, entries: readonly ProfileEntry[]): Profile[] {
  const last = new Map(entries.map((entry) => [entry.profile, entry]));
  const isWithdrawn = (id: string) => last.get(id)?.kind === 'withdrawn';
  const own = entries
    .filter(({ kind }) => kind === 'published')
    .map(({ profile, version, definition, time, actor }) =>
      makeProfile(
        JSON.parse(definition) as ProfileDefinition,
        {
          version,
          origin: 'own',
          publishedAt: time,
          publishedBy: actor,
          ...(isWithdrawn(profile) ? { withdrawn: true } : {}),
        },
        shared,
      ),
    );
  return [...own, ...all.map((profile) => (isWithdrawn(profile.id) ? { ...profile, withdrawn: true } : profile))];
}

/**
 * The number of the next version. The first of an institution's own kind is 1; own versions of a kind that comes with the
 * product count behind the number of the shipped one, `2.1`, so that nobody takes one for the other.
 */
export function nextVersion(profiles: Profiles, shipped: Profiles, id: string): string {
  const own = profiles.all.filter((profile) => profile.id === id && profile.origin === 'own').length;
  const numbers = shipped.all.filter((profile) => profile.id === id).map(({ version }) => Number(version));
  return numbers.length > 0 ? `${Math.max(...numbers)}.${own + 1}` : String(own + 1);
}
