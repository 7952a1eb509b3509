import type { Message } from './message.ts';

/** Kinds of record: their list, one of them, and the form that changes it. */
export const profilePageMessages = {
  'nav.profiles': {
    sr: 'Профили',
    en: 'Profiles',
  },
  'profiles.title': {
    sr: 'Врсте докумената (профили)',
    en: 'Kinds of record (profiles)',
  },
  'profiles.lead': {
    sr: 'Профил каже шта се о документу уписује, у којим форматима долази, какав потпис мора имати и ко га проверава.',
    en: 'A profile says what is entered of a record, which formats it comes in, what signature it must have, and who checks it.',
  },
  'profiles.make': {
    sr: 'Направи профил',
    en: 'Make a profile',
  },
  'profiles.withdrawn': {
    sr: 'Повучени',
    en: 'Withdrawn',
  },
  'profiles.version': {
    sr: 'верзија {version}',
    en: 'version {version}',
  },
  'profiles.versionTerm': {
    sr: 'Верзија',
    en: 'Version',
  },
  'profiles.versions': {
    sr: 'Верзије',
    en: 'Versions',
  },
  'profileOrigin.shipped': {
    sr: 'долази са програмом',
    en: 'comes with the product',
  },
  'profileOrigin.own': {
    sr: 'сачинила установа',
    en: 'made by the institution',
  },
  'profiles.isWithdrawn': {
    sr: 'Профил је повучен: нови документи по њему не долазе, а они који постоје задржавају га.',
    en: 'The profile is withdrawn: no new records come under it; those there are keep it.',
  },
  'profiles.isOlder': {
    sr: 'Ово је старија верзија. Документи који су по њој дошли задржавају је.',
    en: 'This is an older version. The records that came under it keep it.',
  },
  'profiles.edit': {
    sr: 'Измени',
    en: 'Change',
  },
  'profiles.copy': {
    sr: 'Направи нови по узору на овај',
    en: 'Make another like it',
  },
  'profiles.form': {
    sr: 'Образац који се попуњава',
    en: 'The form that is filled in',
  },
  'profiles.steps': {
    sr: 'Ко још одлучује',
    en: 'Who else decides',
  },
  'profiles.anyCategory': {
    sr: 'изабира се за сваки документ',
    en: 'chosen for each record',
  },
  'profiles.anyFormat': {
    sr: 'сви формати',
    en: 'any format',
  },
  'profiles.withdraw': {
    sr: 'Повуци профил',
    en: 'Withdraw the profile',
  },
  'profiles.withdrawHint': {
    sr: 'Нови документи по њему неће долазити. Наредна објављена верзија га враћа.',
    en: 'No new records will come under it. The next version that is published brings it back.',
  },
  'profiles.newTitle': {
    sr: 'Нови профил',
    en: 'A new profile',
  },
  'profiles.editTitle': {
    sr: 'Наредна верзија профила „{id}“',
    en: 'The next version of profile “{id}”',
  },
  'profiles.editLead': {
    sr: 'Ништа се не чува док не објавите. Раније верзије и документи по њима остају какви су.',
    en: 'Nothing is kept until you publish. Earlier versions, and the records under them, stay as they are.',
  },
  'profiles.faulty': {
    sr: 'Профил још није исправан: погледајте означена места.',
    en: 'The profile is not right yet: look at the places that are marked.',
  },
  'profiles.preview': {
    sr: 'Прикажи образац',
    en: 'Show the form',
  },
  'profiles.previewTitle': {
    sr: 'Овако ће образац изгледати: {title}',
    en: 'What the form will look like: {title}',
  },
  'profiles.publish': {
    sr: 'Објави',
    en: 'Publish',
  },
  'profiles.naming': {
    sr: 'Назив',
    en: 'Name',
  },
  'profiles.id': {
    sr: 'Ознака',
    en: 'Identifier',
  },
  'profiles.idHint': {
    sr: 'Мала латинична слова, цифре и цртице, на пример gradjevinska-dozvola. После се не мења.',
    en: 'Small Latin letters, digits and hyphens, such as building-permit. It does not change later.',
  },
  'profiles.name': {
    sr: 'Назив врсте документа',
    en: 'Name of the kind of record',
  },
  'profiles.description': {
    sr: 'Објашњење',
    en: 'Explanation',
  },
  'textIn.sr-Cyrl': {
    sr: 'ћирилицом',
    en: 'in Serbian, Cyrillic',
  },
  'textIn.sr-Latn': {
    sr: 'латиницом (ако се разликује од пресловљеног)',
    en: 'in Serbian, Latin (if not letter for letter)',
  },
  'textIn.en': {
    sr: 'на енглеском',
    en: 'in English',
  },
  'profiles.fields': {
    sr: 'Поља',
    en: 'Fields',
  },
  'profiles.newField': {
    sr: 'ново поље',
    en: 'new field',
  },
  'profiles.isShared': {
    sr: 'Заједничко поље: исто је у свим профилима.',
    en: 'A shared field: the same in all profiles.',
  },
  'profiles.required': {
    sr: 'обавезно',
    en: 'required',
  },
  'profiles.up': {
    sr: 'Горе',
    en: 'Up',
  },
  'profiles.down': {
    sr: 'Доле',
    en: 'Down',
  },
  'profiles.remove': {
    sr: 'Уклони',
    en: 'Remove',
  },
  'profiles.addField': {
    sr: 'Додај сопствено поље',
    en: 'Add a field of your own',
  },
  'profiles.sharedField': {
    sr: 'Заједничко поље',
    en: 'A shared field',
  },
  'profiles.addShared': {
    sr: 'Додај',
    en: 'Add',
  },
  'profiles.fieldName': {
    sr: 'Ознака поља',
    en: 'Identifier of the field',
  },
  'profiles.fieldNameHint': {
    sr: 'Латинична слова и цифре, на пример brojDozvole.',
    en: 'Latin letters and digits, such as permitNumber.',
  },
  'profiles.label': {
    sr: 'Назив поља',
    en: 'Name of the field',
  },
  'profiles.kind': {
    sr: 'Врста податка',
    en: 'Kind of value',
  },
  'fieldKind.text': {
    sr: 'текст',
    en: 'text',
  },
  'fieldKind.long-text': {
    sr: 'дужи текст',
    en: 'longer text',
  },
  'fieldKind.date': {
    sr: 'датум',
    en: 'date',
  },
  'fieldKind.choice': {
    sr: 'избор из листе',
    en: 'choice from a list',
  },
  'fieldKind.number': {
    sr: 'цео број',
    en: 'whole number',
  },
  'fieldKind.amount': {
    sr: 'износ',
    en: 'amount of money',
  },
  'profiles.fieldRules': {
    sr: 'Правила и објашњење',
    en: 'Rules and explanation',
  },
  'profiles.choices': {
    sr: 'Понуђене вредности',
    en: 'Choices',
  },
  'profiles.choicesHint': {
    sr: 'Једна у реду: вредност | назив ћирилицом | назив на енглеском',
    en: 'One a line: value | name in Cyrillic | name in English',
  },
  'profiles.check': {
    sr: 'Контролни број',
    en: 'Check digit',
  },
  'fieldCheck.pib': {
    sr: 'ПИБ',
    en: 'PIB',
  },
  'fieldCheck.jmbg': {
    sr: 'ЈМБГ',
    en: 'JMBG',
  },
  'fieldCheck.account': {
    sr: 'текући рачун',
    en: 'bank account',
  },
  'fieldCheck.model97': {
    sr: 'позив на број, модел 97',
    en: 'payment reference, model 97',
  },
  'profiles.pattern': {
    sr: 'Облик (регуларни израз)',
    en: 'Form (regular expression)',
  },
  'profiles.patternHint': {
    sr: 'На пример [0-9]{2}-[0-9]{4}',
    en: 'Such as [0-9]{2}-[0-9]{4}',
  },
  'profiles.maxLength': {
    sr: 'Највише знакова',
    en: 'Longest, in characters',
  },
  'profiles.hint': {
    sr: 'Објашњење уз поље',
    en: 'Explanation beside the field',
  },
  'profiles.rules': {
    sr: 'Правила',
    en: 'Rules',
  },
  'profiles.categoryHint': {
    sr: 'Ознака из листе категорија; по њој тече рок чувања. Може остати празно.',
    en: 'A mark from the list of categories; the retention period follows from it. May be left empty.',
  },
  'profiles.formats': {
    sr: 'Формати',
    en: 'Formats',
  },
  'profiles.formatsHint': {
    sr: 'Један у реду: врста садржаја (application/pdf) или ознака из регистра PRONOM (fmt/95). Звездица за све.',
    en: 'One a line: a media type (application/pdf) or an identifier of PRONOM (fmt/95). An asterisk for any.',
  },
  'profiles.maxMegabytes': {
    sr: 'Највећа датотека (MB)',
    en: 'Largest file (MB)',
  },
  'profiles.signature': {
    sr: 'Потпис',
    en: 'Signature',
  },
  'signatureRule.optional': {
    sr: 'није обавезан',
    en: 'not required',
  },
  'signatureRule.required': {
    sr: 'било који електронски потпис',
    en: 'any electronic signature',
  },
  'signatureRule.advanced': {
    sr: 'напредан потпис или печат',
    en: 'an advanced signature or seal',
  },
  'signatureRule.qualified': {
    sr: 'квалификован потпис или печат',
    en: 'a qualified signature or seal',
  },
  'profiles.onFailed': {
    sr: 'Ако потпис не важи или недостаје',
    en: 'If it fails or is missing',
  },
  'profiles.onIndeterminate': {
    sr: 'Ако се важење не може утврдити',
    en: 'If it cannot be decided',
  },
  'consequence.archive': {
    sr: 'архивирати са налазом',
    en: 'archive it with the verdict',
  },
  'consequence.quarantine': {
    sr: 'издвојити за одлуку',
    en: 'set aside for a decision',
  },
  'consequence.refuse': {
    sr: 'одбити',
    en: 'refuse it',
  },
  'profiles.confirmation': {
    sr: 'Потврда верности',
    en: 'Confirmation of fidelity',
  },
  'confirmationBy.none': {
    sr: 'без потврде',
    en: 'none',
  },
  'confirmationBy.seal': {
    sr: 'печат установе над подацима',
    en: 'the institution’s seal over the metadata',
  },
  'confirmationBy.person': {
    sr: 'потврђује лице, затим печат установе',
    en: 'a person confirms, then the institution’s seal',
  },
  'profiles.reads': {
    sr: 'Читање из садржаја',
    en: 'Read from the content',
  },
  'readsFrom.sef-invoice': {
    sr: 'е-фактура (СЕФ)',
    en: 'e-invoice (SEF)',
  },
  'readsFrom.e-mail': {
    sr: 'електронска порука',
    en: 'e-mail message',
  },
  'profiles.secondCheck': {
    sr: 'проверава друго лице',
    en: 'a second person checks it',
  },
  'profiles.approval': {
    sr: 'одобрава овлашћено лице',
    en: 'an authorised person approves of it',
  },
  'profiles.digitised': {
    sr: 'дигитализован са папира',
    en: 'digitised from paper',
  },
  'profiles.longTermFormats': {
    sr: 'канцеларијски документи дугог рока траже PDF/A',
    en: 'office documents of long-term value need a PDF/A',
  },
  'profiles.fillsStatutoryFields': {
    sr: 'архив сам уписује поља која зна (ознака, формат, рок, датум архивирања)',
    en: 'the archive fills in the fields it knows (identifier, format, period, archiving date)',
  },
  'record.origin': { sr: 'Порекло', en: 'Origin' },
  'recordOrigin.born-digital': { sr: 'настао у електронском облику', en: 'born digital' },
  'recordOrigin.digitised': {
    sr: 'дигитализован са папира: копија до овере истоветности',
    en: 'digitised from paper: a copy until its identity is certified',
  },
  'recordOrigin.converted': {
    sr: 'претворен у PDF/A, изворник је сачуван',
    en: 'converted to PDF/A, the source is kept',
  },
  'recordOrigin.received-signed': {
    sr: 'примљен са електронским потписом',
    en: 'received with an electronic signature',
  },
  'upload.profiles': {
    sr: 'Шта која врста тражи',
    en: 'What each kind asks for',
  },
} as const satisfies Record<string, Message>;
