export { type CadesOptions, sealCades, type TimestampSource } from './cades.ts';
export { type DigestSigner, softwareSigner, usualAlgorithm } from './digest-signer.ts';
export { type PadesOptions, sealPades } from './pades/seal-pades.ts';
export type { SignatureAlgorithm, SignatureDigest, SignatureScheme } from './signature-algorithm.ts';
export * from './test-pki/index.ts';
