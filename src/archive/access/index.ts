export { fileReader } from '../packaging/index.ts';
export { type AipContents, aipContents } from './aip-contents.ts';
export { type ExportRequest, exportRecord } from './export-record.ts';
export { type OriginalFile, openOriginal } from './original-file.ts';
export { packageStream } from './package-stream.ts';
export { openPackageValidations, type PackageValidations } from './package-validations.ts';
export { type RecordHistory, recordHistory } from './record-history.ts';
export { validatePackage } from './validate-package.ts';
export { type ExportVerification, verifyExport } from './verify-export.ts';
