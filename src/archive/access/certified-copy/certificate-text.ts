import { toLatin } from '../../../base/index.ts';
import {
  type Bilingual,
  inBelgrade,
  issuerTitles,
  legalEffects,
  ofIndication,
  trustSteps,
} from './certificate-wording.ts';
import type { CopyScript, CopyStatement, StatedFile, StatedSignature, StatedVerdict } from './copy-statement.ts';
import type { Issuer } from './issuer.ts';

/** A fact with its name; what is put in is never rewritten into the other alphabet. */
export interface StatedFact {
  readonly name: Bilingual;
  readonly value: string;
  /** Digests and codes, which are compared letter by letter. */
  readonly isExact?: true;
}

/** A part of a certificate of authenticity, as pages and PDFs show it. */
export type CertificatePart =
  | { readonly kind: 'warning'; readonly text: Bilingual }
  | { readonly kind: 'heading'; readonly text: Bilingual }
  | { readonly kind: 'paragraph'; readonly text: Bilingual }
  | { readonly kind: 'steps'; readonly steps: readonly Bilingual[] }
  | { readonly kind: 'facts'; readonly facts: readonly StatedFact[] };

/** The Serbian of a sentence in the alphabet that was asked for. */
export function serbian({ sr }: Bilingual, script: CopyScript): string {
  return script === 'Latn' ? toLatin(sr) : sr;
}

/** A qualified provider that names no entry of the register is not called one. */
export function issuerKindOf({ kind, registerEntry }: Issuer): Issuer['kind'] {
  return kind === 'qualified-provider' && !registerEntry ? 'company' : kind;
}

/** The title follows from what the issuer is by the law. */
export function certificateTitle({ issuer }: Pick<CopyStatement, 'issuer'>): Bilingual {
  return issuerTitles[issuerKindOf(issuer)];
}

/** Everything that a certificate tells, in order (ZED-04 and 05, CC-01 and 04). */
export function certificateParts(statement: CopyStatement): CertificatePart[] {
  return [
    ...warnings(statement),
    { kind: 'facts', facts: issueFacts(statement) },
    { kind: 'paragraph', text: confirmation(statement) },
    { kind: 'heading', text: { sr: 'Документ', en: 'The record' } },
    { kind: 'facts', facts: recordFacts(statement) },
    ...statement.files.flatMap(filePart),
    { kind: 'heading', text: { sr: 'Потписи и печати документа', en: 'Signatures and seals of the record' } },
    ...signatureParts(statement),
    { kind: 'heading', text: { sr: 'Чување', en: 'Preservation' } },
    { kind: 'facts', facts: preservationFacts(statement) },
    { kind: 'heading', text: { sr: 'Правно дејство', en: 'Legal effect' } },
    { kind: 'paragraph', text: legalEffects(issuerKindOf(statement.issuer), statement.issuer.registerEntry) },
    {
      kind: 'heading',
      text: { sr: 'Печат издаваоца и како му се верује', en: 'The issuer’s seal, and how to trust it' },
    },
    { kind: 'facts', facts: sealFacts(statement) },
    { kind: 'steps', steps: trustSteps(statement) },
    { kind: 'heading', text: { sr: 'Како се проверава', en: 'How to check this copy' } },
    ...checkingParts(statement),
  ];
}

function warnings({ isTest, decision }: CopyStatement): CertificatePart[] {
  const test: Bilingual = {
    sr: 'ПРОБА: ова копија је печатирана уграђеним пробним печатом, није издата и не доказује ништа.',
    en: 'TEST: this copy bears the built-in test seal, was never issued, and proves nothing.',
  };
  const undecided = decision && {
    sr: `Исход провере бар једног потписа није одређен (INDETERMINATE). Копија је издата по одлуци: ${decision.by}, ${inBelgrade(decision.at)}. Разлог: ${decision.reason}`,
    en: `The verdict on at least one signature is INDETERMINATE. The copy was issued by decision of ${decision.by}, ${decision.at}. Reason: ${decision.reason}`,
  };
  return [...(isTest ? [test] : []), ...(undecided ? [undecided] : [])].map((text) => ({ kind: 'warning', text }));
}

const fact = (sr: string, en: string, value: string | undefined): StatedFact[] =>
  value ? [{ name: { sr, en }, value }] : [];
const exact = (sr: string, en: string, value: string | undefined): StatedFact[] =>
  value ? [{ name: { sr, en }, value, isExact: true }] : [];

function issueFacts(statement: CopyStatement): StatedFact[] {
  const { issuer, authorisedPerson: person } = statement;
  return [
    ...fact('Број', 'Number', statement.number),
    ...fact(
      'Место и датум',
      'Place and date',
      [statement.place, inBelgrade(statement.issuedAt)].filter(Boolean).join(', '),
    ),
    ...fact('Издавалац', 'Issuer', [issuer.name, issuer.registrationNumber].filter(Boolean).join(', ')),
    ...fact('Уписан у регистар', 'Register entry', issuer.registerEntry),
    ...fact('Овлашћено лице', 'Authorised person', person && `${person.name}, ${person.capacity}`),
    ...fact('Акт о овлашћењу', 'Act of authorisation', person?.act),
    ...exact('Сертификат овлашћеног лица', 'Certificate of the person', person?.certificateSerial),
    ...fact(
      'Потпис овлашћеног лица',
      'Signature of the person',
      statement.personSignature && 'електронски, у овом документу / electronic, in this document',
    ),
    ...fact('Издаје се за', 'Purpose', statement.purpose),
    ...fact('На захтев', 'At the request of', statement.recipient),
  ];
}

function confirmation({ files, checkedAt }: CopyStatement): Bilingual {
  const count = files.length;
  return {
    sr: `Потврђује се истоветност: приложени електронски документ (датотека: ${count}) истоветан је, у сваком биту, примерку који издавалац чува. Сваки оригинал је прочитан ${inBelgrade(checkedAt)} и има сажетке са којима је примљен. Електронски документ нема електронску копију: прилог је сам оригинал.`,
    en: `Identity is confirmed: the attached electronic document (files: ${count}) is the same, in every bit, as the one that the issuer keeps. Each original was read at ${checkedAt} and has the digests that it was received with. An electronic document has no electronic copy: what is attached is the original itself.`,
  };
}

function recordFacts({ record }: CopyStatement): StatedFact[] {
  return [
    ...fact('Назив', 'Title', record.title),
    ...fact('Број документа', 'Record number', record.number),
    ...exact('Идентификатор', 'Identifier', record.id),
    ...fact('Категорија', 'Category', record.category),
    ...fact('Изворни облик', 'Original form', record.origin),
    ...fact('Примљен', 'Received', inBelgrade(record.receivedAt)),
    ...fact('Потврда о архивирању', 'Receipt of archiving', record.receipt),
    ...exact(
      `Пакет, верзија ${record.version}, SHA-512`,
      `Package, version ${record.version}, SHA-512`,
      record.packageSha512,
    ),
  ];
}

function filePart(file: StatedFile): CertificatePart[] {
  const size = `${file.size} B, ${file.format}${file.puid ? ` (${file.puid})` : ''}`;
  return [
    {
      kind: 'facts',
      facts: [
        ...fact('Датотека', 'File', `${file.originalName} → ${file.name}`),
        ...fact('Величина и формат', 'Size and format', size),
        ...exact('SHA-256', 'SHA-256', file.sha256),
        ...exact('SHA-512', 'SHA-512', file.sha512),
      ],
    },
  ];
}

function signatureParts({ signatures }: CopyStatement): CertificatePart[] {
  if (signatures.length === 0)
    return [
      {
        kind: 'paragraph',
        text: {
          sr: 'Документ нема електронских потписа ни печата.',
          en: 'The record has no electronic signatures or seals.',
        },
      },
    ];
  return signatures.map((signature) => ({ kind: 'facts', facts: ofSignature(signature) }));
}

function ofSignature(signature: StatedSignature): StatedFact[] {
  return [
    ...fact('Потписник', 'Signed by', `${signature.signedBy ?? '–'} (${signature.format}, ${signature.file})`),
    ...fact('Својство', 'Qualification', signature.qualification),
    ...fact('Наведено време', 'Claimed time', signature.claimedSigningTime && inBelgrade(signature.claimedSigningTime)),
    ...fact('Налаз при архивирању', 'Verdict when archived', ofVerdict(signature.atArchiving)),
    ...fact('Последњи налаз', 'Latest verdict', ofVerdict(signature.now)),
  ];
}

function ofVerdict({ indication, subIndication, validatedAt }: StatedVerdict): string {
  return `${ofIndication(indication)}${subIndication ? `, ${subIndication}` : ''}; ${inBelgrade(validatedAt)}`;
}

function preservationFacts({ preservation }: CopyStatement): StatedFact[] {
  const test = preservation.isTest ? ' – TEST' : '';
  return [
    ...fact('Чува се од', 'Preserved since', inBelgrade(preservation.since)),
    ...fact('Доказ', 'Evidence', `${preservation.evidence}, ${inBelgrade(preservation.evidenceSince)}`),
    ...fact(
      'Последњи временски жиг',
      'Newest time-stamp',
      `${inBelgrade(preservation.stampedAt)}, ${preservation.authority}${test}`,
    ),
    ...fact('Доказано до', 'Proven until', inBelgrade(preservation.provenUntil)),
  ];
}

function sealFacts({ seal }: CopyStatement): StatedFact[] {
  return [
    ...fact('Печат', 'Seal', seal.name),
    ...exact('Серијски број сертификата', 'Certificate serial number', seal.certificateSerial),
    ...fact('Коренски сертификат', 'Root certificate', seal.anchorName),
    ...exact('Отисак корена, SHA-256', 'Fingerprint of the root, SHA-256', fingerprint(seal.anchorSha256)),
  ];
}

/** In groups, as certificate viewers show it. */
function fingerprint(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}

function checkingParts({ code, verifyAt, evidenceAt }: CopyStatement): CertificatePart[] {
  return [
    { kind: 'facts', facts: [...exact('Код', 'Code', code), ...exact('Страница за проверу', 'Page', verifyAt)] },
    {
      kind: 'paragraph',
      text: {
        sr: `Страница каже да ли је копија издата и да ли је опозвана; датотеке се на њој упоређују у прегледачу и не шаљу се. Без мреже: \`trajno verify\`, или било који валидатор по стандарду ETSI EN 319 102-1. Докази се обнављају: новији доказ${evidenceAt ? ` је на ${evidenceAt},` : ' даје издавалац,'} бесплатно и без пријављивања.`,
        en: `The page tells whether the copy was issued and whether it was revoked; files are compared there in the browser and are not sent. Offline: \`trajno verify\`, or any validator of ETSI EN 319 102-1. Evidence is renewed: newer evidence is ${evidenceAt ? `at ${evidenceAt}` : 'given by the issuer'}, free and without an account.`,
      },
    },
  ];
}
