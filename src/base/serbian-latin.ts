/** The Latin equivalent of each small Serbian Cyrillic letter: one alphabet is the other, letter for letter. */
export const serbianLatin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  ђ: 'đ',
  е: 'e',
  ж: 'ž',
  з: 'z',
  и: 'i',
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'ć',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'č',
  џ: 'dž',
  ш: 'š',
};

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
