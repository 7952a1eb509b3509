export { type AipContents, aipContents } from './aip-contents.ts';
export { type ExportRequest, exportRecord } from './export-record.ts';
export { fileReader, openPackage } from './open-package.ts';
export { packageStream } from './package-stream.ts';
export { type ExportVerification, verifyExport } from './verify-export.ts';
