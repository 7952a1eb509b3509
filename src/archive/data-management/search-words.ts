import { serbianLatin } from '../../base/index.ts';

/**
 * Folds text so that `ugovor`, `Уговор` and `UGOVOR` meet: Serbian Cyrillic to Latin, no diacritics, lower case.
 * `đ` and `ђ` become `dj`, as people type them without the letter.
 */
export function foldText(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  let folded = '';
  for (const character of lower) folded += serbianLatin[character] ?? character;
  return folded.replaceAll('đ', 'dj').normalize('NFD').replace(/\p{M}/gu, '');
}

/** The words of a text, folded; what is neither letter nor digit parts them. What is longer than any word falls into pieces. */
export function searchWords(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]{1,100}/gu) ?? [];
}
