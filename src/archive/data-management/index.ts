export {
  type AccessToken,
  countAccessTokens,
  findAccessToken,
  putAccessToken,
  removeAccessToken,
} from './access-tokens.ts';
export {
  type ArchivedDetail,
  applyEntries,
  archivedFacts,
  type PackagedRecord,
  type StoreReader,
  type SubmittedRecord,
} from './apply-entries.ts';
export {
  type Catalog,
  type Connection,
  inTransaction,
  migrate,
  openCatalog,
  readSetting,
  writeSetting,
} from './catalog.ts';
export { takeNumbers } from './counters.ts';
export { backUpCatalog } from './dialect.ts';
export {
  countByState,
  earlierWithContent,
  findRecord,
  findRecords,
  type ListedRecord,
  type RecordQuery,
  versionsOf,
} from './find-records.ts';
export {
  countHeldRecords,
  findRecordAsKnown,
  heldRecordIds,
  putFormatIdentifications,
  reidentifiedFiles,
  writeInstalledSignatures,
} from './format-identifications.ts';
export { findIdempotent, putIdempotent } from './idempotency-keys.ts';
export { type Institution, putInstitution } from './institutions.ts';
export {
  findIntake,
  type Intake,
  leaseIntakes,
  postponeIntake,
  putIntakes,
  removeIntakes,
  setIntakeState,
} from './intakes.ts';
export {
  finishJob,
  type JobAttempt,
  leaseJob,
  leaseMilliseconds,
  mostAttempts,
  releaseJob,
  renewLease,
  retryJob,
} from './job-leases.ts';
export { cancelJob, enqueueJob, findJob, type Job, type JobProgress, listJobs, type NewJob } from './jobs.ts';
export {
  eachJournalRow,
  entryOfVersion,
  type IndexedEntry,
  insertEntries,
  JournalAheadOfCatalog,
  type JournalledWork,
  type JournalMedium,
  type JournalQuery,
  listEntries,
  readHead,
  recordInJournal,
} from './journal.ts';
export {
  emptyHead,
  type JournalEntry,
  type JournalEntryType,
  type JournalHead,
  journalLine,
  type NewJournalEntry,
  parseJournal,
} from './journal-entry.ts';
export {
  type Copy,
  copiesOf,
  countExpectedObjects,
  coverage,
  disposedRecords,
  expectedObjects,
  findStoreObject,
  type KnownLocation,
  knownLocations,
  knownObjects,
  putCopies,
  putLocation,
  putStoreObjects,
  type StoreObject,
  storeObjectsOfType,
} from './locations.ts';
export { isAlive, knownLocks, type ProcessLock, takeLock } from './process-locks.ts';
export {
  type CatalogFile,
  type CatalogRecord,
  type CatalogSignature,
  type CatalogVersion,
  keepsContent,
  putRecords,
  putVersions,
  type RecordState,
  setRecordState,
  wasScanned,
} from './records.ts';
export { type FreshCatalog, openFreshCatalog } from './replace-catalog.ts';
export { isWithin, type PauseWindow } from './rhythm.ts';
export {
  listSchedules,
  type NewSchedule,
  queueDueJobs,
  runNow,
  type Schedule,
  schedule,
  unschedule,
} from './schedules.ts';
