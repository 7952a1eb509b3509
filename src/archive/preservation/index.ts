export { type AuditReport, type AuditRequest, audit } from './audit.ts';
export type { AuditFinding } from './audit-object.ts';
