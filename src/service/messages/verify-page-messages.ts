import type { Message } from './message.ts';

/** The public page on which anybody checks a certified copy. */
export const verifyPageMessages = {
  'verify.title': { sr: 'Провера оверене копије', en: 'Check a certified copy' },
  'verify.lead': {
    sr: 'Упишите код са копије, или изаберите датотеку: пореди се у вашем прегледачу и не шаље се.',
    en: 'Type the code of the copy, or choose a file: it is compared in your browser and is not sent.',
  },
  'verify.code': { sr: 'Код са копије', en: 'Code of the copy' },
  'verify.codeHint': {
    sr: 'Двадесет знакова у четири групе. Велика и мала слова, цртице и размаци нису важни.',
    en: 'Twenty characters in four groups. Case, hyphens and spaces do not matter.',
  },
  'verify.submit': { sr: 'Провери', en: 'Check' },
  'verify.file': { sr: 'Датотека', en: 'A file' },
  'verify.fileHint': {
    sr: 'Оригинал, уверење, контејнер .asice или копија за читање. Израчунава се само сажетак SHA-256.',
    en: 'The original, the certificate, the .asice container or the reading copy. Only its SHA-256 digest is computed.',
  },
  'verify.choose': { sr: 'Изаберите датотеку или је превуците овамо', en: 'Choose a file, or drop it here' },
  'verify.working': { sr: 'Рачуна се сажетак…', en: 'The digest is being computed…' },
  'verify.noCrypto': {
    sr: 'Овај прегледач не може да израчуна сажетак (страница мора бити отворена преко https). Израчунајте SHA-256 сами и упишите га.',
    en: 'This browser cannot compute a digest (the page has to be opened over https). Compute the SHA-256 yourself and type it.',
  },
  'verify.unreadable': { sr: 'Датотека не може да се прочита.', en: 'The file cannot be read.' },
  'verify.digest': { sr: 'SHA-256 датотеке', en: 'SHA-256 of the file' },
  'verify.stands': { sr: 'Копија је издата и важи', en: 'The copy was issued and stands' },
  'verify.revoked': { sr: 'Копија је опозвана', en: 'The copy was revoked' },
  'verify.revokedLead': {
    sr: 'Издата је, па опозвана {time}. Не ослањајте се на њу; питајте издаваоца.',
    en: 'It was issued, and revoked on {time}. Do not rely on it; ask the issuer.',
  },
  'verify.unknown': { sr: 'Копија са тим кодом није издата', en: 'No copy with this code was issued' },
  'verify.unknownLead': {
    sr: 'Проверите код знак по знак. Ако је тачан, исправа није издата овде.',
    en: 'Check the code letter by letter. If it is right, the paper was not issued here.',
  },
  'verify.test': { sr: 'Ово је код пробне копије', en: 'This is the code of a test copy' },
  'verify.testLead': {
    sr: 'Ништа није издато. Копија са пробним печатом не доказује ништа.',
    en: 'Nothing was issued. A copy with the test seal proves nothing.',
  },
  'verify.fileKnown': {
    sr: 'Ова датотека је предата уз оверену копију',
    en: 'This file was handed out with a certified copy',
  },
  'verify.fileUnknown': { sr: 'Овакву датотеку нисмо издали', en: 'No such file was issued here' },
  'verify.fileUnknownLead': {
    sr: 'Ниједна издата копија нема датотеку са овим сажетком: измењена је макар у једном биту, или је печатирао неко други.',
    en: 'No issued copy has a file with this digest: it was changed, if only by one bit, or somebody else sealed it.',
  },
  'verify.belongs': { sr: 'Датотека припада овој копији: {role}', en: 'The file belongs to this copy: {role}' },
  'verify.ofAnother': {
    sr: 'Датотека није из ове копије, него из друге: {number}. Уверење и оригинал не иду заједно.',
    en: 'The file is not of this copy but of another one: {number}. Certificate and original do not belong together.',
  },
  'verify.notOfThis': {
    sr: 'Датотека није ниједна од датотека ове копије: измењена је или није одавде.',
    en: 'The file is none of the files of this copy: it was changed, or is not from here.',
  },
  'verify.compare': { sr: 'Упоредите своју датотеку са овом копијом', en: 'Compare your file with this copy' },
  'verify.number': { sr: 'Број копије', en: 'Number of the copy' },
  'verify.issued': { sr: 'Издата', en: 'Issued' },
  'verify.issuer': { sr: 'Издавалац', en: 'Issuer' },
  'verify.record': { sr: 'Документ', en: 'Record' },
  'verify.files': { sr: 'Датотеке и њихови сажетци SHA-256', en: 'Files and their SHA-256 digests' },
  'verify.verdict': { sr: 'Потписи документа', en: 'Signatures of the record' },
  'verify.seal': { sr: 'Печатирано сертификатом (SHA-256)', en: 'Sealed by the certificate (SHA-256)' },
  'verify.anchor': { sr: 'Коренски сертификат (SHA-256)', en: 'Root certificate (SHA-256)' },
  'verify.proven': { sr: 'Чување доказано', en: 'Preservation proven' },
  'verify.provenValue': { sr: 'од {since} до {until}', en: 'from {since} until {until}' },
  'verify.notKept': {
    sr: 'Документ је у међувремену уништен по одлуци; издата копија тиме не престаје да важи.',
    en: 'The record has been disposed of by decision since; an issued copy stands all the same.',
  },
  'verify.evidence': { sr: 'Преузмите важеће доказе (ZIP)', en: 'Take the current evidence (ZIP)' },
  'verify.list': { sr: 'Списак опозваних копија, печатиран', en: 'The list of revoked copies, sealed' },
  'verify.none': { sr: 'нема потписа', en: 'no signatures' },
  'verify.again': { sr: 'Нова провера', en: 'Check another' },
  'verify.role.container': { sr: 'контејнер', en: 'container' },
  'verify.role.certificate': { sr: 'уверење', en: 'certificate' },
  'verify.role.original': { sr: 'оригинал', en: 'original' },
  'verify.role.reading': { sr: 'копија за читање', en: 'reading copy' },
} as const satisfies Record<string, Message>;
