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
export { type DisposalDecision, disposeRecord } from './dispose-record.ts';
export {
  addPerson,
  changeRoles,
  closeAccount,
  lacksAdministrator,
  type NewPerson,
  personOf,
} from './people.ts';
export { type RebuildReport, rebuildCatalog } from './rebuild-catalog.ts';
export { bringBack, markCatchingUp } from './storage-locations.ts';
