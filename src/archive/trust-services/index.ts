export { askPage } from './online/ask-page.ts';
export { validateWithMaterial } from './online/validate-with-material.ts';
export {
  type MaterialSource,
  onlineMaterial,
  type ValidationMaterial,
} from './online/validation-material.ts';
export { type LevelOptions, type SealContext, type Sealed, sealAtLevel } from './seal-at-level.ts';
export {
  cloudTimestamps,
  openSigningKey,
  type Secret,
  type ServiceClient,
  type SigningKey,
  type SigningKeySettings,
  type UserSignatureRequest,
  type UserSignatures,
  userSignatures,
} from './signing-keys/index.ts';
export type { Anchor, TestKey } from './test-authority.ts';
export { openTestSeal, openTestSigningKey } from './test-seal.ts';
export {
  openTestTimestampAuthority,
  type TestTimestampAuthority,
  testTimestampPolicy,
} from './test-timestamp-authority.ts';
export {
  type AuthorityHealth,
  type AuthoritySettings,
  type AuthorityTerms,
  type AuthorityTrust,
  builtInAuthority,
  collectTimestampMaterial,
  type ObtainedTimestamp,
  remoteAuthority,
  type TimestampAuthorities,
  type TimestampAuthority,
  timestampAuthorities,
} from './timestamping/index.ts';
export { readAnchors } from './trust-anchors.ts';
export {
  type LoadedLists,
  loadTrustedLists,
  readVerifiedLists,
  type TrustedListSettings,
  type TrustedListsInUse,
  trustedListsInUse,
  type VerifiedFile,
} from './trusted-lists/index.ts';
