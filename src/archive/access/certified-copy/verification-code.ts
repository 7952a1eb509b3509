import { type RandomSource, sha256Hex } from '../../../base/index.ts';

/** Crockford's alphabet: no letter that is taken for another, or for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 20;
const groupLength = 5;

/** What codes of test copies begin with: whoever reads one knows, and nobody need be asked. */
const testBeginning = 'TEST0';

/** Letters that look like one of the alphabet: what people type for what they see, on a Cyrillic keyboard too. */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{ O: '0', I: '1', L: '1', U: 'V' },
  ...{ А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', Ј: 'J', К: 'K', М: 'M', Р: 'P', Т: 'T', Х: 'X', О: '0' },
};

/**
 * A new code of a certified copy, as it is printed: four groups of five characters, 100 random bits, so that nobody guesses
 * one however long they try.
 */
export function newVerificationCode(random: RandomSource): string {
  for (;;) {
    const code = [...random(length)].map((octet) => alphabet[octet & 31]).join('');
    if (!code.startsWith(testBeginning)) return grouped(code);
  }
}

/** The code of a copy that was never issued. */
export function newTestCode(random: RandomSource): string {
  return grouped(testBeginning + newVerificationCode(random).replaceAll('-', '').slice(testBeginning.length));
}

/** Reads a code however it was typed. @returns it as it is printed, or undefined where it is none */
export function readVerificationCode(typed: string): string | undefined {
  if (typed.length > 100) return undefined;
  const plain = [...typed.toUpperCase().replace(/[\s\u2010-\u2015_.-]/g, '')]
    .map((letter) => lookAlikes[letter] ?? letter)
    .join('');
  if (plain.length !== length || [...plain].some((letter) => !alphabet.includes(letter))) return undefined;
  return grouped(plain);
}

/** Whether the code is one of a test copy. */
export function isTestCode(code: string): boolean {
  return code.startsWith(testBeginning);
}

/** What journal and catalog know a code by: who reads them cannot tell the codes. */
export function codeDigest(code: string): string {
  return sha256Hex(code);
}

function grouped(code: string): string {
  return (code.match(new RegExp(`.{${groupLength}}`, 'g')) ?? []).join('-');
}
