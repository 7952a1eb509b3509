export { auditEvidence, type EvidenceAudit, type EvidenceFinding } from './audit-evidence.ts';
export { closeBatch } from './close-batch.ts';
export { defaultEvidencePolicy, type EvidenceContext, type EvidencePolicy } from './evidence-context.ts';
export { type EvidenceState, evidenceState, type Loss, whatIf } from './forecast.ts';
export { type EvidenceReport, isEvidenceDue, keepEvidence, keepEvidenceJob, queueEvidence } from './keep-evidence.ts';
export { type VersionEvidence, versionEvidence } from './record-evidence.ts';
export { renewWhatRestsOn } from './renew-what-rests-on.ts';
export type { TimestampUse } from './timestamp-use.ts';
