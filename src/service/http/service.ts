import type { Logger } from 'pino';
import type { CopyContext, DipOrders, RevocationLists, Validations } from '../../archive/access/index.ts';
import type { Accounts, Actor, IdentityProvider } from '../../archive/administration/index.ts';
import type { Ingest, IngestContext } from '../../archive/ingest/index.ts';
import type { FixityPolicy, RevalidationContext } from '../../archive/preservation/index.ts';
import type { IntakeQueue } from './intake-queue.ts';
import type { Uploads } from './uploads/uploads.ts';

/** What the doors of the service work with; made once in `serve.ts`. */
export interface Service {
  readonly context: IngestContext;
  readonly ingest: Ingest;
  /** What signing in works with. */
  readonly accounts: Accounts;
  /** Who else says who someone is, where one is configured. */
  readonly identityProvider?: IdentityProvider;
  /** What the keeping of evidence and the re-validation of signatures work with. */
  readonly evidence: RevalidationContext;
  /** How often every copy is read. */
  readonly fixity: FixityPolicy;
  /** What certified copies are made with, and the list of those that were revoked. */
  readonly copies: CopyContext;
  readonly revocationLists: RevocationLists;
  readonly intakes: IntakeQueue;
  readonly validations: Validations;
  readonly dips: DipOrders;
  /** Uploads that survive a broken connection. */
  readonly uploads: Uploads;
  /** Has the worker look for jobs now. */
  readonly wakeWorker: () => void;
  readonly log: Logger;
  /** The origin people type, when a proxy stands before the service: `https://arhiv.example.rs`. */
  readonly publicOrigin?: string;
  /** True once the service was told to stop. */
  readonly isStopping: () => boolean;
}

/** What a request carries through the middleware. */
export interface RequestState {
  /** In the log, on every response, and all that a page tells of a fault. */
  requestId: string;
  /** Who asks, once it is known. */
  actor?: Actor;
  /** How the caller proved it; a cookie needs the defence against other sites. */
  proof?: 'token' | 'cookie';
  /** The pattern of the route that answers; the log shows it in the place of the address. */
  route?: string;
}
