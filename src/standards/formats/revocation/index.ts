export {
  type Crl,
  findRevoked,
  type IssuingDistributionPoint,
  isCrlSignedBy,
  type RevokedEntry,
  readCrl,
  readCrls,
} from './crl.ts';
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
