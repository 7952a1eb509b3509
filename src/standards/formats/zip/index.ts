export { openZipEntry, zipEntryBeginning, zipEntryChunks } from './open-entry.ts';
export { defaultZipLimits, listZip, readZip, type ZipEntry, type ZipLimits } from './read-zip.ts';
export { type WrittenZip, writeZip, type ZipInput } from './write-zip.ts';
