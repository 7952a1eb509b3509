export { openZipEntry, zipEntryBeginning, zipEntryChunks } from './open-entry.ts';
export { defaultZipLimits, listZip, readZip, type ZipEntry, type ZipLimits } from './read-zip.ts';
