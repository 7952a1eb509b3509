import { randomBytes } from 'node:crypto';
import { utcSeconds } from '../../base/index.ts';
import {
  type AccessToken,
  countAccessTokens,
  findAccessToken,
  putAccessToken,
  removeAccessToken,
} from '../data-management/index.ts';
import { type Holdings, journal } from '../packaging/index.ts';
import type { Actor, Role } from './authorize.ts';

const linkMinutes = 60;
const sessionHours = 12;

/** Issues a bearer token. Its grant is an entry of the journal, the token itself is kept nowhere. */
export async function issueApiToken(holdings: Holdings, name: string, role: Role): Promise<string> {
  const secret = `trajno_${randomBytes(24).toString('base64url')}`;
  const createdAt = utcSeconds(holdings.clock());
  const { id } = holdings.institution;
  await journal(
    holdings,
    { time: createdAt, institution: id, type: 'token.issued', actor: name, detail: { role } },
    (transaction) =>
      putAccessToken(transaction, secret, { kind: 'api', institution: id, actor: name, role, createdAt }),
  );
  return secret;
}

/** Issues a secret that opens one session within the hour. */
export async function issueLink(holdings: Holdings, name: string, role: Role): Promise<string> {
  return issue(holdings, 'link', name, role, linkMinutes * 60);
}

/** Exchanges a link's secret for a session, once. @returns the session's secret, or undefined for a link that is spent or old */
export async function openSession(holdings: Holdings, linkSecret: string): Promise<string | undefined> {
  const link = await findAccessToken(holdings.catalog, linkSecret, 'link', utcSeconds(holdings.clock()));
  if (!link || !(await removeAccessToken(holdings.catalog, linkSecret))) return undefined;
  return issue(holdings, 'session', link.actor, link.role, sessionHours * 3600);
}

export async function closeSession(holdings: Holdings, secret: string): Promise<void> {
  await removeAccessToken(holdings.catalog, secret);
}

/** Who holds this secret. */
export async function authenticate(
  holdings: Holdings,
  secret: string,
  kind: 'api' | 'session',
): Promise<Actor | undefined> {
  const token = await findAccessToken(holdings.catalog, secret, kind, utcSeconds(holdings.clock()));
  return token && { name: token.actor, institution: token.institution, role: token.role as Role };
}

/** At the first start, the bootstrap token; at every start, a link for the operator's browser. */
export async function issueFirstToken(holdings: Holdings): Promise<string | undefined> {
  if ((await countAccessTokens(holdings.catalog, 'api')) > 0) return undefined;
  return issueApiToken(holdings, 'bootstrap', 'administrator');
}

async function issue(
  holdings: Holdings,
  kind: AccessToken['kind'],
  actor: string,
  role: string,
  seconds: number,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const now = holdings.clock();
  await putAccessToken(holdings.catalog, secret, {
    kind,
    institution: holdings.institution.id,
    actor,
    role,
    createdAt: utcSeconds(now),
    expiresAt: utcSeconds(new Date(now.getTime() + seconds * 1000)),
  });
  return secret;
}
