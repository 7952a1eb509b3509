export { type AuditReport, type AuditRequest, audit } from './audit.ts';
export type { AuditFinding } from './audit-object.ts';
export { readAuditReport } from './audit-report.ts';
export { daysLeft, diskForecast, noteDiskSpace } from './disk-space.ts';
export * from './evidence/index.ts';
export {
  checkFixity,
  defaultFixityPolicy,
  type FixityPolicy,
  fixityJob,
  isPaused,
  pauseWindows,
  queueFixity,
} from './fixity.ts';
export { type FormatSignaturesInUse, installSignatures, signaturesInUse } from './format-signatures.ts';
export { type WatchedFormat, watchFormats } from './format-watch.ts';
export * from './integrity-report/index.ts';
export { queueTrustedLists, refreshTrustedLists, trustedListsJob } from './refresh-trusted-lists.ts';
export { queueReidentification, type ReidentificationReport, reidentify, reidentifyJob } from './reidentify.ts';
export * from './revalidation/index.ts';
export { type StatusFacts, statusFileNames, statusStatement } from './status-statement/index.ts';
export { readWitnessFile, tellWitnesses, type Witness, type WitnessedHead } from './witness.ts';
export { witnessAt, witnessFile } from './witness-places.ts';
