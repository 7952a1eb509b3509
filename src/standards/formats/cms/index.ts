export { keepsToProtectedAlgorithms } from './algorithm-protection.ts';
export { messageDigestOf, signedAttributesEncoding, signedAttributesOf, signingTimeOf } from './signed-attributes.ts';
export {
  type Attribute,
  cmsOids,
  readSignedData,
  readSignerInfo,
  type SignedData,
  type SignerIdentifier,
  type SignerInfo,
} from './signed-data.ts';
export { type CertificateReference, certificateReferencesOf } from './signing-certificate.ts';
