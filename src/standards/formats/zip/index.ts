export { openZipEntry, zipEntryChunks } from './open-entry.ts';
export { defaultZipLimits, readZip, type ZipEntry, type ZipLimits } from './read-zip.ts';
