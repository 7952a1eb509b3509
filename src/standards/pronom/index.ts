export type { DocumentKind, FormatIdentification } from './format-identification.ts';
export { identifyFormat } from './identify-format.ts';
