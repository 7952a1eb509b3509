export type { AsicEntry, AsicFile } from './asic/asic-entry.ts';
export { type AsicEvidenceOptions, asicEvidence } from './asic/asic-evidence.ts';
export { packAsic } from './asic/pack-asic.ts';
export { type AsicOptions, asicMimetype, asicSignature, sealAsic } from './asic/seal-asic.ts';
export { type CadesOptions, sealCades } from './cades.ts';
export { embedInCades } from './cades-evidence.ts';
export { type DigestSigner, octetsToSign, softwareSigner, usualAlgorithm } from './digest-signer.ts';
export type {
  SealedSoFar,
  SealLevel,
  SealLevels,
  SealMaterial,
  TimestampSource,
} from './levels.ts';
export { type PadesOptions, sealPades } from './pades/seal-pades.ts';
export {
  digestBytes,
  digestIdentifier,
  digestInfo,
  digestLength,
  ecdsaValue,
  type SignatureAlgorithm,
  type SignatureDigest,
  type SignatureScheme,
  signatureIdentifier,
  signingParameters,
} from './signature-algorithm.ts';
export * from './test-pki/index.ts';
export { embedInXades } from './xades/embed-evidence.ts';
export type { DetachedFile, XadesContent } from './xades/references.ts';
export { sealXades, type XadesOptions } from './xades/seal-xades.ts';
