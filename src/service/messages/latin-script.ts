import { serbianLatin } from '../../base/index.ts';
import type { Language } from './language.ts';
import type { Message } from './message.ts';

/**
 * Serbian in Latin letters, by rule from Cyrillic. Each Cyrillic letter has one Latin equivalent, so nothing is lost; the
 * digraphs follow the case of their word: `Његош` is `Njegoš`, `ЊЕГОШ` is `NJEGOŠ`. What is Latin already stays.
 */
export function toLatin(cyrillic: string): string {
  return cyrillic.replace(/[\u0400-\u04ff]/g, (letter, index: number) => {
    const plain = serbianLatin[letter.toLowerCase()];
    if (plain === undefined) return letter;
    if (letter === letter.toLowerCase()) return plain;
    const capital = plain.charAt(0).toUpperCase() + plain.slice(1);
    return plain.length > 1 && isAmongCapitals(cyrillic, index) ? plain.toUpperCase() : capital;
  });
}

/** A capital in a word of capitals: its neighbour in the word is one too. */
function isAmongCapitals(text: string, index: number): boolean {
  const next = text.charAt(index + 1);
  const neighbour = /\p{L}/u.test(next) ? next : text.charAt(index - 1);
  return /\p{Lu}/u.test(neighbour);
}

/** A message in one language; Latin Serbian follows from the Cyrillic. */
export function inLanguage({ sr, en }: Message, language: Language): string {
  if (language === 'en') return en;
  return language === 'sr-Latn' ? toLatin(sr) : sr;
}
