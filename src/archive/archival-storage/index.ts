export { fileReader } from './filesystem/file-reader.ts';
export { filesystemLocation } from './filesystem/location.ts';
export { type FilesystemWorkers, startFilesystemWorkers } from './filesystem/workers.ts';
export type {
  LocationDescription,
  LocationDriver,
  LocationFacts,
  ObjectFile,
  StoredFile,
  VersionFile,
  VersionToWrite,
} from './location-driver.ts';
export { mayKeepPermanent, requirePermittedOwners } from './permitted-owner.ts';
export { type ExpectedObject, repairFiles, repairObject } from './repair.ts';
export type { StagedFile } from './stage-everywhere.ts';
export { type ArchivalStorage, type LocationState, openStorage } from './storage.ts';
export { type StoreValidation, validateStore } from './validate-store.ts';
