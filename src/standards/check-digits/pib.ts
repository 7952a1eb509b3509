/** Whether a Serbian tax number (PIB, 9 digits) has the right check digit: ISO/IEC 7064 MOD 11,10. */
export function checkPib(pib: string): boolean {
  if (!/^\d{9}$/.test(pib)) return false;
  let product = 10;
  for (const digit of pib.slice(0, 8)) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(pib[8]);
}
