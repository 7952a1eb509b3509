import type { ArchiveErrorCode } from '../../base/index.ts';
import type { Message } from './message.ts';

/** What each refusal means, and what to do. */
export const problemMessages = {
  EMPTY_FILE: {
    sr: 'Датотека је празна. Проверите је и пошаљите поново.',
    en: 'A file is empty. Check it and send it again.',
  },
  NAME_UNSAFE: {
    sr: 'Име датотеке није исправно. Преименујте је и пошаљите поново.',
    en: 'A file’s name is not a proper one. Rename it and send it again.',
  },
  NAME_CLASH: {
    sr: 'Две датотеке имају исто име. Преименујте једну или их пошаљите као два документа.',
    en: 'Two files have the same name. Rename one, or send them as two records.',
  },
  ARCHIVE_BOMB: {
    sr: 'Запакована датотека се распакује у превише садржаја. Пошаљите садржај на други начин.',
    en: 'A container unpacks to far too much. Send its content in another way.',
  },
  FILE_TOO_LARGE: {
    sr: 'Датотека је већа него што профил дозвољава. Изаберите други профил или пошаљите мању датотеку.',
    en: 'A file is larger than the profile allows. Choose another profile or send a smaller file.',
  },
  VALIDATION_TOO_COSTLY: {
    sr: 'Провера тражи више времена или меморије него што сервис даје. Обавите је на командној линији.',
    en: 'This takes more time or memory than the service gives one validation. Use the command line.',
  },
  PACKAGE_INVALID: {
    sr: 'Пакет не испуњава захтеве свог стандарда. Све грешке видите на страници „Провери“; исправите га и пошаљите поново.',
    en: 'The package does not meet the requirements of its standard. The page “Check” shows all faults; correct it and send it again.',
  },
  PACKAGE_NOT_SUBMITTABLE: {
    sr: 'Ово је архивски пакет (AIP) или пакет за коришћење (DIP), а не пакет за предају (SIP). Пошаљите пакет из кога је настао или сама документа.',
    en: 'This is an archival (AIP) or dissemination package (DIP), not one for submission (SIP). Send the package it was made from, or the documents themselves.',
  },
  TOO_MANY_FILES: {
    sr: 'Превише датотека одједном. Пошаљите их у више наврата.',
    en: 'Too many files at once. Send them in several goes.',
  },
  FORMAT_NOT_ALLOWED: {
    sr: 'Профил не дозвољава овај формат датотеке. Изаберите други профил или пошаљите документ у другом формату.',
    en: 'The profile does not take this format. Choose another profile, or send the document in another format.',
  },
  DOCUMENT_ENCRYPTED: {
    sr: 'Документ је заштићен лозинком. Уклоните лозинку и пошаљите га поново, јер се иначе не би могао прочитати.',
    en: 'A document asks for a password. Remove it and send the document again: nobody could read it later.',
  },
  DOCUMENT_BROKEN: {
    sr: 'Документ је оштећен и не може се прочитати до краја. Сачувајте га изнова и пошаљите поново.',
    en: 'A document is broken and cannot be read to its end. Save it anew and send it again.',
  },
  METADATA_INVALID: {
    sr: 'Неки подаци нису исправни. Исправите означена поља; датотеке и остали подаци су сачувани у обрасцу.',
    en: 'Some fields are not as they should be. Correct those that are marked; the rest is kept.',
  },
  PROFILE_UNKNOWN: {
    sr: 'Такав профил не постоји. Изаберите један са списка.',
    en: 'There is no such profile. Choose one of the list.',
  },
  CHECKSUM_MISMATCH: {
    sr: 'Контролни збир се не слаже са садржајем: нешто је измењено у преносу. Пошаљите датотеку поново.',
    en: 'A checksum does not match: something changed on the way. Send the file again.',
  },
  SIGNATURE_FAILED: {
    sr: 'Потпис не одговара документу: један од њих је мењан. Затражите неизмењен примерак од пошиљаоца.',
    en: 'A signature does not fit its document: one of them was altered. Ask the sender for an unaltered copy.',
  },
  SIGNATURE_MISSING: {
    sr: 'Профил тражи потпис, а он није нађен. Пошаљите потписан документ или потпис заједно са њим.',
    en: 'The profile asks for a signature and there is none. Send the signed document, or the signature with it.',
  },
  SIGNATURE_INDETERMINATE: {
    sr: 'Потпис није могао бити утврђен, а профил тражи извесност. Покушајте касније или одлучите по налазу.',
    en: 'A signature could not be decided, and the profile asks for certainty. Try again later, or decide by the verdict.',
  },
  SIGNATURE_LEVEL: {
    sr: 'Профил тражи напредан или квалификован потпис, а ниједан нађени то није. Затражите документ са таквим потписом или изаберите други профил.',
    en: 'The profile asks for an advanced or qualified signature, and none that was found is one. Ask for the document so signed, or choose another profile.',
  },
  SECOND_CHECK_NEEDED: {
    sr: 'Чека проверу другог лица: ко је предао документ не може га и проверити. Упоредите га и прихватите или вратите.',
    en: 'Awaits the check of a second person: who handed it over cannot check it. Compare it, then accept or return it.',
  },
  APPROVAL_NEEDED: {
    sr: 'Чека одобрење овлашћеног лица.',
    en: 'Awaits the approval of an authorised person.',
  },
  CONFIRMATION_NEEDED: {
    sr: 'Чека потврду верности: прегледајте датотеке и податке и прихватите их.',
    en: 'Awaits the confirmation of its fidelity: look at files and metadata, and accept them.',
  },
  COMPARISON_NEEDED: {
    sr: 'Сачињен је PDF/A. Друго лице треба да га упореди са изворником и прихвати; ако се разликују, вратите га и пошаљите са бољим PDF/A.',
    en: 'A PDF/A was made. A second person compares it with the original and accepts; if they differ, return it and send it with a better PDF/A.',
  },
  RENDITION_NEEDED: {
    sr: 'Канцеларијски документ трајне или дугорочне вредности тражи и PDF/A. Сачувајте га као PDF/A, вратите овај и пошаљите обе датотеке заједно под истим именом; или покушајте поново када је претварање подешено.',
    en: 'An office document of long-term value needs a PDF/A. Save it as PDF/A, return this one and send both files together under the same name; or try again when conversion is configured.',
  },
  INVOICE_INVALID: {
    sr: 'Датотека није исправна е-фактура (СЕФ, UBL 2.1). Преузмите XML из система и пошаљите га неизмењеног.',
    en: 'The file is not a proper e-invoice (SEF, UBL 2.1). Take the XML from the system and send it unchanged.',
  },
  FILE_INFECTED: {
    sr: 'У датотеци је нађен вирус. Ништа од ње није задржано: очистите рачунар са ког је стигла и пошаљите исправан примерак.',
    en: 'A file carries malware. Nothing of it is kept: clean the machine it came from and send an uninfected copy.',
  },
  FILE_NOT_SCANNED: {
    sr: 'Датотека је већа него што програм за проверу на вирусе може да прегледа. Одлучите да ли се прихвата без провере.',
    en: 'A file is larger than the malware scanner takes. Decide whether it is kept without a scan.',
  },
  SCANNER_UNAVAILABLE: {
    sr: 'Програм за проверу на вирусе се не одазива. Ништа није изгубљено; рад се наставља сам чим се одазове.',
    en: 'The malware scanner does not answer. Nothing is lost; the work goes on by itself as soon as it does.',
  },
  IDEMPOTENCY_CONFLICT: {
    sr: 'Овај образац је већ послат са другим садржајем. Отворите страницу изнова и пошаљите поново.',
    en: 'This form was already sent with other content. Open the page anew and send again.',
  },
  SUBMISSION_EMPTY: { sr: 'Изаберите бар једну датотеку.', en: 'Choose at least one file.' },
  SUBMISSION_INCOMPLETE: {
    sr: 'Слање је прекинуто пре краја. Ништа није сачувано; пошаљите поново.',
    en: 'The upload ended early. Nothing was kept; send it again.',
  },
  REQUEST_MALFORMED: {
    sr: 'Захтев није исправан. Вратите се и покушајте поново.',
    en: 'The request cannot be read. Go back and try again.',
  },
  REQUEST_TOO_LARGE: {
    sr: 'Поље или захтев су предугачки. Скратите текст.',
    en: 'A field or the request is too long. Shorten the text.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    sr: 'Садржај није у облику који се очекује.',
    en: 'The content is not of the type that is expected.',
  },
  PRECONDITION_REQUIRED: {
    sr: 'Недостаје ознака верзије документа. Отворите документ поново.',
    en: 'The version of the record is missing. Open the record again.',
  },
  PRECONDITION_FAILED: {
    sr: 'Неко је у међувремену изменио документ. Отворите га поново и погледајте шта је измењено.',
    en: 'Someone changed the record meanwhile. Open it again and look at what changed.',
  },
  CROSS_SITE_REQUEST: {
    sr: 'Захтев је стигао са друге странице. Отворите страницу самог архива.',
    en: 'This was sent from another site. Open the page of the archive itself.',
  },
  ADDRESS_UNKNOWN: { sr: 'На овој адреси нема ничега.', en: 'There is nothing at this address.' },
  METHOD_NOT_ALLOWED: { sr: 'Ово овде није могуће.', en: 'This cannot be done here.' },
  JOB_UNKNOWN: { sr: 'Таква провера или посао не постоји.', en: 'There is no such audit or job.' },
  RECORD_UNKNOWN: { sr: 'Такав документ не постоји.', en: 'There is no such record.' },
  FILE_UNKNOWN: {
    sr: 'Ова датотека не постоји или се више не чува.',
    en: 'There is no such file, or it is not kept any more.',
  },
  ENTRY_UNKNOWN: {
    sr: 'Такав упис не постоји. Потражите га на списку.',
    en: 'There is no such entry. Look for it in the list.',
  },
  CATEGORY_UNKNOWN: {
    sr: 'Категорија није на важећој листи категорија. Изаберите једну са листе.',
    en: 'The category is not in the list in force. Choose one of the list.',
  },
  LIST_INVALID: {
    sr: 'Неки редови листе су спорни. Исправите означене редове и увезите је поново.',
    en: 'Some rows of the list are disputed. Correct those that are named and import it again.',
  },
  LOCATION_NOT_PERMITTED: {
    sr: 'Нека локација складишта није код ствараоца, државног органа ни квалификованог пружаоца, па се трајна грађа не прима. Обратите се ономе ко води архив.',
    en: 'A storage location is with neither the creator, a state body nor a qualified provider, so permanent records are not taken. Ask whoever runs the archive.',
  },
  INTERNAL_RULES_MISSING: {
    sr: 'Трајна грађа се не прима док интерна правила ствараоца нису уписана. Упишите их код ствараоца.',
    en: 'Permanent records are not taken before the creator’s internal rules are on file. Enter them with the creator.',
  },
  UNDER_LEGAL_HOLD: {
    sr: 'Документ је под забраном уништавања. Најпре мора бити укинута свака забрана која га обухвата.',
    en: 'The record is under a legal hold. Every hold on it must be lifted first.',
  },
  DISPOSAL_REFUSED: {
    sr: 'Ово се не сме уништити. Разлози су наведени уз сваки документ.',
    en: 'This may not be destroyed. The reasons are given for each record.',
  },
  FOUR_EYES_REQUIRED: {
    sr: 'Овај корак мора предузети друго лице, а не оно које је уништавање предложило.',
    en: 'This step must be taken by another person than the one who proposed the disposal.',
  },
  STATE_CONFLICT: {
    sr: 'Стање документа то тренутно не дозвољава. Погледајте га поново.',
    en: 'The state of the record does not allow this now. Look at it again.',
  },
  RANGE_NOT_SATISFIABLE: {
    sr: 'Тражени део је изван датотеке.',
    en: 'The part that was asked for lies outside the file.',
  },
  NOT_AUTHENTICATED: { sr: 'Најпре се пријавите.', en: 'Sign in first.' },
  NOT_AUTHORIZED: {
    sr: 'Ваша улога ово не дозвољава. Обратите се администратору.',
    en: 'Your role does not allow this. Ask an administrator.',
  },
  DISK_FULL: {
    sr: 'На локацији чувања нема више места. Ништа није изгубљено; позовите администратора.',
    en: 'A storage location is full. Nothing is lost; call the administrator.',
  },
  LOCATION_UNAVAILABLE: {
    sr: 'Локација чувања није доступна. Ништа није изгубљено; позовите администратора.',
    en: 'A storage location is away. Nothing is lost; call the administrator.',
  },
  COPY_UNKNOWN: {
    sr: 'Нема такве издате копије. Проверите број или код.',
    en: 'No such copy was issued. Check the number or the code.',
  },
  COPY_FIXITY_FAILED: {
    sr: 'Оверена копија се не издаје: сачувани оригинал није онакав какав је примљен. Покрените проверу копија.',
    en: 'No certified copy is issued: the stored original is not as it was received. Start an audit.',
  },
  COPY_SIGNATURE_FAILED: {
    sr: 'Оверена копија се не издаје: потпис документа не важи (TOTAL_FAILED).',
    en: 'No certified copy is issued: a signature of the record has failed (TOTAL_FAILED).',
  },
  COPY_NEEDS_DECISION: {
    sr: 'Исход провере потписа није одређен. Копија се издаје само уз одлуку овлашћеног лица са образложењем.',
    en: 'The verdict on a signature is undetermined. A copy is issued only with a person’s decision and its reason.',
  },
  PERSON_SIGNATURE_REQUIRED: {
    sr: 'Копију ове врсте документа потписује и овлашћено лице. Припремите уверење, потпишите га и вратите.',
    en: 'The authorised person signs copies of this kind of record too. Prepare the certificate, sign it and return it.',
  },
  PERSON_SIGNATURE_REFUSED: {
    sr: 'Потпис се не може прихватити: мора бити овлашћеног лица, на преузетом уверењу, и ничег другог у њему.',
    en: 'The signature cannot be taken: it must be the authorised person’s, on the certificate that was downloaded, with nothing else added.',
  },
  EMBARGOED: {
    sr: 'Документ је под забраном приступа до наведеног дана. Обратите се овлашћеном лицу.',
    en: 'The record is under embargo until the day named. Ask the authorised person.',
  },
  REASON_REQUIRED: {
    sr: 'Документ садржи податке о личности. Наведите зашто вам треба; то се бележи.',
    en: 'The record holds personal data. Say why you need it; it is logged.',
  },
  PAYMENT_INVALID: {
    sr: 'Налог за уплату се не може направити: износ, рачун или позив на број није исправан.',
    en: 'The payment slip cannot be made: amount, account or reference is not right.',
  },
  TOO_MANY_REQUESTS: {
    sr: 'Превише захтева у кратком времену. Сачекајте мало и покушајте поново.',
    en: 'Too many requests in a short time. Wait a moment and try again.',
  },
  TIMESTAMP_UNAVAILABLE: {
    sr: 'Временски жиг се тренутно не може добити. Покушај се понавља сам; обавестите администратора ако потраје.',
    en: 'No time-stamp can be had now. It is tried again by itself; tell the administrator if it lasts.',
  },
  PERSON_UNKNOWN: { sr: 'Нема таквог налога.', en: 'There is no such account.' },
  TOKEN_UNKNOWN: { sr: 'Нема таквог приступног кључа.', en: 'There is no such token.' },
  PASSWORD_REFUSED: {
    sr: 'Ова лозинка се не може користити: треба најмање 12 знакова, не само ваше име и не нешто што је већ процурело.',
    en: 'This password cannot be used: it needs 12 characters or more, and not just your name or one that leaked before.',
  },
  PASSKEY_REFUSED: {
    sr: 'Приступ овим кључем није успео. Покушајте поново или унесите лозинку.',
    en: 'This passkey did not work. Try again, or use your password.',
  },
  FRESH_PROOF_REQUIRED: {
    sr: 'За ово је потребно да се поново пријавите помоћу два чиниоца или кључа и да радњу поновите у року од десет минута.',
    en: 'For this, confirm that it is you with two factors or a passkey, and do it again within ten minutes.',
  },
  TOO_MANY_ATTEMPTS: {
    sr: 'Било је превише неуспелих покушаја. Сачекајте четврт сата.',
    en: 'There were too many failed attempts. Wait a quarter of an hour.',
  },
  IDENTITY_PROVIDER_FAILED: {
    sr: 'Одговор службе за идентификацију се не може прихватити. Покушајте поново.',
    en: 'The answer of the identity provider cannot be used. Try again.',
  },
  SEAL_UNAVAILABLE: {
    sr: 'Печат се сада не може направити. Покушајте касније; администратор види разлог у дневнику.',
    en: 'The seal cannot be made now. Try again later; the administrator finds the reason in the log.',
  },
  LOCATION_CORRUPT: {
    sr: 'Сачувана копија је оштећена. Покрените проверу копија: она је поправља из исправне.',
    en: 'A stored copy is damaged. Start an audit: it repairs it from a healthy one.',
  },
  STORE_TOO_NEW: { sr: 'Складиште је писао новији програм.', en: 'The store was written by a newer program.' },
  SERVICE_ALREADY_RUNNING: { sr: 'Услуга већ ради.', en: 'The service already runs.' },
  SERVICE_STOPPING: {
    sr: 'Услуга се управо зауставља. Покушајте ускоро поново.',
    en: 'The service is stopping. Try again soon.',
  },
  ADDRESS_IN_USE: { sr: 'Мрежни порт је заузет.', en: 'The port is taken.' },
  CATALOG_BUSY: {
    sr: 'Управо се уписује много промена. Покушајте поново за који тренутак.',
    en: 'Many changes are being written. Try again in a moment.',
  },
  CATALOG_UNAVAILABLE: {
    sr: 'База каталога се не јавља. Покушајте поново касније или позовите администратора.',
    en: 'The catalog’s database does not answer. Try again later, or call the administrator.',
  },
  JOURNAL_BROKEN: {
    sr: 'Дневник је оштећен. Позовите администратора.',
    en: 'The journal is broken. Call the administrator.',
  },
  USAGE: { sr: 'Ово се не може тако тражити.', en: 'This cannot be asked so.' },
  FAULT: {
    sr: 'Нешто није у реду код нас. Покушајте поново; ако се понови, јавите администратору број захтева.',
    en: 'Something went wrong here. Try again; if it happens again, tell the administrator the number of the request.',
  },
} as const satisfies Record<ArchiveErrorCode | 'FAULT', Message>;

/** Faults of single fields: the closed set of `archive/ingest/checks/metadata.ts`. */
export const fieldFaults: readonly { readonly detail: RegExp; readonly message: Message }[] = [
  {
    detail: /^has no column “file”$/,
    message: { sr: 'Табела нема колону „датотека“.', en: 'The table has no column “file”.' },
  },
  {
    detail: /^stands in another row too$/,
    message: { sr: 'Ова датотека је већ у другом реду.', en: 'This file stands in another row too.' },
  },
  {
    detail: /^names no file that was sent$/,
    message: { sr: 'Оваква датотека није послата.', en: 'No such file was sent.' },
  },
  { detail: /^is missing$/, message: { sr: 'Ово поље је обавезно.', en: 'This field is required.' } },
  { detail: /^is not a field/, message: { sr: 'Профил нема ово поље.', en: 'The profile has no such field.' } },
  { detail: /^is empty$/, message: { sr: 'Ово поље не сме бити празно.', en: 'This field must not be empty.' } },
  {
    detail: /^is longer than (\d+)/,
    message: { sr: 'Текст је дужи од {1} знакова.', en: 'The text is longer than {1} characters.' },
  },
  {
    detail: /^must be one of: (.*)$/,
    message: { sr: 'Изаберите једну од понуђених вредности.', en: 'Choose one of: {1}.' },
  },
  {
    detail: /^must be a date/,
    message: { sr: 'Упишите датум, на пример 2026-11-24.', en: 'Enter a date such as 2026-11-24.' },
  },
  {
    detail: /^stands there twice$/,
    message: { sr: 'Стоји двапут.', en: 'It stands there twice.' },
  },
  {
    detail: /^(is no regular expression|refers back|looks around|repeats a|has too many parts)/,
    message: {
      sr: 'Овај израз није исправан или је прескуп: без понављања група и са мање делова променљиве дужине.',
      en: 'This expression is not sound or too costly: no repeated groups, and fewer parts whose length varies.',
    },
  },
  {
    detail: /^is the name of a shared field$/,
    message: { sr: 'То је ознака заједничког поља.', en: 'That is the identifier of a shared field.' },
  },
  {
    detail: /^must match pattern|^must match a schema|^must be (integer|equal to)|^must be >=|^must be number/,
    message: { sr: 'Вредност није у траженом облику.', en: 'The value has not the form that is asked for.' },
  },
  {
    detail: /^is not in the list of categories/,
    message: { sr: 'Није у важећој листи категорија.', en: 'It is not in the list of categories in force.' },
  },
  {
    detail: /^must NOT have fewer than 1/,
    message: { sr: 'Ово поље је обавезно.', en: 'This field is required.' },
  },
  {
    detail: /^has a wrong check digit$/,
    message: { sr: 'Контролни број није исправан.', en: 'The check digit is wrong.' },
  },
  {
    detail: /^differs from the category: (.*)$/,
    message: { sr: 'По категорији рок је: {1}.', en: 'By the category the period is: {1}.' },
  },
  {
    detail: /^differs from the document: (.*)$/,
    message: { sr: 'У документу стоји: {1}.', en: 'The document says: {1}.' },
  },
  {
    detail: /^has not the form/,
    message: { sr: 'Вредност није у траженом облику.', en: 'The value has not the form that is asked for.' },
  },
  {
    detail: /^must be of type/,
    message: { sr: 'Вредност није одговарајуће врсте.', en: 'The value is of the wrong kind.' },
  },
];
