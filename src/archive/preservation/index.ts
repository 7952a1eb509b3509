export { type AuditReport, type AuditRequest, audit } from './audit.ts';
export type { AuditFinding } from './audit-object.ts';
export { readAuditReport } from './audit-report.ts';
export * from './evidence/index.ts';
export { type FormatSignaturesInUse, installSignatures, signaturesInUse } from './format-signatures.ts';
export { queueTrustedLists, refreshTrustedLists, trustedListsJob } from './refresh-trusted-lists.ts';
export { queueReidentification, type ReidentificationReport, reidentify, reidentifyJob } from './reidentify.ts';
export * from './revalidation/index.ts';
