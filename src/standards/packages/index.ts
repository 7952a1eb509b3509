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
export { aipPathOf, aipPaths, supersededPaths } from './aip-paths.ts';
export { type BagTag, tagValues } from './bagit/bag-metadata.ts';
export { type Bag, type BagValidation, unreadableBag, validateBag } from './bagit/validate-bag.ts';
export { aipFolder, buildAip } from './build-aip.ts';
export type { EarkFinding, EarkRules, SpecificationTable } from './e-ark/rule-tables.ts';
export {
  type EarkRequest,
  type EarkValidation,
  unreadablePackage,
  validateEarkPackage,
} from './e-ark/validate-e-ark-package.ts';
export { findVersion } from './e-ark/which-specification.ts';
export { type ExchangeEntry, exchangeDate, exchangeEntries } from './exchange.ts';
export type { CheckOutcome, PackageCheck, PackageCheckId, PackageVerification } from './package-findings.ts';
export {
  filesPackage,
  folderOf,
  onlyFolderOf,
  type PackageEntry,
  type PackageReader,
  tarTree,
  zipTree,
} from './package-reader.ts';
export { parseSealedRecord } from './parse-sealed-record.ts';
export { preservationHistory } from './preservation-history.ts';
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
export { sealedRecord } from './sealed-record.ts';
export { type VerifyConfirmation, verifyPackage } from './verify-package.ts';
