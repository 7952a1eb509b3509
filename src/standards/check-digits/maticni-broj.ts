const weights = [2, 7, 6, 5, 4, 3, 2];

/**
 * Whether the registration number of a legal person (matični broj, 8 digits) has the check digit that known numbers have.
 * The rule was derived from them, no official text is known: a number that does not fit is worth a warning, never a refusal.
 */
export function checkMaticniBroj(number: string): boolean {
  if (!/^\d{8}$/.test(number)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  const check = 11 - (sum % 11);
  return (check > 9 ? 0 : check) === Number(number[7]);
}
