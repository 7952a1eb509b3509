export {
  closeSession,
  issueApiToken,
  issueFirstToken,
  issueLink,
  listApiTokens,
  openSession,
  revokeApiToken,
} from './access-tokens.ts';
export * from './accounts/index.ts';
export type { ActContext } from './acts.ts';
export { enterPaperRow, enterRows, type PaperRow, proposeRows } from './archive-book/enter-rows.ts';
export { type BookForm, bookCells, printBook } from './archive-book/print-book.ts';
export { makeTranscript, submitTranscript, transcriptFile, transcriptsDue } from './archive-book/transcript.ts';
export {
  type Action,
  type Actor,
  type Assurance,
  actions,
  actionsWithFreshProof,
  authorize,
  isAllowed,
  type Role,
  requireFreshProof,
  roles,
} from './authorize.ts';
export { type AdoptedList, adoptList } from './categories/adopt-list.ts';
export { readCategoryTable, type TableForm, writeCategoryTable } from './categories/list-table.ts';
export { creatorSchema } from './creators/creator-schema.ts';
export { enterCreator } from './creators/enter-creator.ts';
export { confirmRebuild } from './disposal/confirm-rebuild.ts';
export { type DisposalDocument, disposalDocument, disposalDocuments } from './disposal/disposal-documents.ts';
export {
  abandonDisposal,
  decideDisposal,
  reviewDisposal,
  sendDisposal,
} from './disposal/disposal-steps.ts';
export { disposalJob, type ExecutedDisposal, executeDisposal, requireExecutable } from './disposal/execute-disposal.ts';
export { proposeDisposal } from './disposal/propose-disposal.ts';
export { type DisposalDecision, disposeRecord } from './dispose-record.ts';
export { liftHold, type NewHold, placeHold, reviewHold } from './holds/place-hold.ts';
export { type PaperTable, tablePdf } from './paper/table-pdf.ts';
export {
  addPerson,
  changeRoles,
  closeAccount,
  lacksAdministrator,
  type NewPerson,
  personOf,
} from './people.ts';
export { type RebuildReport, rebuildCatalog } from './rebuild-catalog.ts';
export { closeBook, type NewRegisterEntry, registerAct, voidEntry } from './register/enter-act.ts';
export { type Candidate, findCandidates } from './retention/candidates.ts';
export { extendPeriod } from './retention/extend-period.ts';
export { type RecordRetention, retentionOf } from './retention/present-retention.ts';
export { type StartOfPeriod, startPeriod } from './retention/start-period.ts';
export { bringBack, markCatchingUp } from './storage-locations.ts';
