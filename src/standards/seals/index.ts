export { packAsic } from './asic/pack-asic.ts';
export { type AsicEntry, type AsicOptions, sealAsic } from './asic/seal-asic.ts';
export { type CadesOptions, sealCades, type TimestampSource } from './cades.ts';
export { type DigestSigner, softwareSigner } from './digest-signer.ts';
export { type PadesOptions, sealPades } from './pades/seal-pades.ts';
export type { SignatureAlgorithm, SignatureDigest, SignatureScheme } from './signature-algorithm.ts';
export * from './test-pki/index.ts';
export type { DetachedFile, XadesContent } from './xades/references.ts';
export { sealXades, type XadesOptions } from './xades/seal-xades.ts';
