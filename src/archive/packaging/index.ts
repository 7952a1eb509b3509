export { closeJournalSegment, segmentId } from './close-journal-segment.ts';
export { groupCommit } from './group-commit.ts';
export type { Holdings } from './holdings.ts';
export { catchUpWithJournal, commitToJournal, journal } from './journal-commit.ts';
export { keepRepresentationInformation, type SharedFile, type StoreObjectType, storeObject } from './store-objects.ts';
export { type PackageToStore, storePackages } from './store-packages.ts';
export { openStoredVersion, type StoredVersion } from './stored-version.ts';
export { packagedRecord, readRecordDescription, storeReader, submissionFile } from './store-reader.ts';
export { type StagedPayload, stateReference, writePackage } from './write-package.ts';
