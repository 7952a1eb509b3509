import { type SignInPolicy, usualSignInPolicy } from '../../src/archive/administration/index.ts';

/** The product's policy with the cheapest argon2 that there is. */
export const quickSignIn: SignInPolicy = {
  ...usualSignInPolicy,
  argon2: { memoryCost: 64, timeCost: 1, parallelism: 1 },
};
