import { randomBytes } from 'node:crypto';
import { ArchiveError } from '../../../base/index.ts';
import { isBreached } from './breached-passwords.ts';
import type { SignInPolicy } from './sign-in-policy.ts';

/** The form in which a password is hashed: RFC 8265 4.2 (OpaqueString), other spaces as a space, NFC. */
function prepared(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

/**
 * Length counts, not kinds of signs (NIST SP 800-63B 3.1.1.2).
 * @param own words that an attacker tries first: the person's own names
 * @throws ArchiveError PASSWORD_REFUSED
 */
export async function checkNewPassword(policy: SignInPolicy, password: string, own: readonly string[]): Promise<void> {
  const text = prepared(password);
  const length = [...text].length;
  if (length < policy.shortestPassword || length > policy.longestPassword)
    throw new ArchiveError(
      'PASSWORD_REFUSED',
      `A password has ${policy.shortestPassword} to ${policy.longestPassword} characters. A few words in a row are best.`,
    );
  if (/\p{Cc}/u.test(text)) throw new ArchiveError('PASSWORD_REFUSED', 'A password has no control characters.');
  const folded = text.toLowerCase();
  const withoutOwn = own.reduce(
    (rest, word) => (word.length < 3 ? rest : rest.replaceAll(word.toLowerCase(), '')),
    folded,
  );
  if (new Set(withoutOwn).size < 5)
    throw new ArchiveError('PASSWORD_REFUSED', 'This password is the name itself, or repeats itself. Choose another.');
  if (policy.breachedPasswords && (await isBreached(policy.breachedPasswords, text)))
    throw new ArchiveError('PASSWORD_REFUSED', 'This password is in lists that attackers have. Choose another.');
}

/** The hash of a password with its salt and parameters, in the encoded form of argon2id, which is the library's default. */
export async function hashPassword({ argon2 }: SignInPolicy, password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2');
  return hash(prepared(password), argon2);
}

/**
 * Compares a password with a hash. Where there is none, the same work is done: how long it takes tells nobody whether
 * there is such an account.
 */
export async function isPassword(policy: SignInPolicy, password: string, kept: string | undefined): Promise<boolean> {
  if ([...password].length > policy.longestPassword) return false;
  const against = kept ?? (await hashOfNothing(policy));
  const { verify } = await import('@node-rs/argon2');
  const matches = await verify(against, prepared(password));
  return matches && kept !== undefined;
}

/** Whether a hash was made with other parameters than those of today. */
export function isOutdated({ argon2 }: SignInPolicy, kept: string): boolean {
  return !kept.startsWith(`$argon2id$v=19$m=${argon2.memoryCost},t=${argon2.timeCost},p=${argon2.parallelism}$`);
}

const hashesOfNothing = new WeakMap<SignInPolicy, Promise<string>>();

function hashOfNothing(policy: SignInPolicy): Promise<string> {
  const known = hashesOfNothing.get(policy);
  if (known) return known;
  const made = hashPassword(policy, randomBytes(32).toString('base64'));
  hashesOfNothing.set(policy, made);
  return made;
}
