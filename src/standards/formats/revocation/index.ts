export {
  type Crl,
  type IssuingDistributionPoint,
  isCrlSignedBy,
  readCrl,
  readCrls,
} from './crl.ts';
export { findRevoked, type RevokedEntry } from './find-revoked.ts';
export { digestOfEncoding, idOfEncoding, knownOctets } from './known-encodings.ts';
export {
  archiveCutoffOf,
  certificateHashOf,
  isOcspSignedBy,
  isResponder,
  type OcspResponse,
  readOcspResponse,
  readOcspResponses,
  type SingleResponse,
  singleResponseFor,
} from './ocsp.ts';
export { ocspRequest } from './ocsp-request.ts';
