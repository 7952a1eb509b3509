export { closeJournalSegment } from './close-journal-segment.ts';
export { earkRules, earkVersions } from './e-ark-rules.ts';
export { folderPackage } from './folder-package.ts';
export { groupCommit } from './group-commit.ts';
export type { Holdings } from './holdings.ts';
export { catchUpWithJournal, commitToJournal, journal } from './journal-commit.ts';
export { followLocationStates } from './location-states.ts';
export {
  keepRepresentationInformation,
  type SharedFile,
  type StoreObjectToWrite,
  type StoreObjectType,
  storeObject,
  storeObjectIn,
  storeObjects,
} from './store-objects.ts';
export { type PackageToStore, storePackages } from './store-packages.ts';
export { packagedRecord, readRecordDescription, storeReader, submissionFile, submittedRecord } from './store-reader.ts';
export { openStoredVersion, type StoredVersion } from './stored-version.ts';
export { type StagedPayload, type StoreObjectFile, writePackage } from './write-package.ts';
