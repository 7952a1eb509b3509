import { randomBytes } from 'node:crypto';
import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  findAccessToken,
  findPerson,
  type Person,
  putAccessToken,
  putPasswordHash,
  removeAccessToken,
  removeTokensOf,
} from '../../data-management/index.ts';
import { type Actor, authorize, type Role, requireWithinOwnPowers } from '../authorize.ts';
import { enterPerson, lacksAdministrator, personOf } from '../people.ts';
import { checkNewPassword, hashPassword } from './passwords.ts';
import { closeAllSessions } from './sessions.ts';
import type { Accounts } from './sign-in-policy.ts';

const foundingMinutes = 60;

/** What a link invites to: to set a password for an account, or to make the first administrator. */
export type Invitation = { readonly to: 'set-password'; readonly person: Person } | { readonly to: 'found' };

/** A secret by which a person sets a password, once. One that was issued before is worth nothing from now on. */
export async function invitePerson(accounts: Accounts, actor: Actor, personId: string): Promise<string> {
  authorize(actor, 'person.change');
  const person = await personOf(accounts, actor, personId);
  if (person.state !== 'active') throw new ArchiveError('STATE_CONFLICT', 'This account is closed.');
  requireWithinOwnPowers(actor, person.roles as Role[]);
  await removeTokensOf(accounts.catalog, person.id, ['invitation']);
  return putInvitation(accounts, accounts.policy.invitationHours * 60, person);
}

/** A secret by which whoever started the program makes the first administrator, once, within the hour. */
export async function inviteFounder(accounts: Accounts): Promise<string> {
  return putInvitation(accounts, foundingMinutes);
}

/** What a link's secret invites to; undefined for one that is spent, old, or no invitation. */
export async function findInvitation(accounts: Accounts, secret: string): Promise<Invitation | undefined> {
  const { catalog, clock } = accounts;
  const token = await findAccessToken(catalog, secret, 'invitation', utcSeconds(clock()));
  if (!token) return undefined;
  if (token.personId === undefined) return (await lacksAdministrator(accounts)) ? { to: 'found' } : undefined;
  const person = await findPerson(catalog, token.institution, token.personId);
  return person?.state === 'active' ? { to: 'set-password', person } : undefined;
}

/** What whoever was invited chose. */
export interface Acceptance {
  readonly password: string;
  /** Where the first administrator is made. */
  readonly signInName?: string;
  readonly displayName?: string;
}

/**
 * Spends an invitation: sets the password and ends the sessions that there are, or makes the first administrator.
 * @throws ArchiveError NOT_AUTHENTICATED for a link that is spent or old | PASSWORD_REFUSED | REQUEST_MALFORMED
 */
export async function acceptInvitation(accounts: Accounts, secret: string, chosen: Acceptance): Promise<Person> {
  const invitation = await findInvitation(accounts, secret);
  if (!invitation) throw spent();
  const names =
    invitation.to === 'found'
      ? [chosen.signInName ?? '', chosen.displayName ?? '']
      : [invitation.person.signInName, invitation.person.displayName];
  await checkNewPassword(accounts.policy, chosen.password, names);
  const hash = await hashPassword(accounts.policy, chosen.password);
  if (!(await removeAccessToken(accounts.catalog, secret))) throw spent();
  const person = invitation.to === 'found' ? await found(accounts, secret, chosen) : invitation.person;
  await putPasswordHash(accounts.catalog, person.id, hash, utcSeconds(accounts.clock()));
  await closeAllSessions(accounts, person.id);
  return person;
}

/** A name that cannot be used does not cost the link. */
async function found(accounts: Accounts, secret: string, chosen: Acceptance): Promise<Person> {
  const { signInName = '', displayName = '' } = chosen;
  try {
    return await enterPerson(accounts, 'operator', { signInName, displayName, roles: ['administrator'] });
  } catch (error) {
    await putInvitation(accounts, foundingMinutes, undefined, secret);
    throw error;
  }
}

async function putInvitation(
  { catalog, clock, institution }: Accounts,
  minutes: number,
  person?: Person,
  secret = randomBytes(32).toString('base64url'),
): Promise<string> {
  const now = clock();
  await putAccessToken(catalog, secret, {
    kind: 'invitation',
    institution: institution.id,
    actor: person?.signInName ?? 'operator',
    role: '',
    ...(person ? { personId: person.id } : {}),
    createdAt: utcSeconds(now),
    expiresAt: utcSeconds(new Date(now.getTime() + minutes * 60_000)),
  });
  return secret;
}

function spent(): ArchiveError {
  return new ArchiveError('NOT_AUTHENTICATED', 'This link was used already, or has ended. Ask for a new one.');
}
