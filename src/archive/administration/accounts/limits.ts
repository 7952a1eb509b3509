import { utcSeconds } from '../../../base/index.ts';
import {
  countAttempt,
  forgetAttempts,
  putSignInEvent,
  type SignInEvent,
  takeBackAttempt,
} from '../../data-management/index.ts';
import type { Accounts } from './sign-in-policy.ts';

/** Where an attempt comes from. */
export interface Caller {
  readonly address: string;
}

/**
 * Counts an attempt against the account and the address it comes from, kept in the catalog so that a new start forgets
 * nothing, and alike for accounts that do not exist.
 * @returns when the way is free again, where there were too many attempts
 */
export async function countSignIn(accounts: Accounts, account: string, caller: Caller): Promise<string | undefined> {
  const { policy } = accounts;
  const byAddress = await count(accounts, addressSubject(caller));
  const byAccount = await count(accounts, account);
  const isLocked = byAddress.attempts > policy.attemptsPerAddress || byAccount.attempts > policy.attemptsPerAccount;
  if (!isLocked) return undefined;
  const isNew =
    byAddress.attempts === policy.attemptsPerAddress + 1 || byAccount.attempts === policy.attemptsPerAccount + 1;
  if (isNew) await noteSignIn(accounts, { kind: 'locked', means: 'password', caller });
  return byAddress.attempts > policy.attemptsPerAddress ? byAddress.windowEnds : byAccount.windowEnds;
}

/** Who proved who they are begins anew. */
export async function forgetSignIns(accounts: Accounts, account: string): Promise<void> {
  await forgetAttempts(accounts.catalog, account);
}

/** An attempt that was right does not count against the address: many people may share one. */
export async function takeBackSignIn(accounts: Accounts, caller: Caller): Promise<void> {
  await takeBackAttempt(accounts.catalog, addressSubject(caller));
}

/** Writes down what became of an attempt. */
export async function noteSignIn(
  accounts: Accounts,
  event: { kind: SignInEvent['kind']; means: string; caller: Caller; personId?: string },
): Promise<void> {
  const { kind, means, caller, personId } = event;
  await putSignInEvent(accounts.catalog, {
    time: utcSeconds(accounts.clock()),
    institution: accounts.institution.id,
    kind,
    means,
    address: caller.address,
    ...(personId ? { personId } : {}),
  });
}

/** What attempts against an account are counted under. */
export function accountSubject({ institution }: Accounts, signInName: string): string {
  return `account:${institution.id}:${signInName}`;
}

/** Whoever has an IPv6 address has 2^64 of them: they count as one. */
function addressSubject({ address }: Caller): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return `address:${address}`;
  const [head = '', tail = ''] = address.split('::');
  const [first, last] = [head.split(':'), tail === '' ? [] : tail.split(':')];
  const missing = address.includes('::') ? Array(Math.max(0, 8 - first.length - last.length)).fill('0') : [];
  return `address:${[...first, ...missing, ...last].slice(0, 4).join(':')}::/64`;
}

function count({ catalog, clock, policy }: Accounts, subject: string) {
  const now = clock();
  const ends = new Date(now.getTime() + policy.windowMinutes * 60_000);
  return countAttempt(catalog, subject, utcSeconds(now), utcSeconds(ends));
}
