import { createRequire } from 'node:module';
import type { IntegrityFacts } from './integrity-facts.ts';

const fontFile = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
const margin = 56;

/** The report for people: PDF/A-2b, in Serbian and in English. */
export async function integrityPdf(facts: IntegrityFacts): Promise<Uint8Array> {
  const made = new Date(facts.until);
  const title = 'Извештај о интегритету / Integrity report';
  const { default: PdfKit } = await import('pdfkit');
  const document = new PdfKit({
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'sr',
    size: 'A4',
    margin,
    font: fontFile('DejaVuSans'),
    info: { Title: title, Author: facts.institution.name, CreationDate: made, ModDate: made },
  });
  document.font(fontFile('DejaVuSans-Bold'), 15).text(title).moveDown(0.5);
  document.font(fontFile('DejaVuSans'), 9.5);
  for (const line of [
    ...head(facts),
    '',
    ...(facts.record ? recordLines(facts.record) : []),
    ...(facts.archive ? archiveLines(facts.archive) : []),
  ])
    if (line === '') document.moveDown(0.6);
    else document.text(line, { lineGap: 2 });
  document.moveDown(1).fontSize(8).fillColor('#444444').text(seal(facts), { lineGap: 2 });
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function head({ institution, scope, from, until, intact, software }: IntegrityFacts): string[] {
  const what = scope === 'record' ? 'један документ / one record' : 'цео архив / the whole archive';
  return [
    `Установа / Institution: ${institution.name}`,
    `Обухват / Scope: ${what}`,
    `Раздобље / Period: ${from} – ${until} (UTC)`,
    `Програм / Software: ${software.name} ${software.version}`,
    intact
      ? 'Налаз / Finding: све што је проверено неизмењено је и цело / all that was checked is unaltered and whole'
      : 'Налаз / Finding: нешто није како треба; појединости ниже / something is not as it should be; details below',
  ];
}

function recordLines(record: NonNullable<IntegrityFacts['record']>): string[] {
  return [
    `Документ / Record: ${record.number} (${record.id})`,
    ...record.files.map(({ sha256, size }, index) => `Датотека / File ${index + 1}: ${size} B, SHA-256 ${sha256}`),
    '',
    'Копије / Copies:',
    ...record.copies.map(({ location, state, verifiedAt }) => `– ${location}: ${state}, ${verifiedAt ?? '–'}`),
    `Нађена оштећења / Damages found: ${record.damages}; поправке / repairs: ${record.repairs}`,
    ...(record.audit
      ? [
          `Последња потпуна провера / Last full audit: ${record.audit.finishedAt}`,
          `– корен свих редова / root of all rows (SHA-512): ${record.audit.root}`,
          ...record.audit.rows.map(({ row }) => `– ${row.location}: ${row.state}, ${row.verifiedAt}`),
        ]
      : []),
    '',
    'Докази о постојању / Proofs of existence (RFC 4998):',
    ...record.evidence.map(
      ({ version, since, renewedAt, authority, isTest }) =>
        `– верзија / version ${version}: ${since}; обновљен / renewed ${renewedAt}; ${authority}${isTest ? ' (ПРОБА / TEST)' : ''}`,
    ),
    ...(record.evidence.length === 0 ? ['– још ниједан / none yet'] : []),
    '',
    'Поновне провере потписа / Re-validations of signatures:',
    ...record.verdicts.map(
      ({ number, validatedAt, indication, subIndication }) =>
        `– ${validatedAt}, потпис / signature ${number + 1}: ${indication}${subIndication ? ` (${subIndication})` : ''}`,
    ),
    ...(record.verdicts.length === 0 ? ['– још ниједна / none yet'] : []),
  ];
}

function archiveLines(archive: NonNullable<IntegrityFacts['archive']>): string[] {
  const records = Object.entries(archive.records).map(([state, count]) => `${state} ${count}`);
  return [
    `Документи / Records: ${records.join(', ')}`,
    '',
    'Копије / Copies:',
    ...archive.copies.map(
      ({ location, copies, whole, oldest }) =>
        `– ${location}: ${whole} од / of ${copies}; најстарија провера / oldest check ${oldest ?? '–'}`,
    ),
    '',
    `Провере / Audits: ${archive.audits}`,
    `Оштећења / Damages: ${archive.damages}; поправке / repairs: ${archive.repairs}`,
    `Поновне провере потписа / Re-validations: ${archive.revalidations}`,
    `Доказне серије / Batches of evidence: ${archive.batches}; под доказом / under evidence: ${archive.versionsUnderEvidence}; чека / waiting: ${archive.versionsWaiting}`,
    `Обнове / Renewals: ${archive.renewals}; неуспеле / failed: ${archive.failedRenewals}`,
  ];
}

function seal({ sealedBy: { name, isQualified, isTest } }: IntegrityFacts): string {
  const kind = isQualified
    ? 'квалификована услуга од поверења / a qualified trust service'
    : 'услуга која није квалификована / a trust service that is not qualified';
  const test = isTest ? ' ПРОБНИ ПЕЧАТ: не доказује ништа трећим лицима / TEST SEAL: proves nothing to outsiders.' : '';
  return `Печатирао / Sealed by: ${name} – ${kind}.${test}`;
}
