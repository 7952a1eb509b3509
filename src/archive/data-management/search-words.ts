/**
 * Folds text so that `ugovor`, `Уговор` and `UGOVOR` meet: Serbian Cyrillic to Latin, no diacritics, lower case.
 * `đ` and `ђ` become `dj`, as people type them without the letter.
 */
export function foldText(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  let folded = '';
  for (const character of lower) folded += cyrillic[character] ?? character;
  return folded.replaceAll('đ', 'dj').normalize('NFD').replace(/\p{M}/gu, '');
}

/** The words of a text, folded; what is neither letter nor digit parts them. */
export function searchWords(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  ђ: 'dj',
  е: 'e',
  ж: 'z',
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
  ћ: 'c',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'c',
  џ: 'dz',
  ш: 's',
};
