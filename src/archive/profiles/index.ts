export { checkDefinition, profileDefinitionSchema } from './check-definition.ts';
export { makeProfile } from './make-profile.ts';
export { missing } from './metadata-faults.ts';
export * from './profile.ts';
export { type Profiles, usualProfile } from './profiles.ts';
export { nextVersion, type ProfilesInUse, profilesInUse } from './profiles-in-use.ts';
export { recordOrigin } from './record-origin.ts';
export { readProfiles, type ShippedProfiles } from './shipped-profiles.ts';
