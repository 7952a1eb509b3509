export {
  type AccessToken,
  countAccessTokens,
  findAccessToken,
  type ListedToken,
  listAccessTokens,
  markTokenSeen,
  putAccessToken,
  removeAccessToken,
  removeEndedTokens,
  removeTokenById,
  removeTokensOf,
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
  changeSetting,
  inTransaction,
  migrate,
  openCatalog,
  readSetting,
  writeSetting,
} from './catalog.ts';
export { type Copy, copiesOf, countCopies, coverage, oldestCopies, putCopies } from './copies.ts';
export { countUse, takeNumbers, usesOf } from './counters.ts';
export {
  findIdentity,
  findPasskey,
  findPasswordHash,
  findTotp,
  listPasskeys,
  markPasskeyUsed,
  type Passkey,
  putIdentity,
  putPasskey,
  putPasswordHash,
  putRecoveryCodes,
  putTotp,
  removePasskey,
  removeTotp,
  takeRecoveryCode,
  takeTotpStep,
} from './credentials.ts';
export { backUpCatalog } from './dialect.ts';
export {
  coveredBy,
  disposedCoverage,
  type EvidenceCoverage,
  findCoverage,
  listPending,
  markForgotten,
  type PendingObject,
  pendingState,
} from './evidence.ts';
export {
  type BatchQuery,
  batchDetail,
  batchPages,
  countBatches,
  type EvidenceBatch,
  eachBatch,
  findBatch,
  listBatches,
  putBatch,
} from './evidence-batches.ts';
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
  type FormatShare,
  findRecordAsKnown,
  formatShares,
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
export {
  cancelJob,
  countOpenJobs,
  enqueueJob,
  findJob,
  type Job,
  type JobProgress,
  listJobs,
  type NewJob,
  openJobs,
  queueOnce,
} from './jobs.ts';
export {
  countEntries,
  countEntriesSince,
  eachJournalRow,
  entriesAfter,
  entryOfVersion,
  findEntryHash,
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
export { keptText } from './kept-text.ts';
export {
  countExpectedObjects,
  disposedRecords,
  expectedObject,
  expectedObjects,
  type KnownLocation,
  knownLocations,
  knownObjects,
  putLocation,
} from './locations.ts';
export {
  countPeopleWith,
  findPerson,
  findPersonByName,
  listPeople,
  type Person,
  setDisplayName,
} from './people.ts';
export { isAlive, knownLocks, type ProcessLock, takeLock, waitForLock } from './process-locks.ts';
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
export {
  applyRevalidation,
  dueRevalidations,
  hastenRevalidations,
  type PastVerdict,
  postponeRevalidation,
  type RevalidationTrigger,
  revalidationState,
  type Verdict,
  verdictHistory,
} from './revalidations.ts';
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
export {
  countAttempt,
  forgetAttempts,
  listSignInEvents,
  putSignInEvent,
  removeSignInEvents,
  type SignInEvent,
  takeBackAttempt,
} from './sign-in-log.ts';
export {
  findStoreObject,
  forgetStoreObject,
  inventoryDigest,
  putStoreObjects,
  type StoreObject,
  storeObjectsOfType,
} from './store-objects.ts';
