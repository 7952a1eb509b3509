import type { CopyStatement } from './copy-statement.ts';
import type { Issuer } from './issuer.ts';

/** A sentence in both languages of a certificate; the Serbian in Cyrillic, from which Latin follows by rule. */
export interface Bilingual {
  readonly sr: string;
  readonly en: string;
}

/** What a certificate is called. Only a public body gives one that is a public document. */
export const issuerTitles: Readonly<Record<Issuer['kind'], Bilingual>> = {
  'public-body': {
    sr: 'УВЕРЕЊЕ О ИСТОВЕТНОСТИ ЕЛЕКТРОНСКОГ ДОКУМЕНТА',
    en: 'CERTIFICATE OF CONFORMITY OF AN ELECTRONIC DOCUMENT',
  },
  company: {
    sr: 'ПОТВРДА О ИСТОВЕТНОСТИ ЕЛЕКТРОНСКОГ ДОКУМЕНТА',
    en: 'STATEMENT OF CONFORMITY OF AN ELECTRONIC DOCUMENT',
  },
  'qualified-provider': {
    sr: 'ПОТВРДА ПРУЖАОЦА КВАЛИФИКОВАНЕ УСЛУГЕ О ЧУВАНОМ ЕЛЕКТРОНСКОМ ДОКУМЕНТУ',
    en: 'STATEMENT OF A QUALIFIED TRUST SERVICE PROVIDER ON A PRESERVED ELECTRONIC DOCUMENT',
  },
};

const law = {
  sr: 'Закон о електронском документу, електронској идентификацији и услугама од поверења у електронском пословању',
  en: 'Law on Electronic Document, Electronic Identification and Trust Services in Electronic Business',
};

const onSeal = {
  sr: 'Да ли је печат квалификован, казује поуздана листа (Trusted List), а не ова исправа.',
  en: 'Whether the seal is qualified is told by the Trusted List, not by this paper.',
};

/** What a certificate is worth, by what its issuer is. It never claims more than the issuer can. */
export function legalEffects(kind: Issuer['kind'], registerEntry = ''): Bilingual {
  const effects: Readonly<Record<Issuer['kind'], Bilingual>> = {
    'public-body': {
      sr: `Издавалац је орган јавне власти и овом исправом, у границама својих овлашћења, оверава истоветност приложеног документа са оним који чува (${law.sr}, чл. 10–12). Електронском документу се не може оспорити пуноважност само зато што је у електронском облику (чл. 7). ${onSeal.sr}`,
      en: `The issuer is a public body and by this paper, within its powers, certifies that the attached document is identical with the one that it keeps (${law.en}, Art. 10–12). An electronic document may not be denied validity only because it is electronic (Art. 7). ${onSeal.en}`,
    },
    company: {
      sr: `Издавалац није орган јавне власти: ово је његова изјава о документу који чува, а не јавна исправа; њену доказну снагу цени онај коме се поднесе. Приложени документ је сам електронски оригинал: његове потписе и печате свако проверава независно од издаваоца, и не може му се оспорити пуноважност само зато што је у електронском облику (${law.sr}, чл. 7). ${onSeal.sr}`,
      en: `The issuer is no public body: this is its statement on a document that it keeps, not a public document; its weight is judged by whoever it is submitted to. The attached document is the electronic original itself: anyone can check its signatures and seals independently of the issuer, and it may not be denied validity only because it is electronic (${law.en}, Art. 7). ${onSeal.en}`,
    },
    'qualified-provider': {
      sr: `Издавалац је пружалац квалификоване услуге поузданог чувања, уписан у регистар: ${registerEntry}. Током целог рока чувања може да докаже ваљаност потписа, печата и жигова документа (${law.sr}, чл. 61–62). ${onSeal.sr}`,
      en: `The issuer provides a qualified preservation service, entered in the register: ${registerEntry}. Throughout the period of preservation it can prove the validity of the document’s signatures, seals and time-stamps (${law.en}, Art. 61–62). ${onSeal.en}`,
    },
  };
  return effects[kind];
}

/** How whoever has never heard of the issuer comes to trust its seal. */
export function trustSteps({ seal }: CopyStatement): Bilingual[] {
  return [
    {
      sr: `Узмите коренски сертификат „${seal.anchorName}“ од издаваоца или из регистра, а не из ове датотеке.`,
      en: `Take the root certificate “${seal.anchorName}” from the issuer or from a register, not from this file.`,
    },
    {
      sr: 'Упоредите његов отисак SHA-256 са овде наведеним, на начин који не зависи од ове датотеке (телефоном, на шалтеру).',
      en: 'Compare its SHA-256 fingerprint with the one above, in a way that does not depend on this file (by phone, in person).',
    },
    {
      sr: 'Додајте га у поуздане сертификате читача или валидатора. Без тога је исход INDETERMINATE, NO_CERTIFICATE_CHAIN_FOUND: исправа се слаже сама са собом, али не казује ко ју је издао.',
      en: 'Add it to the trusted certificates of your reader or validator. Without it the result is INDETERMINATE, NO_CERTIFICATE_CHAIN_FOUND: the paper agrees with itself, but does not tell who issued it.',
    },
  ];
}

const indications: Readonly<Record<string, string>> = {
  TOTAL_PASSED: '✓ TOTAL_PASSED',
  TOTAL_FAILED: '✗ TOTAL_FAILED',
  INDETERMINATE: '? INDETERMINATE',
};

/** The word of EN 319 102-1, which is the same in every language, with a mark. */
export function ofIndication(indication: string): string {
  return indications[indication] ?? indication;
}

const parts = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/Belgrade', year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset' },
});

/** `25.11.2026. 13:05:07 (UTC+01:00)`, in Belgrade. */
export function inBelgrade(utc: string): string {
  const found = new Map(parts.formatToParts(new Date(utc)).map(({ type, value }) => [type, value]));
  const zone = (found.get('timeZoneName') ?? 'GMT').replace('GMT', 'UTC');
  const day = `${found.get('day')}.${found.get('month')}.${found.get('year')}.`;
  return `${day} ${found.get('hour')}:${found.get('minute')}:${found.get('second')} (${zone})`;
}
