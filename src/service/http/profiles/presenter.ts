import type { Profile } from '../../../archive/profiles/index.ts';

/** A profile without the function that is made of it. */
export function presentProfile({ metadataFaults: _metadataFaults, ...profile }: Profile): object {
  return profile;
}
