export {
  type AlgorithmIdentifier,
  type DigestName,
  digestNameOf,
  digestOid,
  hashesByItself,
  nodeDigest,
  readAlgorithm,
  type SignatureAlgorithm,
  type SignatureScheme,
  signatureAlgorithmOf,
} from './algorithm.ts';
export { type Certificate, isSelfSigned, isSignedBy, readCertificate, readCertificates } from './certificate.ts';
export {
  type DistributionPoint,
  type DistributionPointName,
  type Extension,
  extensionOids,
  type KeyUsage,
  type NameConstraints,
  type PolicyInformation,
  readAccessLocations,
  readCertificatePolicies,
  readDistributionPointName,
  readDistributionPoints,
  readExtensions,
  readGeneralNames,
  readNameConstraints,
  readOidSequence,
  readPolicyConstraints,
  readPolicyMappings,
} from './extensions.ts';
export { type GeneralName, type Name, nameForPeople, nameText, readName } from './name.ts';
export {
  inheritParameters,
  type KeyKind,
  keyStrengthOf,
  lacksParameters,
  type PublicKey,
  readPublicKey,
} from './public-key.ts';
export { type SignatureCheck, verifyDigest, verifySignature, verifyStream } from './verify-signature.ts';
