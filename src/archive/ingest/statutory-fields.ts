import { ArchiveError } from '../../base/index.ts';
import type { JsonValue, RecordDescription } from '../../standards/packages/index.ts';
import { type Classification, serbianDay } from '../data-management/index.ts';
import type { Profile } from '../profiles/index.ts';
import type { ValidationReports } from './validate-signatures.ts';

type Fields = Readonly<Record<string, JsonValue>>;

/**
 * Fills in the fields of UTT 5 point 6 that the archive knows by itself and nobody entered: 1 the identifier, 6 the format,
 * 7 the day of signing, 8 the qualified certificate (serial number and issuer), 9 the period of the category, 10 the day of archiving.
 * @param record as it is about to be packaged
 */
export function withStatutoryFields(profile: Profile, record: RecordDescription, reports: ValidationReports): Fields {
  if (!profile.fillsStatutoryFields) return record.metadata;
  const content = record.files.find(({ role }) => role === 'content')?.format;
  const signed = record.files
    .flatMap(({ signatures }) => signatures)
    .flatMap(({ bestSignatureTime, claimedSigningTime }) => bestSignatureTime ?? claimedSigningTime ?? [])
    .sort()[0];
  const known: Readonly<Record<string, string | undefined>> = {
    jedinstvenaOznaka: record.number,
    formatCuvanja: content && [content.puid, content.name, content.version].filter(Boolean).join(' ').slice(0, 200),
    datumNastanka: signed && serbianDay(new Date(signed)),
    brojSertifikata: qualifiedCertificate(reports),
    rokCuvanja: periodField(record.classification?.period),
    datumArhiviranja: serbianDay(record.archivedAt),
  };
  const offered = new Set(profile.fields.map(({ name }) => name));
  const filled = Object.entries(known).filter(([name, value]) => value && offered.has(name));
  return { ...Object.fromEntries(filled), ...record.metadata } as Fields;
}

/** The first that the trusted lists tell to be qualified, of a signature or a seal. */
function qualifiedCertificate(reports: ValidationReports): string | undefined {
  const signature = [...reports.values()]
    .flatMap(({ signatures }) => signatures)
    .find(({ qualification = '' }) => /^(QES(ig|eal)|AdES(ig|eal)-QC)$/.test(qualification));
  if (!signature?.signingCertSerial) return undefined;
  return [signature.signingCertSerial, signature.signingCertIssuer].filter(Boolean).join(', ').slice(0, 500);
}

/**
 * Retention follows from the category; a period that was entered must be the same.
 * @throws ArchiveError METADATA_INVALID at the field
 */
export function requirePeriodOfCategory(fields: Fields, classification: Classification | undefined): void {
  const period = periodField(classification?.period);
  if (period === undefined || fields.rokCuvanja === undefined || fields.rokCuvanja === period) return;
  throw new ArchiveError(
    'METADATA_INVALID',
    `The category is kept ${period}; leave the period empty, and it follows.`,
    {
      places: [{ pointer: '/rokCuvanja', detail: `differs from the category: ${period}` }],
    },
  );
}

/** As the field has it: `trajno` for both regimes of permanent records. */
function periodField(period: string | undefined): string | undefined {
  return period?.startsWith('trajno') ? 'trajno' : period;
}
