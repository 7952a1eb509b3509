export type {
  AipDescription,
  AipFile,
  PackagedContent,
  PayloadReference,
  PreservationAgent,
  PreservationEvent,
  RepresentationInformation,
  SubmissionFile,
  SupersededMetadata,
  ValidationReport,
} from './aip-description.ts';
export { aipPathOf, aipPaths, fileKey, reportPath, supersededPaths } from './aip-paths.ts';
export { manifestNamed } from './bagit/bag-manifest.ts';
export { describeBag } from './bagit/describe-bag.ts';
export { type Bag, type BagValidation, validateBag } from './bagit/validate-bag.ts';
export { aipFolder, buildAip } from './build-aip.ts';
export {
  buildDip,
  type DipDescription,
  premisOfAip,
  type RedactedFile,
  redactedRepresentation,
} from './build-dip.ts';
export { buildSip, type SipDescription, type SipFile } from './build-sip.ts';
export { describeSip, statedChecksums } from './describe-sip.ts';
export { descriptiveStatements } from './descriptive-metadata.ts';
export { dublinCoreOf } from './dublin-core.ts';
export type { EarkFinding, EarkRules, SpecificationTable } from './e-ark/rule-tables.ts';
export {
  type EarkRequest,
  type EarkValidation,
  unreadablePackage,
  validateEarkPackage,
} from './e-ark/validate-e-ark-package.ts';
export { findVersion } from './e-ark/which-specification.ts';
export { type ExchangeEntry, exchangeDate, exchangeEntries } from './exchange.ts';
export { type IngestReport, ingestReportBytes, type MappedStatement, type ReportedFile } from './ingest-report.ts';
export type { CheckOutcome, PackageCheck, PackageCheckId, PackageVerification } from './package-findings.ts';
export {
  filesPackage,
  onlyFolderOf,
  type PackageEntry,
  type PackageReader,
  tarTree,
  zipTree,
} from './package-reader.ts';
export { parseSealedRecord } from './parse-sealed-record.ts';
export { preservationHistory } from './preservation-history.ts';
export type { ProducerDescription, ProducerStatement } from './producer-statements.ts';
export { isSystemFile, type RecognizedPackage, recognizePackage } from './recognize-package.ts';
export type {
  AlternativeIdentifier,
  Correction,
  DublinCoreElement,
  DublinCoreStatement,
  FileFormat,
  FileRole,
  JsonValue,
  RecordDescription,
  RecordFile,
  SignatureSummary,
} from './record-description.ts';
export { safeFileNames } from './safe-file-names.ts';
export { safeFilePaths } from './safe-file-paths.ts';
export { originalRepresentation, sealedRecord } from './sealed-record.ts';
export { type VerifyConfirmation, verifyPackage } from './verify-package.ts';
