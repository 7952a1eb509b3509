import { randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  findAccessToken,
  findIdentity,
  findPerson,
  putAccessToken,
  putIdentity,
  removeAccessToken,
} from '../../data-management/index.ts';
import type { Actor, Assurance } from '../authorize.ts';
import { type Caller, noteSignIn } from './limits.ts';
import { openFor, ownPerson, type SignInOutcome } from './sign-in.ts';
import type { Accounts } from './sign-in-policy.ts';

/** How a provider says how surely it knows someone. */
export type ProviderProfile = 'generic' | 'eid.gov.rs';

/** An OpenID Connect provider (EID-01): nothing of it is built in. */
export interface IdentityProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly profile: ProviderProfile;
}

/** What the browser is sent away with; `state` goes into a cookie of its own, so that nobody else's answer is taken. */
export interface Departure {
  readonly address: string;
  readonly state: string;
}

/** Signing in by an OpenID Connect provider: authorization code with PKCE, state and nonce (OpenID Connect Core 3.1). */
export interface IdentityProvider {
  /** @param actor the person whose account the identity is to be linked with; left out, it is to sign someone in */
  begin(accounts: Accounts, redirectUri: string, actor?: Actor): Promise<Departure>;
  /**
   * Takes the provider's answer.
   * @param state the cookie's
   * @returns a session; `refused` for an identity that no account is linked with
   * @throws ArchiveError IDENTITY_PROVIDER_FAILED for an answer that fails a check | STATE_CONFLICT for another's identity
   */
  finish(accounts: Accounts, caller: Caller, answer: URL, state: string | undefined): Promise<SignInOutcome>;
}

interface Awaited {
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

const answerMinutes = 10;
const purpose = 'identity-provider';

/** A provider by its settings; its metadata (OpenID Connect Discovery) are read when they are first needed. */
export function identityProvider(settings: IdentityProviderSettings): IdentityProvider {
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    if (!known) {
      known = discover(settings);
      known.catch(() => {
        known = undefined; // the next one tries again
      });
    }
    return known;
  };
  return {
    begin: async (accounts, redirectUri, actor) => {
      const person = actor && (await ownPerson(accounts, actor));
      const [state, nonce, verifier] = [randomState(), randomState(), oidc.randomPKCECodeVerifier()];
      const now = accounts.clock();
      const config = await failing(configuration);
      await putAccessToken(accounts.catalog, state, {
        kind: 'challenge',
        institution: accounts.institution.id,
        actor: purpose,
        role: '',
        ...(person ? { personId: person.id } : {}),
        createdAt: utcSeconds(now),
        expiresAt: utcSeconds(new Date(now.getTime() + answerMinutes * 60_000)),
        detail: JSON.stringify({ nonce, verifier, redirectUri } satisfies Awaited),
      });
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(person ? { prompt: 'login' } : {}),
      });
      return { address: address.href, state };
    },
    finish: async (accounts, caller, answer, state) => {
      const { catalog, clock } = accounts;
      const sent = state && (await findAccessToken(catalog, state, 'challenge', utcSeconds(clock())));
      if (!sent || sent.actor !== purpose || !(await removeAccessToken(catalog, state)))
        throw failure(new Error('no answer is awaited'));
      const awaited: Awaited = JSON.parse(sent.detail ?? '{}');
      const at = new URL(awaited.redirectUri);
      at.search = answer.search;
      const config = await failing(configuration);
      const claims = await failing(async () => {
        const tokens = await oidc.authorizationCodeGrant(config, at, {
          expectedState: state,
          expectedNonce: awaited.nonce,
          pkceCodeVerifier: awaited.verifier,
          idTokenExpected: true,
        });
        return tokens.claims();
      });
      if (!claims) throw failure(new Error('there is no ID token'));
      if (sent.personId) await link(accounts, settings.issuer, claims.sub, sent.personId);
      const personId = await findIdentity(catalog, settings.issuer, claims.sub);
      const person = personId && (await findPerson(catalog, accounts.institution.id, personId));
      if (!person || person.state === 'closed') {
        await noteSignIn(accounts, { kind: 'failed', means: 'identity-provider', caller });
        return { kind: 'refused' };
      }
      return openFor(accounts, caller, person, assuranceOf(settings.profile, claims), 'identity-provider');
    },
  };
}

/** The claim by which eID.gov.rs says how surely it knows who it is (EID-02, EID-03); the citizen's number is never asked for (EID-05). */
const authenticationAssurance = 'http://schema.id.rs/claims/aal';

/** What a provider's word is worth here: nothing but an explicit high level is high. */
function assuranceOf(profile: ProviderProfile, claims: oidc.IDToken): Assurance {
  if (profile === 'eid.gov.rs') {
    const level = claims[authenticationAssurance];
    return typeof level === 'string' && /^(high|aal[23]|[23]|visok[io])$/i.test(level) ? 'high' : 'basic';
  }
  const methods = Array.isArray(claims.amr) ? claims.amr : [];
  return methods.includes('mfa') || methods.includes('hwk') ? 'high' : 'basic'; // RFC 8176
}

async function link(accounts: Accounts, issuer: string, subject: string, personId: string): Promise<void> {
  const linkedAt = utcSeconds(accounts.clock());
  if (!(await putIdentity(accounts.catalog, { issuer, subject, personId, linkedAt })))
    throw new ArchiveError('STATE_CONFLICT', 'This identity is linked with another account.');
}

async function discover({ issuer, clientId, clientSecret }: IdentityProviderSettings): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const config = await oidc.discovery(url, clientId, clientSecret, undefined, {
    execute: url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [], // the settings allow it for loopback alone
    timeout: 10,
  });
  oidc.enableNonRepudiationChecks(config); // the ID token's signature is checked, not the connection trusted
  return config;
}

/** Whatever the library throws means that the answer cannot be used; the log has the cause. */
async function failing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw failure(cause);
  }
}

function failure(cause: unknown): ArchiveError {
  return new ArchiveError('IDENTITY_PROVIDER_FAILED', 'The identity provider’s answer cannot be used. Begin again.', {
    cause,
  });
}

function randomState(): string {
  return randomBytes(32).toString('base64url');
}
