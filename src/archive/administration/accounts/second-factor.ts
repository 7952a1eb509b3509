import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import { findTotp, putRecoveryCodes, putTotp, removeTotp, takeTotpStep } from '../../data-management/index.ts';
import type { Actor } from '../authorize.ts';
import { newRecoveryCodes, newTotpSecret, stepOfCode, totpAddress } from './one-time-codes.ts';
import { ownPerson } from './sign-in.ts';
import type { Accounts } from './sign-in-policy.ts';

/** A secret for the person's authenticator; it is asked for from when a first code was given. */
export interface TotpOffer {
  readonly secret: string;
  /** What the QR code says. */
  readonly address: string;
}

/**
 * Makes a secret for one-time codes.
 * @throws ArchiveError STATE_CONFLICT while codes are in use: they are ended first
 */
export async function offerTotp(accounts: Accounts, actor: Actor): Promise<TotpOffer> {
  const person = await ownPerson(accounts, actor);
  if ((await findTotp(accounts.catalog, person.id))?.confirmedAt)
    throw new ArchiveError('STATE_CONFLICT', 'One-time codes are in use already. End them first.');
  const secret = newTotpSecret();
  await putTotp(accounts.catalog, person.id, secret);
  return offerOf(accounts, secret, person.signInName);
}

/** The offer that waits for its first code. */
export async function openTotpOffer(accounts: Accounts, actor: Actor): Promise<TotpOffer | undefined> {
  const person = await ownPerson(accounts, actor);
  const totp = await findTotp(accounts.catalog, person.id);
  return totp && !totp.confirmedAt ? offerOf(accounts, totp.secret, person.signInName) : undefined;
}

/**
 * Takes the first code; from now on codes are asked for.
 * @returns recovery codes, shown this once, or undefined for a code that is wrong
 */
export async function acceptTotp(accounts: Accounts, actor: Actor, code: string): Promise<string[] | undefined> {
  const { catalog, clock } = accounts;
  const person = await ownPerson(accounts, actor);
  const totp = await findTotp(catalog, person.id);
  if (!totp || totp.confirmedAt) throw new ArchiveError('STATE_CONFLICT', 'No one-time codes are being set up.');
  const step = stepOfCode(totp.secret, code.replace(/\s/g, ''), clock());
  if (step === undefined || !(await takeTotpStep(catalog, person.id, step, utcSeconds(clock())))) return undefined;
  const codes = newRecoveryCodes();
  await putRecoveryCodes(catalog, person.id, codes);
  return codes;
}

/** Ends one-time codes and recovery codes. */
export async function endTotp(accounts: Accounts, actor: Actor): Promise<void> {
  const person = await ownPerson(accounts, actor);
  await removeTotp(accounts.catalog, person.id);
}

function offerOf({ institution }: Accounts, secret: string, name: string): TotpOffer {
  return { secret, address: totpAddress(secret, `Trajno ${institution.name}`.replaceAll(':', ' '), name) };
}
