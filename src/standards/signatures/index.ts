export type { SignatureQualification, TimestampQualification } from '../trusted-lists/index.ts';
export { type AsicManifest, readManifest } from './containers/asic-manifest.ts';
export { type EmbeddedMaterial, joinMaterial, noMaterial } from './embedded-material.ts';
export { etsiReport } from './etsi-report.ts';
export type { ExamineEvidenceRecord } from './evidence-examination.ts';
export {
  type FinalIndication,
  finalIndications,
  type Indication,
  type ReasonCode,
  type SubIndication,
} from './indication.ts';
export { namedDigests } from './named-digests.ts';
export { defaultPolicy } from './policy/default-policy.ts';
export type { ValidationPolicy } from './policy/validation-policy.ts';
export type { EvidenceRecordReport, SignatureReport, TimestampReport, ValidationReport } from './report.ts';
export type { DetachedContent } from './signed-content.ts';
export type { ContainerKind, DocumentErrorCode } from './signed-document.ts';
export { timestampLapse } from './timestamp-lapse.ts';
export { type OpenValidation, type ValidationRequest, validateAndAsk, validateDocument } from './validate-document.ts';
export type { WantedMaterial } from './wanted-material.ts';
export { digestForXadesEvidence, type SignatureToSeal } from './xades-evidence-digest.ts';
