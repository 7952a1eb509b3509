import type { SignatureQualification, TimestampQualification } from '../../standards/signatures/index.ts';
import type { Message } from './message.ts';

/** What a signature that holds is by the law (TS 119 172-4, as DSS names it); of one that is not decided, with “if”. */
export const qualificationMessages = {
  QESig: { sr: 'Квалификовани електронски потпис', en: 'Qualified electronic signature' },
  QESeal: { sr: 'Квалификовани електронски печат', en: 'Qualified electronic seal' },
  'Unknown-QC-QSCD': {
    sr: 'Потпис или печат с квалификованим сертификатом и средством, а није јасно за шта је сертификат',
    en: 'Signature or seal with a qualified certificate and device; what the certificate is for is not clear',
  },
  'AdESig-QC': {
    sr: 'Напредни електронски потпис с квалификованим сертификатом',
    en: 'Advanced electronic signature with a qualified certificate',
  },
  'AdESeal-QC': {
    sr: 'Напредни електронски печат с квалификованим сертификатом',
    en: 'Advanced electronic seal with a qualified certificate',
  },
  'Unknown-QC': {
    sr: 'Потпис или печат с квалификованим сертификатом, а није јасно за шта је сертификат',
    en: 'Signature or seal with a qualified certificate; what the certificate is for is not clear',
  },
  AdESig: {
    sr: 'Електронски потпис чији сертификат није квалификован',
    en: 'Electronic signature; its certificate is not qualified',
  },
  AdESeal: {
    sr: 'Електронски печат чији сертификат није квалификован',
    en: 'Electronic seal; its certificate is not qualified',
  },
  Unknown: { sr: 'Сертификат није квалификован', en: 'The certificate is not qualified' },
  'Not AdES but QC with QSCD': {
    sr: 'Сертификат је квалификован, али потпис не важи',
    en: 'The certificate is qualified, but the signature is not valid',
  },
  'Not AdES but QC': {
    sr: 'Сертификат је квалификован, али потпис не важи',
    en: 'The certificate is qualified, but the signature is not valid',
  },
  'Not AdES': { sr: 'Ни сертификат није квалификован', en: 'The certificate is not qualified either' },
  'N/A': {
    sr: 'Листе поверења не кажу да ли је потпис квалификован',
    en: 'The trusted lists do not tell whether the signature is qualified',
  },
} as const satisfies Record<Exclude<SignatureQualification, `Indeterminate ${string}`>, Message>;

/** Of a signature that is not decided. */
export const ifItHolds: Message = { sr: 'Ако важи: {what}', en: 'If it holds: {what}' };

/** What a time-stamp is by the law. */
export const timestampQualificationMessages = {
  QTSA: { sr: 'квалификовани временски жиг', en: 'a qualified time-stamp' },
  TSA: { sr: 'временски жиг који није квалификован', en: 'a time-stamp that is not qualified' },
  'N/A': { sr: 'листе поверења не знају ко га је издао', en: 'its issuer is in no trusted list' },
} as const satisfies Record<TimestampQualification, Message>;
