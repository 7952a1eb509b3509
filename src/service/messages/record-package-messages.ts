import type { Message } from './message.ts';

/** The package in which a record came, and what became of it. */
export const recordPackageMessages = {
  'received.package': { sr: 'Пакет у коме је стигао', en: 'The package it came in' },
  'received.bag': { sr: 'Торба BagIt', en: 'BagIt bag' },
  'received.SIP': { sr: 'Пакет за предају E-ARK (SIP)', en: 'E-ARK submission package (SIP)' },
  'received.valid': { sr: 'испуњава захтеве {specification}', en: 'valid by {specification}' },
  'received.validated': {
    sr: 'Пакет проверен по свом стандарду',
    en: 'The package was judged by its standard',
  },
  'received.archive': { sr: 'Примљена датотека', en: 'File that was received' },
  'received.originals': { sr: 'Сачувано као документа', en: 'Kept as documents' },
  'received.submission': { sr: 'Сачувано као подаци пошиљаоца', en: 'Kept as the sender’s own data' },
  'received.ignored': { sr: 'Изостављено', en: 'Left out' },
  'received.checksums': { sr: 'Упоређено контролних збирова', en: 'Checksums compared' },
  'received.mapped': { sr: 'Шта је преузето у податке о документу', en: 'What was taken over about the document' },
  'received.whatIgnored': { sr: 'Шта је изостављено и зашто', en: 'What was left out, and why' },
  'received.SYSTEM_FILE': { sr: 'оставио га је оперативни систем', en: 'left behind by the operating system' },
  'received.EMPTY_FOLDER': { sr: 'празна фасцикла', en: 'an empty folder' },
  'received.faults': { sr: 'Прве грешке (на енглеском)', en: 'The first faults' },
  'received.report': { sr: 'Цео извештај (JSON)', en: 'The whole report (JSON)' },
} as const satisfies Record<string, Message>;
