import { resolve } from 'node:path';
import { type IdentityProviderSettings, type SignInPolicy, usualSignInPolicy } from './archive/administration/index.ts';
import { ArchiveError } from './base/index.ts';

/** How people sign in. */
export interface SignInSettings {
  readonly signIn: SignInPolicy;
  readonly identityProvider?: IdentityProviderSettings;
}

/**
 * TRAJNO_BREACHED_PASSWORDS: a sorted file of SHA-1 digests of passwords that nobody may choose. TRAJNO_OIDC_ISSUER,
 * TRAJNO_OIDC_CLIENT, TRAJNO_OIDC_SECRET and TRAJNO_OIDC_PROFILE (`generic` or `eid.gov.rs`): an OpenID Connect provider.
 * @throws ArchiveError USAGE
 */
export function signInSettings(environment: NodeJS.ProcessEnv): SignInSettings {
  const breached = environment.TRAJNO_BREACHED_PASSWORDS;
  return {
    signIn: { ...usualSignInPolicy, ...(breached ? { breachedPasswords: resolve(breached) } : {}) },
    ...providerOf(environment),
  };
}

function providerOf(environment: NodeJS.ProcessEnv): { identityProvider?: IdentityProviderSettings } {
  const { TRAJNO_OIDC_ISSUER: issuer, TRAJNO_OIDC_CLIENT: clientId, TRAJNO_OIDC_SECRET: clientSecret } = environment;
  if (!issuer) return {};
  const profile = environment.TRAJNO_OIDC_PROFILE || 'generic';
  if (!clientId || !clientSecret)
    throw new ArchiveError('USAGE', 'TRAJNO_OIDC_ISSUER needs TRAJNO_OIDC_CLIENT and TRAJNO_OIDC_SECRET.');
  if (profile !== 'generic' && profile !== 'eid.gov.rs')
    throw new ArchiveError('USAGE', 'TRAJNO_OIDC_PROFILE must be “generic” or “eid.gov.rs”.');
  if (!/^https:\/\//i.test(issuer) && !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/i.test(issuer))
    throw new ArchiveError('USAGE', 'TRAJNO_OIDC_ISSUER must be an https: address.');
  return { identityProvider: { issuer, clientId, clientSecret, profile } };
}
