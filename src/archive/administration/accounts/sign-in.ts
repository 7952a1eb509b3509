import { randomBytes } from 'node:crypto';
import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  findAccessToken,
  findPasswordHash,
  findPerson,
  findPersonByName,
  findTotp,
  type Person,
  putAccessToken,
  putPasswordHash,
  removeAccessToken,
  takeRecoveryCode,
  takeTotpStep,
} from '../../data-management/index.ts';
import type { Actor, Assurance } from '../authorize.ts';
import { keptSignInName, personOf } from '../people.ts';
import { accountSubject, type Caller, countSignIn, forgetSignIns, noteSignIn, takeBackSignIn } from './limits.ts';
import { keptRecoveryCode, stepOfCode } from './one-time-codes.ts';
import { checkNewPassword, hashPassword, isOutdated, isPassword } from './passwords.ts';
import { closeAllSessions, openPersonSession } from './sessions.ts';
import type { Accounts } from './sign-in-policy.ts';

/** What became of an attempt to come in. `refused` does not say whether it was the name or the secret. */
export type SignInOutcome =
  | { readonly kind: 'session'; readonly secret: string }
  | { readonly kind: 'second-factor'; readonly secret: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'locked'; readonly until: string };

const pendingMinutes = 5;

/** By name and password. Takes as long for a name that nobody has. */
export async function signInByPassword(
  accounts: Accounts,
  caller: Caller,
  typedName: string,
  password: string,
): Promise<SignInOutcome> {
  const { catalog, institution, policy } = accounts;
  const signInName = keptSignInName(typedName).slice(0, 200);
  const subject = accountSubject(accounts, signInName);
  const until = await countSignIn(accounts, subject, caller);
  if (until) return { kind: 'locked', until };
  const person = await findPersonByName(catalog, institution.id, signInName);
  const kept = person?.state === 'active' ? await findPasswordHash(catalog, person.id) : undefined;
  if (!(await isPassword(policy, password, kept)) || !person || !kept) {
    await noteSignIn(accounts, {
      kind: 'failed',
      means: 'password',
      caller,
      ...(person ? { personId: person.id } : {}),
    });
    return { kind: 'refused' };
  }
  await takeBackSignIn(accounts, caller);
  if (isOutdated(policy, kept)) await setHash(accounts, person.id, password);
  if (await hasTotp(accounts, person.id))
    return { kind: 'second-factor', secret: await askSecondFactor(accounts, person) };
  return openFor(accounts, caller, person, 'basic', 'password');
}

/** The second of two factors: a one-time code, or a recovery code. */
export async function signInByCode(
  accounts: Accounts,
  caller: Caller,
  pendingSecret: string,
  code: string,
): Promise<SignInOutcome> {
  const { catalog, clock } = accounts;
  const pending = await findAccessToken(catalog, pendingSecret, 'pending', utcSeconds(clock()));
  const person = pending?.personId && (await findPerson(catalog, pending.institution, pending.personId));
  if (!person || person.state === 'closed') return { kind: 'refused' };
  const until = await countSignIn(accounts, accountSubject(accounts, person.signInName), caller);
  if (until) return { kind: 'locked', until };
  const means = await takeCode(accounts, person.id, code);
  if (!means) {
    await noteSignIn(accounts, { kind: 'failed', means: 'code', caller, personId: person.id });
    return { kind: 'second-factor', secret: pendingSecret };
  }
  await takeBackSignIn(accounts, caller);
  if (!(await removeAccessToken(catalog, pendingSecret))) return { kind: 'refused' };
  return openFor(accounts, caller, person, 'high', means);
}

/** Opens a session for a person who proved who they are, and forgets their failures. */
export async function openFor(
  accounts: Accounts,
  caller: Caller,
  person: Person,
  assurance: Assurance,
  means: string,
): Promise<SignInOutcome & { kind: 'session' }> {
  await forgetSignIns(accounts, accountSubject(accounts, person.signInName));
  await noteSignIn(accounts, { kind: 'entered', means, caller, personId: person.id });
  return { kind: 'session', secret: await openPersonSession(accounts, person, assurance) };
}

/** What a person who is signed in types to confirm that it is them. */
export interface Confirmation {
  readonly password: string;
  /** Where one-time codes are set up. */
  readonly code?: string;
}

/**
 * Confirms that the person is still who signed in, and takes the old session's place with a new one.
 * @returns a session, or what the attempt came to
 */
export async function confirmPerson(
  accounts: Accounts,
  caller: Caller,
  actor: Actor,
  { password, code = '' }: Confirmation,
): Promise<SignInOutcome> {
  const person = await ownPerson(accounts, actor);
  const until = await countSignIn(accounts, accountSubject(accounts, person.signInName), caller);
  if (until) return { kind: 'locked', until };
  const hasCode = await hasTotp(accounts, person.id);
  const isRight = await isPassword(accounts.policy, password, await findPasswordHash(accounts.catalog, person.id));
  if (!isRight || (hasCode && !(await takeCode(accounts, person.id, code)))) {
    await noteSignIn(accounts, { kind: 'failed', means: 'confirmation', caller, personId: person.id });
    return { kind: 'refused' };
  }
  await takeBackSignIn(accounts, caller);
  return openFor(accounts, caller, person, hasCode ? 'high' : 'basic', 'confirmation');
}

/**
 * Changes the own password; every session of the person ends, and a new one is opened.
 * @throws ArchiveError PASSWORD_REFUSED
 */
export async function changePassword(
  accounts: Accounts,
  caller: Caller,
  actor: Actor,
  { old, wanted }: { readonly old: string; readonly wanted: string },
): Promise<SignInOutcome> {
  const person = await ownPerson(accounts, actor);
  await checkNewPassword(accounts.policy, wanted, [person.signInName, person.displayName]);
  const until = await countSignIn(accounts, accountSubject(accounts, person.signInName), caller);
  if (until) return { kind: 'locked', until };
  if (!(await isPassword(accounts.policy, old, await findPasswordHash(accounts.catalog, person.id)))) {
    await noteSignIn(accounts, { kind: 'failed', means: 'password', caller, personId: person.id });
    return { kind: 'refused' };
  }
  await takeBackSignIn(accounts, caller);
  await setHash(accounts, person.id, wanted);
  await closeAllSessions(accounts, person.id);
  return openFor(accounts, caller, person, actor.assurance ?? 'basic', 'password');
}

/** The person who asks. @throws ArchiveError NOT_AUTHORIZED where a program asks, which has no account */
export async function ownPerson(accounts: Accounts, actor: Actor): Promise<Person> {
  if (actor.person === undefined)
    throw new ArchiveError('NOT_AUTHORIZED', 'Only a person has an account. You came in by a link or a token.');
  return personOf(accounts, actor, actor.person);
}

/** Whether one-time codes are asked of this person. */
export async function hasTotp({ catalog }: Accounts, personId: string): Promise<boolean> {
  return (await findTotp(catalog, personId))?.confirmedAt !== undefined;
}

/** Takes a code, once. @returns what kind it was, or undefined where it is none of this person's */
async function takeCode(accounts: Accounts, personId: string, typed: string): Promise<string | undefined> {
  const { catalog, clock } = accounts;
  const totp = await findTotp(catalog, personId);
  if (!totp) return undefined;
  const now = clock();
  const step = stepOfCode(totp.secret, typed.replace(/\s/g, ''), now);
  if (step !== undefined) return (await takeTotpStep(catalog, personId, step, utcSeconds(now))) ? 'code' : undefined;
  return (await takeRecoveryCode(catalog, personId, keptRecoveryCode(typed))) ? 'recovery-code' : undefined;
}

async function askSecondFactor({ catalog, clock, institution }: Accounts, person: Person): Promise<string> {
  const now = clock();
  const secret = randomBytes(32).toString('base64url');
  await putAccessToken(catalog, secret, {
    kind: 'pending',
    institution: institution.id,
    actor: person.signInName,
    role: '',
    personId: person.id,
    createdAt: utcSeconds(now),
    expiresAt: utcSeconds(new Date(now.getTime() + pendingMinutes * 60_000)),
  });
  return secret;
}

async function setHash({ catalog, clock, policy }: Accounts, personId: string, password: string): Promise<void> {
  await putPasswordHash(catalog, personId, await hashPassword(policy, password), utcSeconds(clock()));
}
