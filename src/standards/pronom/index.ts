export { combineSignatureFiles, signatureDataText } from './compile-signatures.ts';
export type { DocumentKind, FormatIdentification, SignatureVersions } from './format-identification.ts';
export { type FormatSignatures, prepareSignatures, signatureVersions } from './format-signatures.ts';
export { identifyFormat } from './identify-format.ts';
export type { SignatureData } from './signature-data.ts';
