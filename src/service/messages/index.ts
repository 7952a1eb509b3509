export { explainRetention } from './explain-retention.ts';
export { isLanguage, type Language, languageFor, languages } from './language.ts';
export { type Speaker, speaker } from './speaker.ts';
