import type { Clock } from '../../base/index.ts';
import type { SigningKey } from './signing-keys/index.ts';
import { openTestKey, type TestKey, testSubject } from './test-authority.ts';

/**
 * The built-in test seal of a data folder. It lets the archive be tried with nothing configured, and says of itself that
 * it proves nothing to outsiders.
 */
export function openTestSeal(dataFolder: string, clock: Clock): Promise<TestKey> {
  return openTestKey(dataFolder, clock, {
    name: 'test-seal',
    subject: testSubject(
      'Trajno TEST seal – proves nothing to outsiders',
      'Probni pečat – ne dokazuje ništa trećim licima',
    ),
    profile: 'signatures',
  });
}

/** The same as the key that the archive seals with while none is configured. */
export async function openTestSigningKey(dataFolder: string, clock: Clock): Promise<SigningKey> {
  const { signer, anchor } = await openTestSeal(dataFolder, clock);
  return { ...signer, isTest: true, anchor };
}
