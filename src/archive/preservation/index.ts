export { type AuditReport, type AuditRequest, audit } from './audit.ts';
export type { AuditFinding } from './audit-object.ts';
export { readAuditReport } from './audit-report.ts';
