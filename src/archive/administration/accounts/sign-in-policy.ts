import type { Holdings } from '../../packaging/index.ts';

/** How people prove who they are, and how often they may fail: the one place for these figures. */
export interface SignInPolicy {
  /** argon2id (RFC 9106): memory in KiB, passes, lanes. */
  readonly argon2: { readonly memoryCost: number; readonly timeCost: number; readonly parallelism: number };
  /** In Unicode code points, after normalisation. */
  readonly shortestPassword: number;
  readonly longestPassword: number;
  /** SHA-1 digests of known passwords, sorted, a line each, as "Have I Been Pwned" gives them out. */
  readonly breachedPasswords?: string;
  /** Attempts against one account, and from one address, within a window; then nobody gets further until it ends. */
  readonly attemptsPerAccount: number;
  readonly attemptsPerAddress: number;
  readonly windowMinutes: number;
  /** A session ends when it was not used for so long, and at the latest after so long. */
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly invitationHours: number;
  /** How long events of signing in are kept. */
  readonly eventDays: number;
}

/** What the product uses; OWASP's figures for argon2id (19 MiB, 2 passes): 50 ms of one core, and small enough for many at once. */
export const usualSignInPolicy: SignInPolicy = {
  argon2: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
  shortestPassword: 12,
  longestPassword: 256,
  attemptsPerAccount: 10,
  attemptsPerAddress: 100,
  windowMinutes: 15,
  idleMinutes: 60,
  sessionHours: 12,
  invitationHours: 72,
  eventDays: 400,
};

/** What signing in works with. */
export interface Accounts extends Holdings {
  readonly policy: SignInPolicy;
}
