export type { Trust } from '../verification-check.ts';
export { type CopyVerification, type CopyVerificationOptions, verifyCopy } from './verify-copy.ts';
export type { AskPage } from './verify-revocation.ts';
