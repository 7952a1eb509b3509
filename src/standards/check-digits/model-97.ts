import { control97 } from './mod-97.ts';

/** A reference as it is counted with: without spaces and dashes, letters as A = 10 … Z = 35. */
function asDigits(reference: string): string | undefined {
  const plain = reference.replace(/[\s-]/g, '').toUpperCase();
  if (!/^[0-9A-Z]+$/.test(plain)) return undefined;
  return plain.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
}

/**
 * The control number of a payment reference by model 97 (ISO/IEC 7064 MOD 97-10).
 * @param reference letters, digits, spaces and dashes; without the control number
 * @returns two digits, or undefined when the reference holds anything else
 */
export function model97Control(reference: string): string | undefined {
  const digits = asDigits(reference);
  return digits === undefined ? undefined : control97(digits);
}

/**
 * Whether a reference of model 97 is right: the control number stands first, then the reference.
 * @param reference `2801864040`: control 28, reference 01864040
 */
export function checkModel97(reference: string): boolean {
  const plain = reference.replace(/[\s-]/g, '');
  return /^\d\d./.test(plain) && model97Control(plain.slice(2)) === plain.slice(0, 2);
}
