export type { ExamineEvidenceRecord } from './evidence-examination.ts';
export type { FinalIndication, Indication, ReasonCode, SubIndication } from './indication.ts';
export { namedDigests } from './named-digests.ts';
export { defaultPolicy } from './policy/default-policy.ts';
export type { ValidationPolicy } from './policy/validation-policy.ts';
export type { EvidenceRecordReport, SignatureReport, TimestampReport, ValidationReport } from './report.ts';
export type { DetachedContent } from './signed-content.ts';
export type { ContainerKind, DocumentErrorCode } from './signed-document.ts';
export { type ValidationRequest, validateDocument } from './validate-document.ts';
