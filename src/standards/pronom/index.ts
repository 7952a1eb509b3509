export { compoundFileNames, isCompoundFile } from './compound-file.ts';
export { type DocumentKind, type FormatIdentification, identifyFormat } from './identify-format.ts';
