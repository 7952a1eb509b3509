import { sha256Hex } from '../../base/index.ts';
import type { Connection } from './catalog.ts';

/** A secret's holder. `api`: a bearer token; `link`: opens a session once; `session`: a browser's cookie. */
export interface AccessToken {
  readonly kind: 'api' | 'link' | 'session';
  readonly institution: string;
  readonly actor: string;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
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
  });
}

/** Who holds this secret, if it is of that kind and has not ended by `now`. */
export async function findAccessToken(
  connection: Connection,
  secret: string,
  kind: AccessToken['kind'],
  now: string,
): Promise<AccessToken | undefined> {
  const row = await connection('access_tokens')
    .where({ token_sha256: sha256Hex(secret), kind })
    .first();
  if (!row || (row.expires_at && row.expires_at <= now)) return undefined;
  return {
    kind: row.kind,
    institution: row.institution_id,
    actor: row.actor,
    role: row.role,
    createdAt: row.created_at,
    ...(row.expires_at ? { expiresAt: row.expires_at } : {}),
  };
}

/** Makes a secret worthless. @returns whether it was worth something: of two who use a link at once, one gets true */
export async function removeAccessToken(connection: Connection, secret: string): Promise<boolean> {
  return (
    (await connection('access_tokens')
      .where({ token_sha256: sha256Hex(secret) })
      .delete()) === 1
  );
}

export async function countAccessTokens(connection: Connection, kind: AccessToken['kind']): Promise<number> {
  const row = await connection('access_tokens').where({ kind }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}
