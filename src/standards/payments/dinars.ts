/**
 * An amount of dinars as people write it: `310`, `1.025,12`, `1025.12`, with ` RSD` behind it or not.
 * @returns `1025,12`, or undefined for what is no amount
 */
export function parseDinars(text: string): string | undefined {
  const plain = text.trim().replace(/\s*(RSD|дин\.?|din\.?)$/i, '');
  const [, grouped, groupedParas = '00'] = /^(\d{1,3}(?:\.\d{3})+)(?:,(\d\d))?$/.exec(plain) ?? [];
  const [, whole, paras = '00'] = /^(\d{1,12})(?:[.,](\d\d))?$/.exec(plain) ?? [];
  const dinars = grouped?.replaceAll('.', '') ?? whole;
  if (dinars === undefined || dinars.length > 12) return undefined;
  return `${dinars.replace(/^0+(?=\d)/, '')},${grouped ? groupedParas : paras}`;
}
