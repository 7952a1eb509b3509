import type { Message } from './message.ts';

/** Checking the signatures of a document that stays outside the archive. */
export const checkPageMessages = {
  'check.title': { sr: 'Провера потписа', en: 'Check signatures' },
  'check.lead': {
    sr: 'Пошаљите потписан документ и сазнајте ко га је потписао и да ли потпис важи. Ништа се не чува.',
    en: 'Send a signed document and learn who signed it and whether the signature is valid. Nothing is kept.',
  },
  'check.files': { sr: 'Документ', en: 'The document' },
  'check.choose': { sr: 'Изаберите датотеке', en: 'Choose files' },
  'check.hint': {
    sr: 'Ако је потпис у засебној датотеци, изаберите је заједно с документом; исто важи и за доказни запис.',
    en: 'Where the signature is a file of its own, choose it together with the document; an evidence record too.',
  },
  'check.submit': { sr: 'Провери', en: 'Check' },
  'check.done': { sr: 'Налаз о потписима', en: 'What was found' },
  'check.none': { sr: 'У послатом нема потписа.', en: 'There is no signature in what was sent.' },
  'check.passed': { sr: 'Сви потписи важе', en: 'All signatures are valid' },
  'check.open': {
    sr: 'За неки потпис се не може утврдити да ли важи',
    en: 'For some signature it could not be determined whether it is valid',
  },
  'check.failed': { sr: 'Неки потпис не важи', en: 'Some signature is not valid' },
  'check.another': { sr: 'Провери други документ', en: 'Check another document' },
  'check.timestamp': { sr: 'Временски жиг од {time}', en: 'Time-stamp of {time}' },
  'check.notCovered': { sr: 'Није обухваћено: {names}.', en: 'Not under it: {names}.' },
  'check.evidence': { sr: 'Доказни запис', en: 'Evidence record' },
  'check.PASSED': { sr: 'исправан', en: 'passed' },
  'check.INDETERMINATE': { sr: 'није утврђено', en: 'not determined' },
  'check.FAILED': { sr: 'неисправан', en: 'failed' },
  'check.modified': {
    sr: 'После потписивања је у датотеку нешто додато или у њој мењано.',
    en: 'Something was added or changed in the file after it was signed.',
  },
  'check.partial': {
    sr: 'Потпис обухвата само део документа.',
    en: 'The signature covers a part of the document only.',
  },
  'check.trustedList': {
    sr: 'По листи поверења {territory}, број {number}.',
    en: 'By the trusted list {territory}, number {number}.',
  },
  'check.staleList': {
    sr: 'По листи поверења {territory}, број {number}, којој је истекао рок за обнову.',
    en: 'By the trusted list {territory}, number {number}, whose next update is overdue.',
  },
  'check.download': { sr: 'Преузми налаз (JSON)', en: 'Download the report (JSON)' },
  'check.unreadable': { sr: 'Датотека се не може прочитати до краја.', en: 'The file cannot be read to its end.' },
} as const satisfies Record<string, Message>;
