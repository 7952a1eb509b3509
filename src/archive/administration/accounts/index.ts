export {
  type IdentityProvider,
  type IdentityProviderSettings,
  identityProvider,
  type ProviderProfile,
} from './identity-provider.ts';
export { acceptInvitation, findInvitation, type Invitation, inviteFounder, invitePerson } from './invitations.ts';
export { type Caller, noteSignIn } from './limits.ts';
export { addPasskey, dropPasskey, passkeyOffer, passkeyRequest, signInByPasskey } from './passkeys.ts';
export { acceptTotp, endTotp, offerTotp, openTotpOffer, type TotpOffer } from './second-factor.ts';
export { authenticate, closeAllSessions, sessionsOf } from './sessions.ts';
export {
  changePassword,
  confirmPerson,
  hasTotp,
  ownPerson,
  type SignInOutcome,
  signInByCode,
  signInByPassword,
} from './sign-in.ts';
export { type Accounts, type SignInPolicy, usualSignInPolicy } from './sign-in-policy.ts';
