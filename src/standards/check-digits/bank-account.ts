import { control97 } from './mod-97.ts';

/**
 * A Serbian account in its full form: bank (3), account (13, filled up with zeros), control number (2).
 * @param account `840-955845-10`, or 18 digits
 * @returns 18 digits, or undefined when it has not the form of an account
 */
export function normalizeAccount(account: string): string | undefined {
  const plain = account.replace(/\s/g, '');
  if (/^\d{18}$/.test(plain)) return plain;
  const [, bank, own, control] = /^(\d{3})-(\d{1,13})-(\d{2})$/.exec(plain) ?? [];
  return bank && own && control ? `${bank}${own.padStart(13, '0')}${control}` : undefined;
}

/** Whether the control number of an account is right (ISO/IEC 7064 MOD 97-10). */
export function checkAccount(account: string): boolean {
  const digits = normalizeAccount(account);
  return digits !== undefined && control97(digits.slice(0, 16)) === digits.slice(16);
}
