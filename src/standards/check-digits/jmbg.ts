const weights = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/** Whether a personal number (JMBG, 13 digits DDMMYYYRRBBBK) names a day that there was and has the right check digit. */
export function checkJmbg(jmbg: string): boolean {
  if (!/^\d{13}$/.test(jmbg) || !namesADay(jmbg)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(jmbg[index]), 0);
  const check = 11 - (sum % 11);
  return (check > 9 ? 0 : check) === Number(jmbg[12]);
}

/** A personal number as lists and logs may show it: the last three digits. */
export function maskedJmbg(jmbg: string): string {
  return `${'•'.repeat(10)}${jmbg.slice(10)}`;
}

/** The three digits of the year stand for 1800 to 2799: from 800 on the last millennium. */
function namesADay(jmbg: string): boolean {
  const [day, month, short] = [Number(jmbg.slice(0, 2)), Number(jmbg.slice(2, 4)), Number(jmbg.slice(4, 7))];
  const year = short >= 800 ? 1000 + short : 2000 + short;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
