/** The remainder of a number of any length, digit by digit (ISO/IEC 7064 MOD 97-10). @param digits nothing but digits */
export function mod97(digits: string): number {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}

/** The two control digits of a number: 98 − ((N × 100) mod 97). */
export function control97(digits: string): string {
  return String(98 - mod97(`${digits}00`)).padStart(2, '0');
}
