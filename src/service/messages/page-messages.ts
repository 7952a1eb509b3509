import { accountMessages } from './account-messages.ts';
import { auditPageMessages } from './audit-page-messages.ts';
import { checkPageMessages } from './check-page-messages.ts';
import { copyPageMessages } from './copy-page-messages.ts';
import { findPageMessages } from './find-page-messages.ts';
import type { Message } from './message.ts';
import { officePageMessages } from './office-page-messages.ts';
import { operationsMessages } from './operations-messages.ts';
import { packagePageMessages } from './package-page-messages.ts';
import { profilePageMessages } from './profile-page-messages.ts';
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
  'nav.more': { sr: 'Још', en: 'More' },
  'nav.upload': { sr: 'Архивирање', en: 'Archive' },
  'nav.find': { sr: 'Претрага', en: 'Find' },
  'nav.tasks': { sr: 'Задаци', en: 'Tasks' },
  'nav.audit': { sr: 'Копије', en: 'Audit' },
  'nav.check': { sr: 'Провера потписа', en: 'Check' },
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
  'dip.title': { sr: 'Пакет за коришћење', en: 'Dissemination package' },
  'dip.lead': {
    sr: 'Пакет (E-ARK DIP) са датотекама, метаподацима и доказима. Уместо датотеке са подацима који се не дају приложите њену затамњену верзију: тада запечаћени метаподаци и извештаји остају у архиви.',
    en: 'A package (E-ARK DIP) with files, metadata and evidence. In the place of a file with what is not given away attach a redacted one: sealed metadata and reports then stay in the archive.',
  },
  'dip.reason': { sr: 'Зашто је затамњено', en: 'Why it was redacted' },
  'dip.hint': {
    sr: 'Потребно само уз затамњену датотеку. Стоји у пакету.',
    en: 'Needed only with a redacted file. It stands in the package.',
  },
  'dip.instead': { sr: 'Уместо „{name}“', en: 'In the place of “{name}”' },
  'dip.order': { sr: 'Преузми пакет (ZIP)', en: 'Download the package (ZIP)' },
  'access.title': { sr: 'Приступ документу', en: 'Access to the record' },
  'access.embargo': { sr: 'Забрана приступа до {day}.', en: 'Embargo until {day}.' },
  'access.noEmbargo': { sr: 'Нема забране приступа.', en: 'There is no embargo.' },
  'access.personal': {
    sr: 'Садржи податке о личности: увид тражи разлог и бележи се.',
    en: 'It holds personal data: reading it asks for a reason and is logged.',
  },
  'access.notPersonal': { sr: 'Увид не тражи разлог.', en: 'Reading it asks for no reason.' },
  'access.until': { sr: 'Последњи дан забране', en: 'Last day of the embargo' },
  'access.personalData': { sr: 'Подаци о личности', en: 'Personal data' },
  'access.asCategory': { sr: 'како каже категорија', en: 'as the category says' },
  'access.yes': { sr: 'да', en: 'yes' },
  'access.no': { sr: 'не', en: 'no' },
  'access.why': { sr: 'Разлог', en: 'Reason' },
  'access.rule': { sr: 'Уреди приступ', en: 'Rule access' },
  'access.log': { sr: 'Ко је имао увид', en: 'Who was given what' },
  'access.logLead': {
    sr: 'За документе у којима се нађе особа, број или реч: ко их је видео, кад и зашто.',
    en: 'Of the records in which a person, a number or a word is found: who saw them, when and why.',
  },
  'access.person': { sr: 'Име, број или речи из докумената', en: 'Name, number, or words of the records' },
  'access.show': { sr: 'Прикажи', en: 'Show' },
  'access.none': { sr: 'Нико није имао увид.', en: 'Nobody was given any.' },
  'access.notWhole': {
    sr: 'Има више докумената него што је приказано. Сузите претрагу.',
    en: 'There are more records than shown. Narrow the search.',
  },
  'access.reason': { sr: 'Зашто вам треба овај документ', en: 'Why you need this record' },
  'access.goOn': { sr: 'Настави', en: 'Go on' },
  'erasure.title': { sr: 'Захтеви за брисање података', en: 'Requests for erasure' },
  'erasure.lead': {
    sr: 'На сваки захтев се одговара са образложењем. Овим се ништа не брише: за оно чији је рок истекао може се предложити уништење.',
    en: 'Each request is answered with reasons. Nothing is erased by this: of what has expired a disposal can be proposed.',
  },
  'erasure.refused': { sr: 'одбијено', en: 'refused' },
  'erasure.accepted': { sr: 'прихваћено', en: 'accepted' },
  'erasure.because.permanent': { sr: 'чува се трајно, у јавном интересу', en: 'kept for good, in the public interest' },
  'erasure.because.period': { sr: 'рок чувања тече до {day}', en: 'its period runs until {day}' },
  'erasure.because.hold': { sr: 'уништење је забрањено', en: 'its destruction is forbidden by a hold' },
  'erasure.because.no-period': { sr: 'рок још није почео да тече', en: 'its period has not begun' },
  'erasure.because.expired': { sr: 'рок чувања је истекао', en: 'its period has ended' },
  'erasure.because.disposal': { sr: 'уништење је у току', en: 'its disposal is under way' },
  'erasure.new': { sr: 'Нови захтев', en: 'Another request' },
  'erasure.none': { sr: 'Још нема захтева.', en: 'There is no request yet.' },
  'erasure.requester': { sr: 'Подносилац', en: 'Who asks' },
  'erasure.records': { sr: 'Бројеви докумената', en: 'Numbers of the records' },
  'erasure.receivedOn': { sr: 'Примљен', en: 'Received' },
  'erasure.reason': { sr: 'Образложење', en: 'Reasons' },
  'erasure.answer': { sr: 'Одговори', en: 'Answer' },
  ...commonMessages,
  ...accountMessages,
  ...uploadPageMessages,
  ...recordPageMessages,
  ...profilePageMessages,
  ...recordPackageMessages,
  ...auditPageMessages,
  ...packagePageMessages,
  ...checkPageMessages,
  ...verifyPageMessages,
  ...copyPageMessages,
  ...officePageMessages,
  ...findPageMessages,
  ...tableMessages,
  ...operationsMessages,
} as const satisfies Record<string, Message>;

export type PageMessageKey = keyof typeof pageMessages;
