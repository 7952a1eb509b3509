export { type AuthorityHealth, type TimestampAuthorities, timestampAuthorities } from './authorities-in-use.ts';
export { builtInAuthority } from './built-in-authority.ts';
export { collectTimestampMaterial, type TimestampMaterial } from './collect-timestamp-material.ts';
export { type AuthorityTrust, remoteAuthority } from './remote-authority.ts';
export {
  AuthorityFailed,
  type AuthoritySettings,
  type AuthorityTerms,
  type ImprintToStamp,
  type ObtainedTimestamp,
  type TimestampAuthority,
} from './timestamp-authority.ts';
