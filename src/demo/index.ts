export { type DemoFolders, runDemo } from './run-demo.ts';
export { type SampleDocuments, type SampleFile, type SampleRecord, sampleDocuments } from './sample-documents.ts';
