import { randomBytes } from 'node:crypto';
import { ArchiveError, utcSeconds } from '../../base/index.ts';
import {
  type AccessToken,
  countAccessTokens,
  findAccessToken,
  type ListedToken,
  listAccessTokens,
  putAccessToken,
  removeAccessToken,
  removeTokenById,
} from '../data-management/index.ts';
import { commitToJournal, type Holdings, journal } from '../packaging/index.ts';
import { type Action, type Actor, authorize, type Role, requireWithinOwnPowers } from './authorize.ts';

const linkMinutes = 60;
const sessionHours = 12;

/** Issues a bearer token. Its grant is an entry of the journal, the token itself is kept nowhere. */
export async function issueApiToken(
  holdings: Holdings,
  name: string,
  role: Role,
  scopes?: readonly Action[],
  by?: Actor,
): Promise<string> {
  if (by) requireWithinOwnPowers(by, [role], scopes);
  const secret = `trajno_${randomBytes(24).toString('base64url')}`;
  const createdAt = utcSeconds(holdings.clock());
  const { id } = holdings.institution;
  const limited = scopes ? { scopes } : {};
  await journal(
    holdings,
    {
      time: createdAt,
      institution: id,
      type: 'token.issued',
      actor: name,
      detail: { role, ...limited, ...(by ? { by: by.name } : {}) },
    },
    (transaction) =>
      putAccessToken(transaction, secret, { kind: 'api', institution: id, actor: name, role, createdAt, ...limited }),
  );
  return secret;
}

/** The tokens of programs, newest first. */
export async function listApiTokens(holdings: Holdings, actor: Actor): Promise<ListedToken[]> {
  authorize(actor, 'token.revoke');
  const { institution } = actor;
  return listAccessTokens(holdings.catalog, { institution, kind: 'api' }, utcSeconds(holdings.clock()));
}

/** Makes a program's token worthless. @throws ArchiveError TOKEN_UNKNOWN */
export async function revokeApiToken(holdings: Holdings, actor: Actor, id: string): Promise<void> {
  const token = (await listApiTokens(holdings, actor)).find((each) => each.id === id);
  if (!token) throw new ArchiveError('TOKEN_UNKNOWN', 'There is no such token.');
  requireWithinOwnPowers(actor, token.role.split(',') as Role[], token.scopes as Action[] | undefined);
  await commitToJournal(holdings, {
    entries: async () => [
      {
        time: utcSeconds(holdings.clock()),
        institution: actor.institution,
        type: 'token.revoked',
        subject: `token:${id.slice(0, 16)}`,
        actor: actor.name,
        detail: { name: token.actor, role: token.role },
      },
    ],
    project: async (transaction) => {
      await removeTokenById(transaction, id);
    },
  });
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

/** At the first start, the bootstrap token. */
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
