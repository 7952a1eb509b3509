import type { Profile } from '../../../archive/ingest/index.ts';

/** A profile without the functions that are made of it. */
export function presentProfile({ metadataFaults: _metadataFaults, ...profile }: Profile): object {
  return profile;
}
