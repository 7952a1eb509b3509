export * from './access-rules/index.ts';
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
  actionToAccept,
  authorize,
  isAllowed,
  type Role,
  requireFreshProof,
  roles,
} from './authorize.ts';
export { type AdoptedList, adoptList } from './categories/adopt-list.ts';
export { readCategoryTable, type TableForm, writeCategoryTable } from './categories/list-table.ts';
export { seedCategories } from './categories/seed-list.ts';
export {
  type ComplianceFact,
  complianceFacts,
  factNames,
  type Indicator,
  indicatorNames,
  indicators,
} from './compliance/compliance-facts.ts';
export { type LevelCell, levelAreas, preservationLevels } from './compliance/preservation-levels.ts';
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
export { type DrillContext, type DrillReport, drillJob, runDrill } from './drill/run-drill.ts';
export { type RequestStatus, requestPackage, requestStatus } from './earhiv/request-package.ts';
export { fidelityDocument, listFidelityStatements, stateFidelity } from './fidelity/state-fidelity.ts';
export { findHandOvers, type HandOverCandidate } from './hand-over/hand-over-candidates.ts';
export { type HandOverContext, handOverPackageJob, makeHandOverPackage } from './hand-over/make-package.ts';
export { openHandOverPackage } from './hand-over/open-package.ts';
export { type HandOverProposal, proposeHandOver } from './hand-over/propose-hand-over.ts';
export { sendHandOver } from './hand-over/send-hand-over.ts';
export { liftHold, type NewHold, placeHold, reviewHold } from './holds/place-hold.ts';
export { enterNote, type NewNote, noteDocument, noticesDue, notifyArchive } from './notes/enter-note.ts';
export { type PaperTable, tablePdf } from './paper/table-pdf.ts';
export {
  addPerson,
  changeRoles,
  closeAccount,
  lacksAdministrator,
  type NewPerson,
  personOf,
} from './people.ts';
export { publishProfile, withdrawProfile } from './publish-profile.ts';
export { type RebuildReport, rebuildCatalog } from './rebuild-catalog.ts';
export { closeBook, type NewRegisterEntry, registerAct, voidEntry } from './register/enter-act.ts';
export { type Candidate, findCandidates } from './retention/candidates.ts';
export { extendPeriod } from './retention/extend-period.ts';
export { type RecordRetention, retentionOf } from './retention/present-retention.ts';
export { type StartOfPeriod, startPeriod } from './retention/start-period.ts';
export { bringBack, markCatchingUp } from './storage-locations.ts';
