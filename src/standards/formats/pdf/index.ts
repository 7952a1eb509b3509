export { hasActiveContent } from './active-content.ts';
export { type ChangedObject, changedObjects, differingKeys, sameValue } from './changed-objects.ts';
export { openDamagedPdf, openPdf, type PdfDocument, revisionOf } from './document.ts';
export { type EmbeddedFile, readEmbeddedFiles } from './embedded-files.ts';
export { prefixReader } from './paged-reader.ts';
export { type PdfaClaim, readPdfaClaim } from './pdfa-claim.ts';
export { readSecurityStores, type SecurityStore } from './security-store.ts';
export { type PdfSignature, readPageCount, readSignatureFields } from './signature-fields.ts';
export { entriesOf, itemsOf, nameValue, type PdfEntries, type PdfValue } from './values.ts';
