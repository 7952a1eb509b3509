export type { FileGroup, MetadataReference, MetsAgent, MetsDocument, MetsReference } from './mets-document.ts';
export { type ListedFile, type ReadMets, readMets } from './read-mets.ts';
export { hrefOf, writeMets } from './write-mets.ts';
