import type { Message } from './message.ts';

/** Handing over documents, and the receipts for them. */
export const uploadPageMessages = {
  'upload.waiting': { sr: 'веза је прекинута, покушава се поново', en: 'the connection broke; trying again' },
  'upload.done': { sr: 'послато', en: 'sent' },
  'upload.retry': { sr: 'Покушај поново', en: 'Try again' },
  'upload.unfinished': {
    sr: 'Претходно слање није завршено. Изаберите исте датотеке: наставља се тамо где је стало.',
    en: 'An earlier upload was not finished. Choose the same files: it goes on where it stopped.',
  },
  'upload.shared': {
    sr: 'Са телефона је подељено датотека: {number}. Опишите их и пошаљите; до тада нису у архиву.',
    en: 'Files shared from the phone: {number}. Describe and send them; until then they are not in the archive.',
  },
  'share.signIn': {
    sr: 'Подељене датотеке нису примљене јер нисте пријављени. Пријавите се, па их поделите поново.',
    en: 'What you shared was not received, because you are not signed in. Sign in, and share it again.',
  },
  'upload.table': { sr: 'Подаци из табеле (CSV)', en: 'Metadata from a table (CSV)' },
  'upload.tableFile': { sr: 'Табела са подацима о свакој датотеци', en: 'A table with the metadata of each file' },
  'upload.tableHint': {
    sr: 'Један ред за сваку датотеку: њено име, па поља врсте. Што је у табели претеже над овим обрасцем. Грешке се кажу пре него што је ишта архивирано.',
    en: 'One row for each file: its name, then the fields of the kind. What the table says outranks this form. Faults are told before anything is archived.',
  },
  'upload.tableTemplate': { sr: 'Преузмите празну табелу', en: 'Download an empty table' },
  'upload.tableRow': { sr: 'ред {row},', en: 'row {row},' },
  'install.name': { sr: 'Трајно – архив', en: 'Trajno – archive' },
  'offline.title': { sr: 'Нема везе', en: 'No connection' },
  'offline.text': {
    sr: 'Архив се не може отворити док нема везе. Ништа од онога што је примљено није изгубљено, а започето слање наставља се када веза буде успостављена.',
    en: 'The archive cannot be opened without a connection. Nothing that was received is lost, and an upload that was begun goes on when the connection is back.',
  },
  'offline.again': { sr: 'Покушај поново', en: 'Try again' },
  'upload.title': { sr: 'Архивирајте документе', en: 'Archive documents' },
  'upload.lead': {
    sr: 'Изаберите датотеке и пошаљите их. Потврду о пријему добијате одмах.',
    en: 'Choose files and send them. You get the receipt of intake at once.',
  },
  'upload.files': { sr: 'Датотеке', en: 'Files' },
  'upload.grouping': { sr: 'Шта шаљете', en: 'What you send' },
  'upload.each': { sr: 'Свака датотека је засебан документ', en: 'Each file is a document of its own' },
  'upload.eachHint': {
    sr: 'Потпис у засебној датотеци иде уз оно што је њиме потписано.',
    en: 'A signature in a file of its own goes with what it signs.',
  },
  'upload.together': { sr: 'Све датотеке чине један документ', en: 'All files are one document' },
  'upload.choose': { sr: 'Изаберите датотеке', en: 'Choose files' },
  'upload.hint': {
    sr: 'Можете изабрати више њих одједном или их превући овде.',
    en: 'You can choose several at once, or drag them here.',
  },
  'upload.packageHint': {
    sr: 'ZIP или TAR са торбом BagIt или пакетом E-ARK (SIP) постаје један документ са свиме што је у њему.',
    en: 'A ZIP or TAR with a BagIt bag or an E-ARK package (SIP) becomes one document with all that is in it.',
  },
  'upload.folder': { sr: 'или изаберите целу фасциклу', en: 'or choose a whole folder' },
  'upload.noneChosen': { sr: 'Ниједна датотека није изабрана.', en: 'No file is chosen.' },
  'upload.remove': { sr: 'Уклони {name}', en: 'Remove {name}' },
  'upload.description': { sr: 'Подаци о документу', en: 'About the document' },
  'upload.changeProfile': { sr: 'Примени', en: 'Apply' },
  'upload.categoryHint': {
    sr: 'Из листе категорија. Без ње је документ примљен, али несврстан.',
    en: 'From the list of categories. Without it the document is received, but not archived yet.',
  },
  'upload.submit': { sr: 'Пошаљи у архив', en: 'Send to the archive' },
  'upload.sending': {
    sr: 'Шаље се: {done} од {total}, {speed} у секунди',
    en: 'Sending: {done} of {total}, {speed} per second',
  },
  'upload.writing': { sr: 'Послато. Архив уписује и проверава…', en: 'Sent. The archive is writing and checking…' },
  'upload.failed': {
    sr: 'Веза је прекинута. Ништа није сачувано; датотеке су и даље изабране, пошаљите поново.',
    en: 'The connection broke off. Nothing was kept; the files are still chosen, send them again.',
  },
  'upload.cancel': { sr: 'Прекини слање', en: 'Stop sending' },
  'received.title': { sr: 'Примљено', en: 'Received' },
  'received.lead': {
    sr: 'Потврда сваког документа отвара се његовим насловом.',
    en: 'Each title opens the receipt of its document.',
  },
  'received.look': { sr: 'Погледај примљено', en: 'Look at what was received' },
  'received.more': { sr: 'Пошаљи још', en: 'Send more' },
  'receipt.intake': { sr: 'Потврда о пријему', en: 'Receipt of intake' },
  'receipt.archiving': { sr: 'Потврда о архивирању', en: 'Receipt of archiving' },
  'receipt.document': { sr: 'Документ', en: 'Document' },
  'receipt.time': { sr: 'Време', en: 'Time' },
  'receipt.journal': { sr: 'Упис у дневник архива', en: 'Entry in the archive’s journal' },
  'receipt.journalHint': {
    sr: 'Редни број и отисак уписа. Сачувајте их: по њима се види да дневник после није мењан.',
    en: 'Number and hash of the entry. Keep them: they show that the journal was not changed afterwards.',
  },
  'receipt.print': { sr: 'Штампај', en: 'Print' },
  'receipt.open': { sr: 'Отвори документ', en: 'Open the document' },
  'duplicate.title': { sr: 'Исти садржај је већ примљен', en: 'The same content was received before' },
  'duplicate.short': { sr: 'исти садржај је већ примљен раније', en: 'the same content was received before' },
} as const satisfies Record<string, Message>;
