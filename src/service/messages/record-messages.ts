import type { JournalEntryType, RecordState } from '../../archive/data-management/index.ts';
import type { Message } from './message.ts';

/** Where a record stands. */
export const stateMessages = {
  received: { sr: 'примљен, у обради', en: 'received, being worked on' },
  awaiting: { sr: 'примљен, несврстан', en: 'received, without category' },
  archived: { sr: 'архивиран', en: 'archived' },
  quarantined: { sr: 'чека одлуку', en: 'awaits a decision' },
  rejected: { sr: 'одбијен', en: 'rejected' },
  failed: { sr: 'обрада није успела', en: 'could not be worked on' },
  disposed: { sr: 'уништен по одлуци', en: 'disposed of by decision' },
} as const satisfies Record<RecordState, Message>;

/** In place of what `disposed` says, for a record that went to the competent archive. */
export const handedOverMessages = {
  state: { sr: 'предат архиву', en: 'handed over' },
  explained: {
    sr: 'Документ је предат надлежном архиву; овде је остао само траг о томе.',
    en: 'The record was handed over to the competent archive; only the trace of it remains here.',
  },
} as const satisfies Record<string, Message>;

/** What a state means for whoever looks at the record. */
export const stateExplanations = {
  received: {
    sr: 'Документ је на сигурном и обрађује се. Страница се сама освежава.',
    en: 'The record is safe and is being worked on. This page refreshes by itself.',
  },
  awaiting: {
    sr: 'Документ је на сигурном, али се не сматра архивираним док му се не одреди категорија.',
    en: 'The record is safe, but does not count as archived until it is given a category.',
  },
  archived: { sr: 'Документ је архивиран.', en: 'The record is archived.' },
  quarantined: {
    sr: 'Документ је на сигурном и чека човека. Испод пише шта се чека.',
    en: 'The record is safe and waits for a person. What for is told below.',
  },
  rejected: { sr: 'Документ није прихваћен.', en: 'The record was not accepted.' },
  failed: {
    sr: 'Документ је на сигурном; обрада ће се сама поновити.',
    en: 'The record is safe; the work is repeated by itself.',
  },
  disposed: {
    sr: 'Садржај је уништен по одлуци; остао је само траг о томе.',
    en: 'The content was destroyed by decision; only the trace of it remains.',
  },
} as const satisfies Record<RecordState, Message>;

/** Entries of the journal. */
export const journalMessages = {
  'archive.founded': { sr: 'Архив је основан', en: 'The archive was founded' },
  'institution.added': { sr: 'Установа је уписана', en: 'The institution was entered' },
  'record.received': { sr: 'Примљен; издата је потврда о пријему', en: 'Received; receipt of intake issued' },
  'record.archived': {
    sr: 'Уложен у архив; издата је потврда о архивирању',
    en: 'Taken into the archive; receipt of archiving issued',
  },
  'record.updated': { sr: 'Сачињена је нова верзија', en: 'A new version was made' },
  'record.amendment-refused': { sr: 'Допуна је одбијена', en: 'Added files were refused' },
  'record.quarantined': { sr: 'Издвојен; чека одлуку', en: 'Set aside; awaits a decision' },
  'record.rejected': { sr: 'Одбијен', en: 'Rejected' },
  'record.decided': { sr: 'Донета је одлука', en: 'A decision was made' },
  'record.disposed': { sr: 'Уништен по одлуци', en: 'Disposed of by decision' },
  'creator.entered': { sr: 'Уписан је стваралац или измењени његови подаци', en: 'A creator was entered or changed' },
  'profile.published': { sr: 'Објављена је верзија профила', en: 'A version of a profile was published' },
  'fidelity.stated': { sr: 'Дата је изјава о верности', en: 'Fidelity was stated' },
  'profile.withdrawn': { sr: 'Профил је повучен', en: 'A profile was withdrawn' },
  'categories.adopted': {
    sr: 'Уписана је верзија листе категорија',
    en: 'A version of the list of categories was entered',
  },
  'retention.started': {
    sr: 'Уписан је догађај од кога тече рок чувања',
    en: 'The event from which a period runs was entered',
  },
  'retention.reviewed': { sr: 'Рок чувања је продужен', en: 'The retention period was extended' },
  'hold.placed': { sr: 'Одређена је забрана уништавања', en: 'A legal hold was placed' },
  'hold.reviewed': { sr: 'Забрана уништавања је преиспитана и остаје', en: 'A legal hold was reviewed and stays' },
  'hold.lifted': { sr: 'Забрана уништавања је укинута', en: 'A legal hold was lifted' },
  'drill.finished': {
    sr: 'Одржана је вежба: повраћај, обнова каталога, извоз',
    en: 'A drill was held: restore, rebuild, export',
  },
  'note.entered': { sr: 'Уписана је белешка о пословању', en: 'A note of the office was entered' },
  'note.completed': { sr: 'Архив је обавештен', en: 'The archive was told' },
  'disposal.proposed': {
    sr: 'Предложено је уништавање; сачињен је попис',
    en: 'Disposal was proposed; the inventory was made',
  },
  'disposal.step': { sr: 'Предузет је корак у поступку уништавања', en: 'A step of a disposal was taken' },
  'book.entered': { sr: 'Уписан је ред архивске књиге', en: 'A row of the archive book was entered' },
  'book.transcribed': { sr: 'Сачињен је препис архивске књиге', en: 'A transcript of the archive book was made' },
  'book.submitted': {
    sr: 'Препис је достављен јавном архиву',
    en: 'The transcript was handed to the competent archive',
  },
  'register.entered': { sr: 'Уписан је акт у деловодник', en: 'An act was entered in the register' },
  'register.voided': { sr: 'Упис у деловодник је сторниран', en: 'An entry of the register was voided' },
  'register.closed': { sr: 'Деловодник је закључен', en: 'A register was closed' },
  'record.access-ruled': { sr: 'Уређен је приступ документу', en: 'Access to the record was ruled' },
  'record.consulted': { sr: 'Увид у податке о личности', en: 'Personal data were read' },
  'erasure.answered': { sr: 'Одговорено је на захтев за брисање', en: 'A request for erasure was answered' },
  'certified-copy.issued': { sr: 'Издата је оверена копија', en: 'A certified copy was issued' },
  'certified-copy.tested': { sr: 'Направљена је пробна копија', en: 'A test copy was made' },
  'certified-copy.refused': { sr: 'Оверена копија није издата', en: 'A certified copy was refused' },
  'certified-copy.revoked': { sr: 'Оверена копија је опозвана', en: 'A certified copy was revoked' },
  'certified-copy.delivered': { sr: 'Забележено је уручење копије', en: 'Delivery of a copy was recorded' },
  'certified-copy.printed': { sr: 'Одштампан је примерак', en: 'A paper copy was printed' },
  'certified-copy.prepared': {
    sr: 'Припремљено је уверење за потпис овлашћеног лица',
    en: 'A certificate was prepared for the authorised person’s signature',
  },
  'certified-copy.voided': {
    sr: 'Број копије је поништен: није издата',
    en: 'The number of a copy is void: it was not issued',
  },
  'certified-copy.paid': { sr: 'Плаћена је такса за копију', en: 'The fee of a copy was paid' },
  'copy.damaged': { sr: 'Нађена је оштећена копија', en: 'A damaged copy was found' },
  'copy.repaired': { sr: 'Копија је поправљена из исправне', en: 'The copy was repaired from a healthy one' },
  'location.added': { sr: 'Додата је локација чувања', en: 'A storage location was added' },
  'location.catching-up': { sr: 'Локација је привремено изостављена', en: 'The location was left out for now' },
  'location.active': { sr: 'Локација поново учествује', en: 'The location takes part again' },
  'audit.finished': { sr: 'Завршена је провера копија', en: 'An audit was finished' },
  'evidence.batch-closed': {
    sr: 'Документи су стављени под доказ о постојању',
    en: 'Records were put under a proof of existence',
  },
  'evidence.renewed': { sr: 'Доказ о постојању је обновљен', en: 'A proof of existence was renewed' },
  'evidence.failed': { sr: 'Обнова доказа није успела', en: 'A proof of existence could not be renewed' },
  'clock.skewed': { sr: 'Сат одступа од времена тела за жигосање', en: 'The clock differs from the authority’s time' },
  'clock.jumped': { sr: 'Сат је враћен уназад; послови чекају', en: 'The clock was set back; schedules wait' },
  'signatures.revalidated': { sr: 'Потписи су поново проверени', en: 'The signatures were validated again' },
  'signatures.installed': { sr: 'Уграђени су потписи формата PRONOM', en: 'PRONOM format signatures were installed' },
  'format.reidentified': { sr: 'Формат је поново утврђен', en: 'The format was identified anew' },
  'token.issued': { sr: 'Издат је приступни кључ', en: 'An access token was issued' },
  'token.revoked': { sr: 'Приступни кључ је повучен', en: 'An access token was revoked' },
  'person.added': { sr: 'Отворен је налог', en: 'An account was opened' },
  'person.closed': { sr: 'Налог је затворен', en: 'An account was closed' },
  'role.granted': { sr: 'Додељена је улога', en: 'A role was granted' },
  'role.revoked': { sr: 'Одузета је улога', en: 'A role was withdrawn' },
  'record.disseminated': { sr: 'Издат је примерак за коришћење (DIP)', en: 'A dissemination package (DIP) was given' },
  'catalog.rebuilt': { sr: 'Каталог је обновљен из складишта', en: 'The catalog was rebuilt from the store' },
  'catalog.confirmed': { sr: 'Обнова каталога је потврђена', en: 'The rebuilt catalog was confirmed' },
} as const satisfies Record<JournalEntryType, Message>;

/** PREMIS event types that packages of ours carry (LoC vocabulary). */
export const preservationMessages = {
  transfer: { sr: 'Преузет и уписан у пријемни простор', en: 'Taken over and written to staging' },
  'message digest calculation': { sr: 'Израчунати контролни збирови', en: 'Message digests calculated' },
  'fixity check': { sr: 'Контролни збирови упоређени са пошиљаочевим', en: 'Digests compared with the sender’s' },
  'virus check': { sr: 'Провера на вирусе', en: 'Virus check' },
  'format identification': { sr: 'Препознати формати датотека', en: 'File formats identified' },
  unpacking: { sr: 'Пакет распакован', en: 'The package was unpacked' },
  validation: { sr: 'Проверено по правилима профила', en: 'Checked by the rules of the profile' },
  'digital signature validation': { sr: 'Проверен електронски потпис', en: 'Electronic signature validated' },
  'digital signature generation': { sr: 'Подаци печаћени', en: 'Metadata sealed' },
  'information package creation': { sr: 'Сачињен архивски пакет', en: 'Archival package made' },
  ingestion: { sr: 'Уложен у архив', en: 'Taken into the archive' },
  'metadata modification': { sr: 'Исправљени подаци', en: 'Metadata corrected' },
  capture: { sr: 'Дигитализован са папира', en: 'Digitised from paper' },
  migration: { sr: 'Сачињен облик за трајно чување', en: 'A form that lasts was made' },
  'metadata extraction': { sr: 'Подаци прочитани из садржаја', en: 'Metadata read from the content' },
  accession: { sr: 'Додате датотеке', en: 'Files added' },
} as const satisfies Record<string, Message>;

/** Outcomes of these events. */
export const outcomeMessages = {
  success: { sr: 'успешно', en: 'success' },
  failure: { sr: 'није успело', en: 'failed' },
  'not verified': { sr: 'није проверено', en: 'not verified' },
  'not scanned': { sr: 'није проверено', en: 'not scanned' },
  'no scanner is configured': { sr: 'нема програма за проверу', en: 'no scanner is configured' },
  'larger than the scanner takes': {
    sr: 'датотека је већа него што програм за проверу прегледа',
    en: 'larger than the scanner takes',
  },
  TOTAL_PASSED: { sr: 'важи', en: 'valid' },
  TOTAL_FAILED: { sr: 'не важи', en: 'not valid' },
  INDETERMINATE: { sr: 'није утврђено', en: 'undetermined' },
} as const satisfies Record<string, Message>;
