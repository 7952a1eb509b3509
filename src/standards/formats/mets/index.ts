export type { FileGroup, MetadataReference, MetsAgent, MetsDocument, MetsReference } from './mets-document.ts';
export { hrefOf, writeMets } from './write-mets.ts';
