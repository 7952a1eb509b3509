export * from './certificate.ts';
export * from './certificate-profiles.ts';
export * from './certificate-status.ts';
export type { NameAttributes } from './distinguished-name.ts';
export * from './extensions.ts';
export type { MlDsaKey } from './ml-dsa-key.ts';
export * from './revocation-list.ts';
export * from './timestamp-exchange.ts';
export * from './timestamp-token.ts';
