import { randomBytes } from 'node:crypto';
import { utcSeconds } from '../../../base/index.ts';
import {
  findAccessToken,
  findPerson,
  type ListedToken,
  listAccessTokens,
  markTokenSeen,
  type Person,
  putAccessToken,
  removeAccessToken,
  removeEndedTokens,
  removeSignInEvents,
  removeTokensOf,
} from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import type { Action, Actor, Assurance, Role } from '../authorize.ts';
import { type Accounts, type SignInPolicy, usualSignInPolicy } from './sign-in-policy.ts';

/** How often the last use of a session is written down. */
const seenEverySeconds = 60;

/** Opens a session for a person; its secret is new, whatever the browser had before. */
export async function openPersonSession(
  accounts: Accounts,
  person: Pick<Person, 'id' | 'signInName'>,
  assurance: Assurance,
): Promise<string> {
  const { catalog, clock, policy, institution } = accounts;
  const now = clock();
  const secret = randomBytes(32).toString('base64url');
  await removeEndedTokens(catalog, utcSeconds(now));
  await removeSignInEvents(catalog, utcSeconds(new Date(now.getTime() - policy.eventDays * 86_400_000)));
  await putAccessToken(catalog, secret, {
    kind: 'session',
    institution: institution.id,
    actor: person.signInName,
    role: '',
    personId: person.id,
    createdAt: utcSeconds(now),
    lastSeenAt: utcSeconds(now),
    provedAt: utcSeconds(now),
    expiresAt: utcSeconds(new Date(now.getTime() + policy.sessionHours * 3_600_000)),
    assurance,
  });
  return secret;
}

/** Who holds this secret; nobody once a session was not used for long, or its person's account is closed. */
export async function authenticate(
  holdings: Holdings,
  secret: string,
  kind: 'api' | 'session',
  policy: SignInPolicy = usualSignInPolicy,
): Promise<Actor | undefined> {
  const { catalog, clock } = holdings;
  const now = clock();
  const token = await findAccessToken(catalog, secret, kind, utcSeconds(now));
  if (!token) return undefined;
  const { actor: name, institution, scopes } = token;
  if (token.personId === undefined)
    return {
      name,
      institution,
      roles: token.role.split(',') as Role[],
      ...(scopes ? { scopes: scopes as Action[] } : {}),
    };
  const idle = (now.getTime() - Date.parse(token.lastSeenAt ?? token.createdAt)) / 1000;
  if (idle > policy.idleMinutes * 60) {
    await removeAccessToken(catalog, secret);
    return undefined;
  }
  const person = await findPerson(catalog, institution, token.personId);
  if (person?.state !== 'active') return undefined;
  if (idle > seenEverySeconds) await markTokenSeen(catalog, token.id, utcSeconds(now));
  return personActor(person, token);
}

function personActor(person: Person, { assurance, provedAt }: ListedToken): Actor {
  return {
    name: person.signInName,
    institution: person.institution,
    roles: person.roles as Role[],
    person: person.id,
    assurance: assurance === 'high' ? 'high' : 'basic',
    ...(provedAt ? { provedAt } : {}),
  };
}

/** A person's open sessions, newest first. */
export async function sessionsOf(holdings: Holdings, actor: Actor & { person: string }): Promise<ListedToken[]> {
  return listAccessTokens(
    holdings.catalog,
    { institution: actor.institution, kind: 'session', personId: actor.person },
    utcSeconds(holdings.clock()),
  );
}

/** Ends every session of a person; whoever does it is signed out too. */
export async function closeAllSessions({ catalog }: Holdings, personId: string): Promise<void> {
  await removeTokensOf(catalog, personId, ['session', 'pending', 'challenge']);
}
