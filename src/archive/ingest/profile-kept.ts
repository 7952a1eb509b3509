import type { RepresentationInformation } from '../../standards/packages/index.ts';
import { keepRepresentationInformation } from '../packaging/index.ts';
import type { Profile } from '../profiles/index.ts';
import type { IngestContext } from './submission.ts';

const keptBefore = new WeakMap<Profile, Promise<RepresentationInformation[]>>();

/**
 * Keeps the profile under which a record came in the store, each version once, and gives what its package refers to it by:
 * fields with their names in three languages, the JSON Schema of the metadata, rules (CSIP's representation information).
 */
export function keepProfile(context: IngestContext, profile: Profile): Promise<RepresentationInformation[]> {
  const before = keptBefore.get(profile);
  if (before) return before;
  const { metadataFaults: _metadataFaults, withdrawn: _withdrawn, fields: _fields, ...facts } = profile;
  const content = Buffer.from(`${JSON.stringify(facts, undefined, 1)}\n`);
  const name = `Profile ${profile.id} ${profile.version}`;
  const keeping = keepRepresentationInformation(context, [{ name, path: 'profile.json', content }]);
  keptBefore.set(profile, keeping);
  keeping.catch(() => keptBefore.delete(profile)); // the next record tries again
  return keeping;
}
