/** The languages of the product: Serbian in both its alphabets, and English. */
export const languages = ['sr-Cyrl', 'sr-Latn', 'en'] as const;

export type Language = (typeof languages)[number];

export function isLanguage(text: string | undefined): text is Language {
  return (languages as readonly (string | undefined)[]).includes(text);
}

/**
 * The language that a browser asks for first among those we have (RFC 9110, 12.5.4); Serbian in Cyrillic when it asks
 * for none of them. Its Latin relatives are answered in Latin.
 */
export function languageFor(acceptLanguage: string): Language {
  const wanted = acceptLanguage
    .slice(0, 1000)
    .split(',')
    .map((part, index) => {
      const [tag = '', weight = ''] = part.trim().split(/\s*;\s*q=/i);
      return { tag: tag.toLowerCase(), weight: weight === '' ? 1 : Number(weight) || 0, index };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || one.index - other.index);
  for (const { tag } of wanted) {
    const found = languageOf(tag);
    if (found) return found;
  }
  return 'sr-Cyrl';
}

function languageOf(tag: string): Language | undefined {
  const [main, ...rest] = tag.split('-');
  if (main === 'en') return 'en';
  if (main === 'sr') return rest.includes('latn') || rest.includes('me') ? 'sr-Latn' : 'sr-Cyrl';
  if (main === 'bs' || main === 'hr' || main === 'sh' || main === 'cnr') return 'sr-Latn';
  return undefined;
}
