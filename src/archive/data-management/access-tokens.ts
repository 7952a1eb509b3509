import { sha256Hex } from '../../base/index.ts';
import type { Connection } from './catalog.ts';

/**
 * A secret's holder. `api`: a bearer token; `link`: opens a session once; `session`: a browser's cookie; `invitation`:
 * lets a person set a password once, or makes the first administrator; `pending`: the first of two factors was given;
 * `challenge`: what a passkey must sign, or what an identity provider must answer to.
 */
export interface AccessToken {
  readonly kind: 'api' | 'link' | 'session' | 'invitation' | 'pending' | 'challenge';
  readonly institution: string;
  readonly actor: string;
  /** Roles, parted by commas; a person's are read from the person. */
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly personId?: string;
  /** Actions to which a token is limited. */
  readonly scopes?: readonly string[];
  readonly lastSeenAt?: string;
  /** When the holder last proved who it is, and how surely. */
  readonly provedAt?: string;
  readonly assurance?: string;
  /** What else belongs to it, as JSON. */
  readonly detail?: string;
}

/** A token as lists show it: `id` names it, and is worth nothing. */
export interface ListedToken extends AccessToken {
  readonly id: string;
}

/** Keeps the digest of a secret, never the secret. */
export async function putAccessToken(connection: Connection, secret: string, token: AccessToken): Promise<void> {
  await connection('access_tokens').insert({
    token_sha256: sha256Hex(secret),
    kind: token.kind,
    institution_id: token.institution,
    actor: token.actor,
    role: token.role,
    created_at: token.createdAt,
    expires_at: token.expiresAt ?? null,
    person_id: token.personId ?? null,
    scopes: token.scopes ? JSON.stringify(token.scopes) : null,
    last_seen_at: token.lastSeenAt ?? null,
    proved_at: token.provedAt ?? null,
    assurance: token.assurance ?? null,
    detail: token.detail ?? null,
  });
}

/** Who holds this secret, if it is of that kind and has not ended by `now`. */
export async function findAccessToken(
  connection: Connection,
  secret: string,
  kind: AccessToken['kind'],
  now: string,
): Promise<ListedToken | undefined> {
  const row = await connection('access_tokens')
    .where({ token_sha256: sha256Hex(secret), kind })
    .first();
  return row && !(row.expires_at && row.expires_at <= now) ? tokenOf(row) : undefined;
}

/** Notes that a session was used. */
export async function markTokenSeen(connection: Connection, id: string, now: string): Promise<void> {
  await connection('access_tokens').where({ token_sha256: id }).update({ last_seen_at: now });
}

/** Tokens of a kind that have not ended, newest first. */
export async function listAccessTokens(
  connection: Connection,
  where: { readonly institution: string; readonly kind: AccessToken['kind']; readonly personId?: string },
  now: string,
): Promise<ListedToken[]> {
  const rows = await connection('access_tokens')
    .where({
      institution_id: where.institution,
      kind: where.kind,
      ...(where.personId ? { person_id: where.personId } : {}),
    })
    .andWhere((either) => either.whereNull('expires_at').orWhere('expires_at', '>', now))
    .orderBy('created_at', 'desc')
    .limit(1000);
  return rows.map(tokenOf);
}

/** Makes a secret worthless. @returns whether it was worth something: of two who use a link at once, one gets true */
export async function removeAccessToken(connection: Connection, secret: string): Promise<boolean> {
  return removeTokenById(connection, sha256Hex(secret));
}

/** The same by the token's id. */
export async function removeTokenById(connection: Connection, id: string): Promise<boolean> {
  return (await connection('access_tokens').where({ token_sha256: id }).delete()) === 1;
}

/** Ends everything of these kinds that a person holds. @param except the id of one that stays */
export async function removeTokensOf(
  connection: Connection,
  personId: string,
  kinds: readonly AccessToken['kind'][],
  except = '',
): Promise<void> {
  await connection('access_tokens')
    .where({ person_id: personId })
    .whereIn('kind', [...kinds])
    .whereNot({ token_sha256: except })
    .delete();
}

/** Forgets what has ended. */
export async function removeEndedTokens(connection: Connection, now: string): Promise<void> {
  await connection('access_tokens').where('expires_at', '<=', now).delete();
}

export async function countAccessTokens(connection: Connection, kind: AccessToken['kind']): Promise<number> {
  const row = await connection('access_tokens').where({ kind }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

function tokenOf(row: Record<string, string | null>): ListedToken {
  const given = (name: string, value: string | null | undefined) => (value ? { [name]: value } : {});
  return {
    id: String(row.token_sha256),
    kind: row.kind as AccessToken['kind'],
    institution: String(row.institution_id),
    actor: String(row.actor),
    role: String(row.role),
    createdAt: String(row.created_at),
    ...given('expiresAt', row.expires_at),
    ...given('personId', row.person_id),
    ...(row.scopes ? { scopes: JSON.parse(row.scopes) } : {}),
    ...given('lastSeenAt', row.last_seen_at),
    ...given('provedAt', row.proved_at),
    ...given('assurance', row.assurance),
    ...given('detail', row.detail),
  };
}
