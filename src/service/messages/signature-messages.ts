import type { Message } from './message.ts';

/** EN 319 102-1, 5.1.3: the three indications. */
export const indicationMessages = {
  TOTAL_PASSED: { sr: 'Потпис важи', en: 'The signature is valid' },
  INDETERMINATE: {
    sr: 'Није утврђено да ли потпис важи',
    en: 'It could not be determined whether the signature is valid',
  },
  TOTAL_FAILED: { sr: 'Потпис не важи', en: 'The signature is not valid' },
} as const satisfies Record<string, Message>;

/** EN 319 102-1, tables 5 and 6: why, for people. */
export const subIndicationMessages = {
  FORMAT_FAILURE: { sr: 'Потпис није у исправном облику.', en: 'The signature is malformed.' },
  HASH_FAILURE: { sr: 'Документ је мењан после потписивања.', en: 'The document was changed after it was signed.' },
  SIG_CRYPTO_FAILURE: {
    sr: 'Потпис није сачињен кључем из сертификата.',
    en: 'The signature was not made with the certificate’s key.',
  },
  REVOKED: {
    sr: 'Сертификат је био опозван када је потписано.',
    en: 'The certificate was revoked when the signature was made.',
  },
  EXPIRED: {
    sr: 'Сертификат је био истекао када је потписано.',
    en: 'The certificate had expired when the signature was made.',
  },
  NOT_YET_VALID: {
    sr: 'Сертификат још није важио када је потписано.',
    en: 'The certificate was not yet valid when the signature was made.',
  },
  SIG_CONSTRAINTS_FAILURE: {
    sr: 'Потпис не испуњава услове политике провере.',
    en: 'The signature does not meet the validation policy.',
  },
  CHAIN_CONSTRAINTS_FAILURE: {
    sr: 'Ланац сертификата не испуњава услове провере.',
    en: 'The certificate chain does not meet the validation policy.',
  },
  CERTIFICATE_CHAIN_GENERAL_FAILURE: {
    sr: 'Ланац сертификата није могао да се провери.',
    en: 'The certificate chain could not be validated.',
  },
  CRYPTO_CONSTRAINTS_FAILURE: {
    sr: 'Коришћен је алгоритам који се више не сматра поузданим.',
    en: 'An algorithm was used that is no longer trusted.',
  },
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: {
    sr: 'Коришћен је алгоритам који се више не сматра поузданим, а нема доказа да је потпис настао док је био.',
    en: 'An algorithm was used that is no longer trusted, and nothing proves that the signature is older.',
  },
  POLICY_PROCESSING_ERROR: {
    sr: 'Политика потписа није могла да се прочита.',
    en: 'The signature policy could not be read.',
  },
  SIGNATURE_POLICY_NOT_AVAILABLE: {
    sr: 'Политика потписа није доступна.',
    en: 'The signature policy is not available.',
  },
  TIMESTAMP_ORDER_FAILURE: {
    sr: 'Временски жигови нису у исправном редоследу.',
    en: 'The time-stamps are not in order.',
  },
  NO_SIGNING_CERTIFICATE_FOUND: {
    sr: 'Сертификат потписника није приложен.',
    en: 'The signer’s certificate is not there.',
  },
  NO_CERTIFICATE_CHAIN_FOUND: {
    sr: 'Сертификат потписника не води до издаваоца коме овај архив верује.',
    en: 'The signer’s certificate does not lead to an issuer that this archive trusts.',
  },
  NO_CERTIFICATE_CHAIN_FOUND_NO_POE: {
    sr: 'Сертификат не води до издаваоца коме овај архив верује, а време потписивања није доказано.',
    en: 'The certificate does not lead to an issuer that this archive trusts, and the time of signing is not proven.',
  },
  REVOKED_NO_POE: {
    sr: 'Сертификат је опозван, а нема доказа да је потписано пре тога.',
    en: 'The certificate was revoked, and nothing proves that the signature is older.',
  },
  REVOKED_CA_NO_POE: {
    sr: 'Сертификат издаваоца је опозван, а нема доказа да је потписано пре тога.',
    en: 'An issuer’s certificate was revoked, and nothing proves that the signature is older.',
  },
  OUT_OF_BOUNDS_NO_POE: {
    sr: 'Сертификат је истекао, а нема доказа да је потписано док је важио.',
    en: 'The certificate has expired, and nothing proves that the signature was made while it was valid.',
  },
  OUT_OF_BOUNDS_NOT_REVOKED: {
    sr: 'Сертификат је истекао, није опозван, а време потписивања није доказано.',
    en: 'The certificate has expired and was not revoked; the time of signing is not proven.',
  },
  NO_POE: { sr: 'Нема доказа о времену потписивања.', en: 'Nothing proves when the signature was made.' },
  TRY_LATER: {
    sr: 'Статус сертификата тренутно није могао да се сазна; провера ће се поновити.',
    en: 'The certificate’s status could not be learned now; validation is repeated later.',
  },
  SIGNED_DATA_NOT_FOUND: {
    sr: 'Документ на који се потпис односи није приложен.',
    en: 'What the signature covers is not there.',
  },
  GENERIC: { sr: 'Провера није дошла до закључка.', en: 'Validation came to no conclusion.' },
} as const satisfies Record<string, Message>;
