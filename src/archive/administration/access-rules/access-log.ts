import { findRecord, findRecords, type JournalEntryType, listEntries } from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';

/** One time somebody was given what stands in a record. */
export interface AccessLine {
  readonly sequence: number;
  readonly time: string;
  readonly record: string;
  readonly recordNumber: string;
  readonly actor: string;
  readonly type: JournalEntryType;
  /** As they said it, where personal data were read. */
  readonly reason?: string;
}

const accesses: readonly JournalEntryType[] = [
  'record.consulted',
  'record.disseminated',
  'certified-copy.issued',
  'certified-copy.prepared',
];

const mostRecords = 500;
const mostEntries = 1000;

/**
 * Who was given a record, or every record in which a person is found: what a data subject may ask for (GDP-05).
 * @param of a record's id or number, or a text such as a name, which is looked for as on the search page
 * @returns newest first; `isWhole` is false where there are more records than are looked at
 */
export async function accessLog(
  { catalog, institution }: Holdings,
  of: { readonly record: string } | { readonly text: string },
): Promise<{ readonly lines: AccessLine[]; readonly isWhole: boolean }> {
  const { records, isWhole } = await recordsOf({ catalog, institution }, of);
  const lines: AccessLine[] = [];
  for (const { id, number } of records) {
    const entries = await listEntries(catalog, { institution: institution.id, subject: id, limit: mostEntries });
    for (const { sequence, time, type, actor, detail } of entries.filter((entry) => accesses.includes(entry.type)))
      lines.push({
        ...{ sequence, time, record: id, recordNumber: number, actor, type },
        ...(typeof detail.reason === 'string' ? { reason: detail.reason } : {}),
      });
  }
  return { lines: lines.sort((one, other) => other.sequence - one.sequence), isWhole };
}

async function recordsOf(
  { catalog, institution }: Pick<Holdings, 'catalog' | 'institution'>,
  of: { readonly record: string } | { readonly text: string },
) {
  if ('record' in of) {
    const record = await findRecord(catalog, institution.id, of.record);
    return { records: record ? [record] : [], isWhole: true };
  }
  const { records, next } = await findRecords(catalog, {
    institution: institution.id,
    text: of.text,
    limit: mostRecords,
  });
  return { records, isWhole: next === undefined };
}
