export { compoundFileNames, isCompoundFile } from './compound-file.ts';
export type { DocumentKind, FormatIdentification } from './format-identification.ts';
export { identifyFormat } from './identify-format.ts';
