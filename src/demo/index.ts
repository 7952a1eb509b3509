export { type SampleDocuments, type SampleFile, type SampleRecord, sampleDocuments } from './sample-documents.ts';
