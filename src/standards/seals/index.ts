export { type CadesOptions, sealCades, type TimestampSource } from './cades.ts';
export { type DigestSigner, softwareSigner, usualAlgorithm } from './digest-signer.ts';
export type { SignatureAlgorithm, SignatureDigest, SignatureScheme } from './signature-algorithm.ts';
export { type CertificateContents, issueCertificate } from './test-pki/certificate.ts';
export type { NameAttributes } from './test-pki/distinguished-name.ts';
export * from './test-pki/extensions.ts';
