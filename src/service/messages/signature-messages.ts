import type { FinalIndication, ReasonCode } from '../../standards/signatures/index.ts';
import type { Message } from './message.ts';

/** EN 319 102-1, 5.1.3: the three indications. */
export const indicationMessages = {
  TOTAL_PASSED: { sr: 'Потпис важи', en: 'The signature is valid' },
  INDETERMINATE: {
    sr: 'Није утврђено да ли потпис важи',
    en: 'It could not be determined whether the signature is valid',
  },
  TOTAL_FAILED: { sr: 'Потпис не важи', en: 'The signature is not valid' },
} as const satisfies Record<FinalIndication, Message>;

/** Why a verdict is as it is, and what would settle it; by the reason that the validation gives. */
export const reasonMessages = {
  VALID: {
    sr: 'Документ није мењан од потписивања. Сертификат води до издаваоца коме се верује, важио је и није био опозван.',
    en: 'The document is unchanged since it was signed. The certificate leads to a trusted issuer, was valid and not revoked.',
  },
  FORMAT_BROKEN: {
    sr: 'Потпис није у исправном облику, па се на њега не може ослонити.',
    en: 'The signature breaks the rules of its format, so it cannot be relied on.',
  },
  BYTE_RANGE_INVALID: {
    sr: 'Потпис не обухвата документ како треба: после потписивања је могло бити нешто уметнуто.',
    en: 'The signature does not cover the document as it must: something may have been put in after signing.',
  },
  SIGNED_REVISION_DIFFERS: {
    sr: 'Документ је после потписивања мењан тако да је замењен и сам потпис.',
    en: 'The document was changed after signing in a way that replaces the signature itself.',
  },
  DOCUMENT_DAMAGED: {
    sr: 'Документ је оштећен, па се не може поуздано рећи шта ће програм за читање приказати. Затражите неоштећен примерак.',
    en: 'The document is damaged, so it cannot be told for certain what a reader shows of it. Ask for an undamaged copy.',
  },
  SIGNING_CERTIFICATE_MISSING: {
    sr: 'Уз потпис нема сертификата потписника. Приложите сертификат да би се потпис проверио.',
    en: 'The signature comes without the signer’s certificate. Hand it in to have the signature checked.',
  },
  SIGNING_CERTIFICATE_DIFFERS: {
    sr: 'Потпис наводи други сертификат, а не онај уз који је стигао, па се не може рећи ко је потписао.',
    en: 'The signature names another certificate than the one it comes with, so nobody can be said to have signed.',
  },
  CONTENT_NOT_GIVEN: {
    sr: 'Потписани документ није приложен уз потпис. Пошаљите их заједно.',
    en: 'What was signed did not come with the signature. Send them together.',
  },
  CONTENT_CHANGED: {
    sr: 'Документ је мењан после потписивања.',
    en: 'The document was changed after it was signed.',
  },
  SIGNATURE_VALUE_WRONG: {
    sr: 'Потпис не одговара сертификату: оштећен је, мењан, или сачињен другим кључем.',
    en: 'The signature does not fit the certificate: it was damaged, altered, or made with another key.',
  },
  ALGORITHM_UNSUPPORTED: {
    sr: 'Потпис је сачињен алгоритмом који се овде не може проверити.',
    en: 'The signature uses an algorithm that cannot be checked here.',
  },
  NO_PATH_TO_ANCHOR: {
    sr: 'Сертификат не води до издаваоца коме овај архив верује. Ако издаваоцу верујете, нека га администратор дода.',
    en: 'The certificate leads to no issuer that this archive trusts. If you trust it, have the administrator add it.',
  },
  PATH_INVALID: {
    sr: 'Ланац сертификата крши правила, па ништа не доказује.',
    en: 'The chain of certificates breaks a rule, so it proves nothing.',
  },
  PURPOSE_NOT_ALLOWED: {
    sr: 'Сертификат временског жига није издат за ту намену, па жиг ништа не доказује.',
    en: 'The time-stamp’s certificate is not one for time-stamping, so the time-stamp proves nothing.',
  },
  REVOCATION_UNKNOWN: {
    sr: 'Није познато да ли је сертификат опозван: у документу нема података о томе, а нису ни прибављени.',
    en: 'It is not known whether the certificate was revoked: the document does not say, and nothing was had from elsewhere.',
  },
  REVOCATION_UNUSABLE: {
    sr: 'Подаци о опозиву сертификата су застарели или нису поуздани. Новији би разрешили сумњу.',
    en: 'The revocation data are outdated or not to be relied on. Newer ones would settle it.',
  },
  CERTIFICATE_REVOKED: {
    sr: 'Сертификат је опозван, а нема доказа да је потписано пре тога.',
    en: 'The certificate was revoked, and nothing proves that the signature is older.',
  },
  ISSUER_REVOKED: {
    sr: 'Сертификат издаваоца је опозван, а нема доказа да је потписано пре тога.',
    en: 'The issuer’s certificate was revoked, and nothing proves that the signature is older.',
  },
  CERTIFICATE_ON_HOLD: {
    sr: 'Важење сертификата је привремено обустављено. Проверите поново када се то реши.',
    en: 'The certificate is suspended. Check again when that is decided.',
  },
  CERTIFICATE_EXPIRED: {
    sr: 'Сертификат је истекао, а нема поузданог временског жига по ком је потписано раније.',
    en: 'The certificate has expired, and no trusted time-stamp proves that the signature is older.',
  },
  CERTIFICATE_NOT_YET_VALID: {
    sr: 'Сертификат још није почео да важи.',
    en: 'The certificate is not valid yet.',
  },
  REVOCATION_ISSUER_EXPIRED: {
    sr: 'Податке о опозиву потписао је неко чији је сертификат истекао. Новији подаци би разрешили сумњу.',
    en: 'The revocation data were signed with a certificate that has expired. Newer data would settle it.',
  },
  SERVICE_WITHDRAWN: {
    sr: 'Издаваоцу је према листи поверења престао статус, а нема доказа да је потписано пре тога.',
    en: 'By the trusted list the issuer has lost its status, and nothing proves that the signature is older.',
  },
  ALGORITHM_TOO_WEAK: {
    sr: 'Коришћен је алгоритам који више није довољно поуздан, а нема доказа да је потписано док је био.',
    en: 'An algorithm is no longer strong enough, and nothing proves that the signature is older.',
  },
  ATTRIBUTES_MISSING: {
    sr: 'Потпису недостаје нешто што правила провере траже.',
    en: 'The signature lacks what the validation policy asks for.',
  },
  SIGNING_TIME_OUTSIDE_CERTIFICATE: {
    sr: 'Потпис наводи време када сертификат није важио.',
    en: 'The signature names a time at which the certificate was not valid.',
  },
  TIMESTAMP_ORDER_WRONG: {
    sr: 'Времена временских жигова се међусобно искључују.',
    en: 'The times of the time-stamps contradict their order.',
  },
  NO_PROOF_OF_EXISTENCE: {
    sr: 'Нема доказа да је потпис тада постојао.',
    en: 'Nothing proves that the signature existed by then.',
  },
  EVIDENCED_DATA_NOT_GIVEN: {
    sr: 'Оно што доказни запис обухвата није приложено. Приложите датотеку онаквом каква је архивирана.',
    en: 'What the evidence record is over was not given. Give the file as it was archived.',
  },
  EVIDENCED_DATA_DIFFERS: {
    sr: 'Датотека није она коју доказни запис обухвата: измењена је, или је друга.',
    en: 'The file is not the one that the evidence record is over: it was changed, or is another one.',
  },
  NOT_YET_SUPPORTED: {
    sr: 'Ова врста потписа се још не проверава.',
    en: 'This kind of signature is not validated yet.',
  },
} as const satisfies Record<ReasonCode, Message>;
