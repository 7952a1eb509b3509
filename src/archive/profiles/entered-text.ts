import { toLatin } from '../../base/index.ts';
import type { EnteredText, LocalizedText } from './profile.ts';

/** The text in all three: Latin follows from the Cyrillic letter for letter. */
export function localized(text: EnteredText): LocalizedText {
  return { 'sr-Cyrl': text['sr-Cyrl'], 'sr-Latn': text['sr-Latn'] ?? toLatin(text['sr-Cyrl']), en: text.en };
}
