import { sha256Hex } from '../../base/index.ts';
import type { Connection } from './catalog.ts';

/** The key that a person's authenticator holds the other half of. */
export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
}

/** The secret of one-time codes; in use once a code by it was given. */
export interface TotpSecret {
  readonly secret: string;
  readonly confirmedAt?: string;
  /** The time step of the last code that was taken: none is taken twice. */
  readonly lastStep: number;
}

export async function findPasswordHash(connection: Connection, personId: string): Promise<string | undefined> {
  const row = await connection('passwords').where({ person_id: personId }).first('hash');
  return row?.hash;
}

export async function putPasswordHash(
  connection: Connection,
  personId: string,
  hash: string,
  now: string,
): Promise<void> {
  await connection('passwords').insert({ person_id: personId, hash, changed_at: now }).onConflict('person_id').merge();
}

export async function findTotp(connection: Connection, personId: string): Promise<TotpSecret | undefined> {
  const row = await connection('totp_secrets').where({ person_id: personId }).first();
  if (!row) return undefined;
  return {
    secret: row.secret,
    lastStep: Number(row.last_step),
    ...(row.confirmed_at ? { confirmedAt: row.confirmed_at } : {}),
  };
}

export async function putTotp(connection: Connection, personId: string, secret: string): Promise<void> {
  await connection('totp_secrets')
    .insert({ person_id: personId, secret, confirmed_at: null, last_step: 0 })
    .onConflict('person_id')
    .merge();
}

/** Takes a step once. @returns false when it, or a later one, was taken before */
export async function takeTotpStep(
  connection: Connection,
  personId: string,
  step: number,
  now: string,
): Promise<boolean> {
  const taken = await connection('totp_secrets')
    .where({ person_id: personId })
    .andWhere('last_step', '<', step)
    .update({ last_step: step, confirmed_at: connection.raw('COALESCE(confirmed_at, ?)', [now]) });
  return taken === 1;
}

export async function removeTotp(connection: Connection, personId: string): Promise<void> {
  await connection('totp_secrets').where({ person_id: personId }).delete();
  await connection('recovery_codes').where({ person_id: personId }).delete();
}

/** Codes for the day when the telephone is lost, in the place of those before. */
export async function putRecoveryCodes(
  connection: Connection,
  personId: string,
  codes: readonly string[],
): Promise<void> {
  await connection('recovery_codes').where({ person_id: personId }).delete();
  await connection('recovery_codes').insert(
    codes.map((code) => ({ person_id: personId, code_sha256: sha256Hex(code) })),
  );
}

/** Spends a recovery code. @returns whether it was one */
export async function takeRecoveryCode(connection: Connection, personId: string, code: string): Promise<boolean> {
  return (
    (await connection('recovery_codes')
      .where({ person_id: personId, code_sha256: sha256Hex(code) })
      .delete()) === 1
  );
}

export async function putPasskey(connection: Connection, passkey: Passkey): Promise<void> {
  await connection('passkeys').insert({
    id: passkey.id,
    person_id: passkey.personId,
    name: passkey.name,
    public_key: passkey.publicKey,
    counter: passkey.counter,
    created_at: passkey.createdAt,
  });
}

export async function listPasskeys(connection: Connection, personId: string): Promise<Passkey[]> {
  return (await connection('passkeys').where({ person_id: personId }).orderBy('created_at')).map(passkeyOf);
}

export async function findPasskey(connection: Connection, id: string): Promise<Passkey | undefined> {
  const row = await connection('passkeys').where({ id }).first();
  return row && passkeyOf(row);
}

export async function markPasskeyUsed(connection: Connection, id: string, counter: number, now: string): Promise<void> {
  await connection('passkeys').where({ id }).update({ counter, last_used_at: now });
}

export async function removePasskey(connection: Connection, personId: string, id: string): Promise<void> {
  await connection('passkeys').where({ person_id: personId, id }).delete();
}

/** Who an identity provider's subject is here. */
export async function findIdentity(
  connection: Connection,
  issuer: string,
  subject: string,
): Promise<string | undefined> {
  const row = await connection('identities').where({ issuer, subject }).first('person_id');
  return row?.person_id;
}

/** @returns false when that subject is someone's already */
export async function putIdentity(
  connection: Connection,
  identity: { readonly issuer: string; readonly subject: string; readonly personId: string; readonly linkedAt: string },
): Promise<boolean> {
  const { issuer, subject, personId, linkedAt } = identity;
  await connection('identities')
    .insert({ issuer, subject, person_id: personId, linked_at: linkedAt })
    .onConflict(['issuer', 'subject'])
    .ignore();
  return (await findIdentity(connection, issuer, subject)) === personId;
}

function passkeyOf(row: Record<string, string | number>): Passkey {
  return {
    id: String(row.id),
    personId: String(row.person_id),
    name: String(row.name),
    publicKey: String(row.public_key),
    counter: Number(row.counter),
    createdAt: String(row.created_at),
    ...(row.last_used_at ? { lastUsedAt: String(row.last_used_at) } : {}),
  };
}
