export { cloudTimestamps } from './cloud/cloud-timestamps.ts';
export type { ServiceClient } from './cloud/service-request.ts';
export { type UserSignatureRequest, type UserSignatures, userSignatures } from './cloud/user-signature.ts';
export { openSigningKey, type SigningKeySettings } from './open-signing-key.ts';
export type { Secret, SigningKey } from './signing-key.ts';
