import { toLatin } from '../../base/index.ts';
import type { Language } from './language.ts';
import type { Message } from './message.ts';

/** A message in one language; Latin Serbian follows from the Cyrillic. */
export function inLanguage({ sr, en }: Message, language: Language): string {
  if (language === 'en') return en;
  return language === 'sr-Latn' ? toLatin(sr) : sr;
}
