export { buildPaths, type CertificationPath, longestChain } from './build-paths.ts';
export { type CertificatePool, certificatePool, trustAnchorPool } from './certificate-pool.ts';
export { onHold, type RevocationSource, type RevocationStatus, revocationStatuses } from './revocation-status.ts';
export {
  type CertificateConclusion,
  type RevocationMode,
  type ValidationMaterial,
  validateCertificate,
} from './validate-certificate.ts';
export {
  allowsPurpose,
  type PathConclusion,
  type PathParameters,
  type PathRule,
  validatePath,
} from './validate-path.ts';
