import type { Message } from './message.ts';

/** Coming in, and a person's own account. */
export const accountMessages = {
  'nav.people': { sr: 'Људи', en: 'People' },
  'nav.tokens': { sr: 'Приступни кључеви', en: 'Tokens' },
  'signIn.title': { sr: 'Пријава', en: 'Sign in' },
  'signIn.name': { sr: 'Корисничко име', en: 'Sign-in name' },
  'signIn.password': { sr: 'Лозинка', en: 'Password' },
  'signIn.submit': { sr: 'Пријави се', en: 'Sign in' },
  'signIn.passkey': { sr: 'Пријава приступним кључем уређаја', en: 'Use a passkey' },
  'signIn.provider': { sr: 'Пријава преко еИД', en: 'Sign in with eID' },
  'signIn.forgotten': {
    sr: 'Ако сте заборавили лозинку или немате налог, обратите се администратору архива.',
    en: 'If you forgot your password or have no account, ask the administrator of the archive.',
  },
  'signIn.programs': { sr: 'Програми се пријављују приступним кључем.', en: 'Programs use an API token instead.' },
  'signIn.spent': {
    sr: 'Ова веза је већ искоришћена или је истекла. Затражите нову.',
    en: 'This link was used already, or has ended. Ask for a new one.',
  },
  'signIn.refused': { sr: 'Подаци за пријаву нису тачни.', en: 'That is not right. Check what you typed.' },
  'signIn.notLinked': {
    sr: 'Овај идентитет није повезан ни са једним налогом. Пријавите се лозинком и повежите га на страници налога.',
    en: 'This identity is linked with no account. Sign in by password, and link it on the page of your account.',
  },
  'signIn.passwordSet': { sr: 'Лозинка је постављена. Пријавите се.', en: 'The password is set. Sign in now.' },
  'signIn.codeTitle': { sr: 'Једнократни код', en: 'One-time code' },
  'signIn.code': { sr: 'Код', en: 'Code' },
  'signIn.codeHint': {
    sr: 'Шест цифара из апликације или један од резервних кодова.',
    en: 'Six digits from your app, or one of the recovery codes.',
  },
  'signIn.wrongCode': { sr: 'Код није тачан или је већ употребљен.', en: 'The code is wrong, or was used already.' },
  'confirm.title': { sr: 'Потврдите да сте то ви', en: 'Confirm that it is you' },
  'confirm.lead': {
    sr: 'Оно што желите да урадите не може се поништити. Потврда важи десет минута.',
    en: 'What you are about to do cannot be undone. The confirmation holds for ten minutes.',
  },
  'confirm.submit': { sr: 'Потврди', en: 'Confirm' },
  'confirm.noFactor': {
    sr: 'За уништавање и оверу потребан је други чинилац: укључите једнократне кодове на страници налога.',
    en: 'Disposing and certifying need a second factor: set up one-time codes on the page of your account.',
  },
  'invitation.found': { sr: 'Први администратор', en: 'The first administrator' },
  'invitation.foundLead': {
    sr: 'Отварате налог администратора овог архива. Остале људе додајете касније.',
    en: 'You open the account of this archive’s administrator. You add the others later.',
  },
  'invitation.password': { sr: 'Нова лозинка', en: 'A new password' },
  'invitation.passwordLead': {
    sr: 'Изаберите лозинку за налог: {name}. Ова веза после тога више не важи.',
    en: 'Choose a password for the account of {name}. The link is spent afterwards.',
  },
  'invitation.submit': { sr: 'Сачувај', en: 'Save' },
  'account.title': { sr: 'Мој налог', en: 'My account' },
  'account.changePassword': { sr: 'Промени лозинку', en: 'Change the password' },
  'account.oldPassword': { sr: 'Садашња лозинка', en: 'The password of today' },
  'account.newPassword': { sr: 'Нова лозинка', en: 'New password' },
  'account.passwordHint': {
    sr: 'Најмање 12 знакова. Најбоље је неколико речи заредом; велика слова и цифре нису обавезни.',
    en: 'At least 12 characters. A few words in a row are best; capitals and digits are not required.',
  },
  'account.codes': { sr: 'Једнократни кодови', en: 'One-time codes' },
  'account.codesOn': { sr: 'Укључени су: при пријави се тражи код.', en: 'In use: a code is asked for at sign-in.' },
  'account.codesOff': {
    sr: 'Нису укључени. Помоћу апликације на телефону налог је знатно сигурнији.',
    en: 'Not in use. With an app on your phone the account is much safer.',
  },
  'account.codesBegin': { sr: 'Укључи кодове', en: 'Set up codes' },
  'account.codesEnd': { sr: 'Искључи кодове', en: 'End codes' },
  'account.passkeys': { sr: 'Кључеви уређаја', en: 'Passkeys' },
  'account.passkeysHint': {
    sr: 'Пријава отиском прста, лицем или сигурносним кључем, без лозинке.',
    en: 'Sign in by fingerprint, face or security key, without a password.',
  },
  'account.passkeyName': { sr: 'Назив кључа (није обавезно)', en: 'Name of the key (optional)' },
  'account.passkeyAdd': { sr: 'Додај кључ уређаја', en: 'Add a passkey' },
  'account.passkeyDrop': { sr: 'Уклони кључ {name}', en: 'Remove the key {name}' },
  'account.drop': { sr: 'Уклони', en: 'Remove' },
  'account.link': { sr: 'Повежи са еИД', en: 'Link with eID' },
  'account.sessions': { sr: 'Где сте пријављени', en: 'Where you are signed in' },
  'account.session': { sr: 'од {from}, последњи пут {seen}', en: 'since {from}, last seen {seen}' },
  'account.thisSession': { sr: 'овај прегледач', en: 'this browser' },
  'account.endSessions': { sr: 'Одјави ме свуда', en: 'Sign me out everywhere' },
  'account.events': { sr: 'Последње пријаве', en: 'Recent sign-ins' },
  'came.entered': { sr: 'пријава', en: 'signed in' },
  'came.failed': { sr: 'неуспела пријава', en: 'failed attempt' },
  'came.locked': { sr: 'налог привремено закључан', en: 'locked for a while' },
  'came.left': { sr: 'одјава', en: 'signed out' },
  'codes.title': { sr: 'Укључивање једнократних кодова', en: 'Set up one-time codes' },
  'codes.lead': {
    sr: 'Снимите слику апликацијом за кодове, па унесите први код.',
    en: 'Photograph the picture with your authenticator app, then enter the first code.',
  },
  'codes.picture': { sr: 'QR код за апликацију', en: 'QR code for the app' },
  'codes.secret': { sr: 'Или препишите тајну:', en: 'Or copy the secret:' },
  'codes.submit': { sr: 'Укључи', en: 'Turn on' },
  'codes.recovery': { sr: 'Резервни кодови', en: 'Recovery codes' },
  'codes.recoveryLead': {
    sr: 'Сваки важи једном, када телефон није при руци. Сачувајте их сада: више се неће приказати.',
    en: 'Each works once, when your phone is not at hand. Keep them now: they are not shown again.',
  },
  'codes.kept': { sr: 'Сачувао сам их', en: 'I have kept them' },
  'people.title': { sr: 'Људи', en: 'People' },
  'people.none': { sr: 'Још нема налога.', en: 'There is no account yet.' },
  'people.add': { sr: 'Додај особу', en: 'Add a person' },
  'people.displayName': { sr: 'Име и презиме', en: 'Name' },
  'people.signInName': { sr: 'Корисничко име', en: 'Sign-in name' },
  'people.signInNameHint': {
    sr: 'Слова, цифре и . _ @ + -; стоји у дневнику уз све што особа уради.',
    en: 'Letters, digits and . _ @ + -; it stands in the journal beside all that the person does.',
  },
  'people.roles': { sr: 'Улоге', en: 'Roles' },
  'people.setRoles': { sr: 'Сачувај улоге', en: 'Save the roles' },
  'people.closed': { sr: 'Налог је затворен.', en: 'The account is closed.' },
  'people.close': { sr: 'Затвори налог', en: 'Close the account' },
  'people.closeHint': {
    sr: 'Затвара се заувек; корисничко име остаје заузето.',
    en: 'It is closed for good; its name stays taken.',
  },
  'people.link': { sr: 'Веза за лозинку', en: 'Link for a password' },
  'people.linkHint': {
    sr: 'Особа њоме сама бира лозинку. Други чинилац и кључеви остају.',
    en: 'By it the person chooses a password. The second factor and passkeys stay.',
  },
  'people.handOver': {
    sr: 'Предајте ову везу: {name}. Важи једном, у року од {hours} сата.',
    en: 'Hand this link to {name}. It works once, within {hours} hours.',
  },
  'people.toPerson': { sr: 'На страницу особе', en: 'To the person’s page' },
  'people.refused': {
    sr: 'Корисничко име је заузето или неко поље није исправно попуњено.',
    en: 'The sign-in name is taken, or a field is not filled in as it must be.',
  },
  'tokens.title': { sr: 'Приступни кључеви програма', en: 'Tokens of programs' },
  'tokens.once': {
    sr: 'Препишите кључ сада: више се неће приказати.',
    en: 'Copy the token now: it is not shown again.',
  },
  'tokens.issue': { sr: 'Издај кључ', en: 'Issue a token' },
  'tokens.name': { sr: 'Назив програма', en: 'Name of the program' },
  'tokens.role': { sr: 'Улога', en: 'Role' },
  'tokens.scopes': { sr: 'Ограничи на поједине радње', en: 'Limit it to some actions' },
  'tokens.scopesHint': {
    sr: 'Ако ништа није изабрано, кључ сме све што и улога.',
    en: 'When none is chosen, the token may do all that the role may.',
  },
  'tokens.revoke': { sr: 'Повуци', en: 'Revoke' },
  'tokens.revokeNamed': { sr: 'Повуци кључ {name}', en: 'Revoke the token {name}' },
  'tokens.refused': { sr: 'Унесите назив и изаберите улогу.', en: 'Give a name, and choose a role.' },
} as const satisfies Record<string, Message>;

/** Roles, by the words of the law where it has them. */
export const roleMessages = {
  administrator: { sr: 'администратор', en: 'administrator' },
  steward: { sr: 'администратор без приступа садржају', en: 'administrator without access to content' },
  officer: { sr: 'архивар', en: 'records officer' },
  'second-checker': { sr: 'други проверавач', en: 'second checker' },
  'authorised-person': { sr: 'овлашћено лице', en: 'authorised person' },
  lawyer: { sr: 'правник', en: 'lawyer' },
  auditor: { sr: 'ревизор', en: 'auditor' },
  supervisor: { sr: 'надзор надлежног архива', en: 'archive supervisor' },
} as const satisfies Record<string, Message>;

/** What each role may do. */
export const roleExplanations = {
  administrator: { sr: 'сме све', en: 'may do everything' },
  steward: { sr: 'људи, кључеви и складиште; не види документа', en: 'people, tokens and storage; sees no record' },
  officer: {
    sr: 'архивира, исправља, одлучује и издаје оверене копије',
    en: 'archives, corrects, decides and issues certified copies',
  },
  'second-checker': {
    sr: 'проверава оно што је други унео, и одлучује о уништавању',
    en: 'checks what another entered, and decides on disposal',
  },
  'authorised-person': {
    sr: 'одлучује, одобрава уништавање и издаје оверене копије',
    en: 'decides, approves disposal and issues certified copies',
  },
  lawyer: {
    sr: 'тражи, чита, преузима и издаје оверене копије',
    en: 'finds, reads, exports and issues certified copies',
  },
  auditor: { sr: 'само чита и покреће провере', en: 'reads only, and starts audits' },
  supervisor: { sr: 'само чита, и види ко шта сме', en: 'reads only, and sees who may do what' },
} as const satisfies Record<string, Message>;
