import { accountMessages } from './account-messages.ts';
import { auditPageMessages } from './audit-page-messages.ts';
import { checkPageMessages } from './check-page-messages.ts';
import { copyPageMessages } from './copy-page-messages.ts';
import { findPageMessages } from './find-page-messages.ts';
import type { Message } from './message.ts';
import { operationsMessages } from './operations-messages.ts';
import { packagePageMessages } from './package-page-messages.ts';
import { recordPackageMessages } from './record-package-messages.ts';
import { recordPageMessages } from './record-page-messages.ts';
import { tableMessages } from './table-messages.ts';
import { uploadPageMessages } from './upload-page-messages.ts';
import { verifyPageMessages } from './verify-page-messages.ts';

/** What stands on every page, and on the small ones. */
const commonMessages = {
  product: { sr: 'Трајно', en: 'Trajno' },
  skip: { sr: 'Пређи на садржај', en: 'Skip to the content' },
  footer: { sr: 'Трајно – електронски архив', en: 'Trajno – electronic archive' },
  language: { sr: 'Језик и писмо', en: 'Language and script' },
  nav: { sr: 'Главни мени', en: 'Main menu' },
  'nav.upload': { sr: 'Архивирање', en: 'Archive' },
  'nav.find': { sr: 'Претрага', en: 'Find' },
  'nav.tasks': { sr: 'Задаци', en: 'Tasks' },
  'nav.audit': { sr: 'Провера', en: 'Audit' },
  'nav.check': { sr: 'Провери', en: 'Check' },
  'check.kinds': { sr: 'Шта проверавате', en: 'What you check' },
  'check.signatures': { sr: 'Потпис', en: 'Signatures' },
  'check.packages': { sr: 'Пакет', en: 'A package' },
  signedInAs: { sr: 'Пријављени сте као {name}', en: 'Signed in as {name}' },
  signOut: { sr: 'Одјави се', en: 'Sign out' },
  profile: { sr: 'Профил', en: 'Profile' },
  category: { sr: 'Категорија', en: 'Category' },
  noSignature: { sr: 'без потписа', en: 'no signature' },
  paging: { sr: 'Странице', en: 'Pages' },
  'paging.first': { sr: 'На почетак', en: 'Back to the first' },
  'paging.next': { sr: 'Следећа страница', en: 'Next page' },
  'form.required': { sr: 'обавезно', en: 'required' },
  'form.more': { sr: 'Остали подаци', en: 'More about it' },
  'form.none': { sr: 'није наведено', en: 'not given' },
  'choice.paper': { sr: 'папирни', en: 'on paper' },
  'choice.electronic': { sr: 'електронски', en: 'electronic' },
  'problem.title': { sr: 'Није успело', en: 'That did not work' },
  'problem.request': { sr: 'Број захтева:', en: 'Number of the request:' },
  'problem.home': { sr: 'На почетну страницу', en: 'To the first page' },
  'find.title': { sr: 'Претрага', en: 'Find' },
  'find.label': { sr: 'Шта тражите', en: 'What are you looking for' },
  'find.placeholder': { sr: 'наслов, број, потписник…', en: 'title, number, signer…' },
  'find.submit': { sr: 'Тражи', en: 'Find' },
  'find.filters': { sr: 'Сузи претрагу', en: 'Narrow it down' },
  'find.signer': { sr: 'Потписник', en: 'Signer' },
  'find.from': { sr: 'Примљено од', en: 'Received from' },
  'find.to': { sr: 'Примљено до', en: 'Received to' },
  'find.clear': { sr: 'Поништи услове', en: 'Clear the conditions' },
  'find.results': { sr: 'Нађени документи', en: 'Records found' },
  'find.nothing': {
    sr: 'Ништа није нађено. Пробајте са мање речи; писмо није важно.',
    en: 'Nothing was found. Try fewer words; the alphabet does not matter.',
  },
  'find.nothingYet': { sr: 'У архиву још нема докумената.', en: 'There is nothing in the archive yet.' },
  'tasks.title': { sr: 'Задаци', en: 'Tasks' },
  'tasks.none': { sr: 'Нема ничега што чека на вас.', en: 'Nothing waits for you.' },
  'tasks.all': { sr: 'Прикажи све', en: 'Show all' },
  'tasks.quarantined': { sr: 'Чекају одлуку', en: 'Await a decision' },
  'tasks.quarantinedHint': {
    sr: 'Нешто није у реду са потписом. Погледајте налаз и одлучите.',
    en: 'Something is wrong with a signature. Look at the verdict and decide.',
  },
  'tasks.failed': { sr: 'Обрада није успела', en: 'Could not be worked on' },
  'tasks.failedHint': {
    sr: 'Обрада се сама понавља. Ако се не помери, погледајте разлог.',
    en: 'The work is repeated by itself. If nothing moves, look at the reason.',
  },
  'tasks.awaiting': { sr: 'Примљени, несврстани', en: 'Received, without category' },
  'tasks.awaitingHint': {
    sr: 'На сигурном су, али нису архивирани док им се не одреди категорија.',
    en: 'They are safe, but not archived until they are given a category.',
  },
} as const satisfies Record<string, Message>;

/** Every sentence of the pages by its key. */
export const pageMessages = {
  ...commonMessages,
  ...accountMessages,
  ...uploadPageMessages,
  ...recordPageMessages,
  ...recordPackageMessages,
  ...auditPageMessages,
  ...packagePageMessages,
  ...checkPageMessages,
  ...verifyPageMessages,
  ...copyPageMessages,
  ...findPageMessages,
  ...tableMessages,
  ...operationsMessages,
} as const satisfies Record<string, Message>;

export type PageMessageKey = keyof typeof pageMessages;
