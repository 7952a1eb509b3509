export { type AipContents, type AipEntry, aipContents } from './aip-contents.ts';
export * from './certified-copy/index.ts';
export * from './copy-verification/index.ts';
export {
  bytesEntry,
  type DipOrder,
  type DipOrders,
  type DipRequest,
  dipOrders,
  makeDip,
  type Redaction,
} from './dissemination/index.ts';
export { type EvidenceExport, evidenceNow, exportEvidence } from './export-evidence.ts';
export { exportJournal } from './export-journal.ts';
export { type ExportRequest, exportRecord } from './export-record.ts';
export type { ExportVerification } from './export-verification.ts';
export { readIngestReport } from './ingest-report.ts';
export { type OriginalFile, openOriginal } from './original-file.ts';
export { packageFolders } from './package-folders.ts';
export { packageTar, packageZip } from './package-stream.ts';
export { type RecordHistory, recordHistory } from './record-history.ts';
export { isSafeToShow } from './safe-to-show.ts';
export type { SentFile } from './sent-files.ts';
export { sinceArchiving } from './since-archiving.ts';
export { validatePackage } from './validate-package.ts';
export { type DocumentValidation, openValidations, type Validations } from './validations.ts';
export { type EvidenceToVerify, verifyEvidence } from './verify-evidence.ts';
export { verifyExport } from './verify-export.ts';
export { verifyJournal } from './verify-journal.ts';
export { type WrittenForm, writePackageFiles } from './write-package-files.ts';
