export { authenticate, closeSession, issueApiToken, issueFirstToken, issueLink, openSession } from './access-tokens.ts';
export { type Action, type Actor, authorize, type Role } from './authorize.ts';
export { type DisposalDecision, disposeRecord } from './dispose-record.ts';
export { type RebuildReport, rebuildCatalog } from './rebuild-catalog.ts';
export { bringBack, markCatchingUp } from './storage-locations.ts';
