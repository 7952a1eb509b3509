import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  findAccessToken,
  findPasskey,
  findPerson,
  listPasskeys,
  markPasskeyUsed,
  putAccessToken,
  putPasskey,
  removeAccessToken,
  removePasskey,
} from '../../data-management/index.ts';
import type { Actor } from '../authorize.ts';
import { type Caller, noteSignIn } from './limits.ts';
import { openFor, ownPerson, type SignInOutcome } from './sign-in.ts';
import type { Accounts } from './sign-in-policy.ts';

/** Who asks for the key: the origin people type, whose host keys are bound to (WebAuthn 5.1.2, RP ID). */
export interface RelyingParty {
  readonly origin: string;
}

/** Loaded with the first passkey: it takes longer than all else at the start of a command. */
const webauthn = () => import('@simplewebauthn/server');

const challengeMinutes = 5;
const mostPasskeys = 20;

/** What the browser is asked when a key is added. */
export async function passkeyOffer(accounts: Accounts, actor: Actor, { origin }: RelyingParty): Promise<object> {
  const person = await ownPerson(accounts, actor);
  const known = await listPasskeys(accounts.catalog, person.id);
  if (known.length >= mostPasskeys)
    throw new ArchiveError('STATE_CONFLICT', 'Remove a passkey that you no longer use.');
  const options = await (await webauthn()).generateRegistrationOptions({
    rpName: 'Trajno',
    rpID: new URL(origin).hostname,
    userName: person.signInName,
    userDisplayName: person.displayName,
    userID: Uint8Array.from(Buffer.from(person.id)),
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await putChallenge(accounts, options.challenge, 'register', person.id);
  return options;
}

/**
 * Keeps a new key (WebAuthn 7.1).
 * @throws ArchiveError PASSKEY_REFUSED
 */
export async function addPasskey(
  accounts: Accounts,
  actor: Actor,
  { origin }: RelyingParty,
  sent: { readonly name: string; readonly response: unknown },
): Promise<void> {
  const person = await ownPerson(accounts, actor);
  const { verifyRegistrationResponse } = await webauthn();
  const verification = await refusing(() =>
    verifyRegistrationResponse({
      response: sent.response as RegistrationResponseJSON,
      expectedChallenge: (challenge) => takeChallenge(accounts, challenge, 'register', person.id),
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
    }),
  );
  if (!verification.verified || !verification.registrationInfo) throw refusal();
  const { id, publicKey, counter } = verification.registrationInfo.credential;
  if (await findPasskey(accounts.catalog, id)) throw refusal();
  await putPasskey(accounts.catalog, {
    id,
    personId: person.id,
    name:
      sent.name
        .normalize('NFC')
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, 100) || 'passkey',
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    createdAt: utcSeconds(accounts.clock()),
  });
}

/** Takes one of the person's own keys away. */
export async function dropPasskey(accounts: Accounts, actor: Actor, id: string): Promise<void> {
  const person = await ownPerson(accounts, actor);
  await removePasskey(accounts.catalog, person.id, id);
}

/** What the browser is asked when someone comes in by a key, whoever it is: it knows whose keys it has. */
export async function passkeyRequest(accounts: Accounts, { origin }: RelyingParty): Promise<object> {
  const options = await (await webauthn()).generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    userVerification: 'required',
  });
  await putChallenge(accounts, options.challenge, 'sign-in');
  return options;
}

/**
 * Comes in by a key that checked its user (WebAuthn 7.2): two factors in one. A session that there was is replaced.
 * @param as the person that must be the key's, where someone signed in confirms that it is them
 * @throws ArchiveError PASSKEY_REFUSED
 */
export async function signInByPasskey(
  accounts: Accounts,
  caller: Caller,
  { origin }: RelyingParty,
  response: unknown,
  as?: string,
): Promise<SignInOutcome> {
  const { catalog, institution, clock } = accounts;
  const sent = response as AuthenticationResponseJSON;
  const known = typeof sent?.id === 'string' ? await findPasskey(catalog, sent.id.slice(0, 1400)) : undefined;
  const person = known && (await findPerson(catalog, institution.id, known.personId));
  try {
    if (!known || person?.state !== 'active' || (as !== undefined && as !== person.id)) throw refusal();
    const { verifyAuthenticationResponse } = await webauthn();
    const verification = await refusing(() =>
      verifyAuthenticationResponse({
        response: sent,
        expectedChallenge: (challenge) => takeChallenge(accounts, challenge, 'sign-in'),
        expectedOrigin: origin,
        expectedRPID: new URL(origin).hostname,
        credential: {
          id: known.id,
          publicKey: Uint8Array.from(Buffer.from(known.publicKey, 'base64url')),
          counter: known.counter,
        },
        requireUserVerification: true,
      }),
    );
    if (!verification.verified) throw refusal();
    await markPasskeyUsed(catalog, known.id, verification.authenticationInfo.newCounter, utcSeconds(clock()));
    return await openFor(accounts, caller, person, 'high', 'passkey');
  } catch (error) {
    if (error instanceof ArchiveError)
      await noteSignIn(accounts, {
        kind: 'failed',
        means: 'passkey',
        caller,
        ...(person ? { personId: person.id } : {}),
      });
    throw error;
  }
}

/** The library throws plain errors for whatever does not fit: each is a refusal of what was sent. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw refusal(cause);
  }
}

function refusal(cause?: unknown): ArchiveError {
  return new ArchiveError('PASSKEY_REFUSED', 'This passkey cannot be used here. Try again, or use your password.', {
    cause,
  });
}

async function putChallenge(accounts: Accounts, challenge: string, purpose: string, personId?: string): Promise<void> {
  const now = accounts.clock();
  await putAccessToken(accounts.catalog, challenge, {
    kind: 'challenge',
    institution: accounts.institution.id,
    actor: purpose,
    role: '',
    ...(personId ? { personId } : {}),
    createdAt: utcSeconds(now),
    expiresAt: utcSeconds(new Date(now.getTime() + challengeMinutes * 60_000)),
  });
}

/** Whether a challenge is ours, for this, and not used yet; it is used from now on. */
async function takeChallenge(
  { catalog, clock }: Accounts,
  challenge: string,
  purpose: string,
  personId?: string,
): Promise<boolean> {
  const found = await findAccessToken(catalog, challenge, 'challenge', utcSeconds(clock()));
  return found?.actor === purpose && found.personId === personId && (await removeAccessToken(catalog, challenge));
}
