export { type CountedMessageKey, countedMessages } from './counted-messages.ts';
export { isLanguage, type Language, languageFor, languages } from './language.ts';
export { toLatin } from './latin-script.ts';
export { type PageMessageKey, pageMessages } from './page-messages.ts';
export { problemMessages } from './problem-messages.ts';
export { journalMessages, stateMessages } from './record-messages.ts';
export { type Speaker, speaker } from './speaker.ts';
