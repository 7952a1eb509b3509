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

/** A number of a record as the archive gives it. */
const recordNumber = /(?<![\p{L}\p{N}])(\d{4})-(\d{6,12})(?![\p{L}\p{N}])/gu;

/** Numbers of records in a text, each as one word: half the archive has the year of a number, one record has the number. */
export function joinedNumbers(text: string): string[] {
  return [...text.matchAll(recordNumber)].map(([, year, running]) => `${year}_${running}`);
}

/** The words that someone looks for: a record's number is one word. */
export function wantedWords(text: string): string[] {
  return [...joinedNumbers(text), ...searchWords(text.replace(recordNumber, ' '))];
}
