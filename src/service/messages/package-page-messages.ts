import type { Message } from './message.ts';

/** Judging a package that someone made. */
export const packagePageMessages = {
  'package.title': { sr: 'Провера пакета', en: 'Check a package' },
  'package.lead': {
    sr: 'Пошаљите E-ARK пакет (SIP, AIP, DIP), свој или туђи, и видите да ли је исправан. Ништа се не чува.',
    en: 'Send an E-ARK package (SIP, AIP, DIP), yours or anyone’s, and see whether it is as it must be. Nothing is kept.',
  },
  'package.files': { sr: 'Пакет', en: 'The package' },
  'package.choose': { sr: 'Изаберите ZIP или TAR', en: 'Choose a ZIP or TAR' },
  'package.hint': {
    sr: 'Можете превући овде и целу фасциклу. Празне фасцикле прегледач не шаље: ако су важне, пошаљите ZIP.',
    en: 'You can drag a whole folder here too. Browsers do not send empty folders: where they matter, send a ZIP.',
  },
  'package.spec': { sr: 'Верзија спецификације', en: 'Version of the specification' },
  'package.declared': { sr: 'коју пакет наводи', en: 'the one that the package declares' },
  'package.submit': { sr: 'Провери', en: 'Check' },
  'package.valid': { sr: 'Пакет је исправан', en: 'The package is valid' },
  'package.notValid': { sr: 'Пакет није исправан', en: 'The package is not valid' },
  'package.judgedBy': { sr: 'Оцењено по: {specification}', en: 'Judged by {specification}' },
  'package.clean': { sr: 'Испуњени су сви захтеви.', en: 'Every requirement is met.' },
  'package.another': { sr: 'Провери други пакет', en: 'Check another package' },
  'package.MUST': { sr: 'Обавезно', en: 'Must' },
  'package.SHOULD': { sr: 'Препоручено', en: 'Should' },
  'package.MAY': { sr: 'Дозвољено', en: 'May' },
  'package.MUST.title': { sr: 'Обавезни захтеви који нису испуњени', en: 'Requirements that are not met' },
  'package.SHOULD.title': { sr: 'Препоруке које нису испуњене', en: 'Recommendations that are not followed' },
  'package.MAY.title': {
    sr: 'Могућности које нису како треба искоришћене',
    en: 'Options that are not used as they should be',
  },
  'package.more': { sr: 'и још {n}', en: 'and {n} more' },
  'package.root': { sr: 'цео пакет', en: 'the whole package' },
  'package.download': { sr: 'Преузми налаз (JSON)', en: 'Download the report (JSON)' },
} as const satisfies Record<string, Message>;
