import { ArchiveError, type ErrorPlace, readWhole } from '../../../base/index.ts';
import {
  type CatalogRecord,
  findRecordAsKnown,
  type IndexedEntry,
  listEntries,
  serbianDay,
} from '../../data-management/index.ts';
import { recordOrigin } from '../../profiles/index.ts';
import { type ActContext, commitAct, known, newActId } from '../acts.ts';
import { serbianDate } from '../archive-book/print-book.ts';
import { sealedTable } from '../paper/sealed-table.ts';

/** A statement that copies are true to their sources. */
export interface FidelityStatement {
  readonly id: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly records: number;
}

const statementPdf = 'statement.pdf';
const mostRecords = 2000;
/** Checks by a second person that a statement rests on. */
const checks: readonly unknown[] = ['SECOND_CHECK_NEEDED', 'COMPARISON_NEEDED'];

/**
 * States for a batch of digitised or converted records that they are true to their sources (U86-11): a sealed PDF/A with digests
 * and who checked each, kept in the store as an act. Only what a second person checked can be stated.
 * @param request `records`: ids or numbers; `capacity`: in which the person states it (ovlašćeno lice)
 * @throws ArchiveError METADATA_INVALID with a place for each record that cannot be in it
 */
export async function stateFidelity(
  context: ActContext,
  request: { readonly records: readonly string[]; readonly capacity: string; readonly actor: string },
): Promise<FidelityStatement> {
  const { records: wanted, capacity, actor } = request;
  if (wanted.length === 0 || wanted.length > mostRecords)
    throw invalid([{ pointer: '/records', detail: `must be 1 to ${mostRecords} records` }]);
  const stated: { record: CatalogRecord; check: IndexedEntry }[] = [];
  const places: ErrorPlace[] = [];
  for (const [index, idOrNumber] of wanted.entries()) {
    const found = await checkedRecord(context, idOrNumber);
    if (typeof found === 'string') places.push({ pointer: `/records/${index}`, detail: found });
    else if (!stated.some(({ record }) => record.id === found.record.id)) stated.push(found);
  }
  if (places.length > 0) throw invalid(places);
  const today = serbianDate(serbianDay(context.clock()));
  const pdf = await sealedTable(context, {
    title: 'ИЗЈАВА О ВЕРНОСТИ ИЗВОРНОМ ДОКУМЕНТУ',
    lines: [
      `Изјављујем да су електронска документа са овог списка верна својим изворницима и да их је проверило друго лице.`,
      `Изјаву даје: ${actor}, ${capacity}`,
      `Дана: ${today}. Докумената: ${stated.length}`,
    ],
    columns: ['Број', 'Наслов', 'Порекло', 'Снимљено', 'Проверио', 'Дана', 'SHA-256'],
    widths: [3, 8, 3, 3, 3, 3, 8],
    rows: stated.map(rowOf),
  });
  const id = newActId(context, 'fidelity');
  const entry = await commitAct(context, actor, async () => ({
    type: 'fidelity.stated',
    subject: id,
    detail: { records: stated.length },
    act: {
      id,
      content: {
        capacity,
        records: stated.map(({ record: { id: record, number, version, files }, check }) => ({
          record,
          number,
          version,
          checkedBy: check.actor,
          checkedAt: check.time,
          files: files.map(({ path, representation, sha256 }) => ({ path, representation, sha256 })),
        })),
      },
      files: [{ path: statementPdf, content: pdf }],
      sealed: true,
    },
  }));
  return statementOf(entry);
}

/** The institution's statements, newest first. */
export async function listFidelityStatements({ catalog, institution }: ActContext): Promise<FidelityStatement[]> {
  const entries = await listEntries(catalog, { institution: institution.id, type: 'fidelity.stated', limit: 200 });
  return entries.map(statementOf);
}

/** The statement as it was printed and sealed. @throws ArchiveError ENTRY_UNKNOWN */
export async function fidelityDocument(context: ActContext, id: string): Promise<Uint8Array> {
  const query = { institution: context.institution.id, type: 'fidelity.stated', subject: id, limit: 1 } as const;
  const [entry] = await listEntries(context.catalog, query);
  known(entry, 'such statement');
  return readWhole(await context.storage.openState(id, statementPdf), 64 << 20);
}

async function checkedRecord({ catalog, institution }: ActContext, idOrNumber: string) {
  const record = await findRecordAsKnown(catalog, institution.id, idOrNumber);
  if (!record) return 'is no record of this institution';
  if (record.version === 0) return 'is not in the store yet';
  if (!['digitised', 'converted'].includes(recordOrigin(record))) return 'is neither digitised nor converted';
  const query = { institution: institution.id, subject: record.id, type: 'record.decided', limit: 200 } as const;
  const decisions = await listEntries(catalog, query);
  const check = decisions.find(({ detail }) => detail.decision === 'accept' && checks.includes(detail.code));
  return check ? { record, check } : 'was not checked by a second person';
}

function rowOf({ record, check }: { readonly record: CatalogRecord; readonly check: IndexedEntry }): string[] {
  const { datumDigitalizacije, snimio } = record.fields;
  const day = typeof datumDigitalizacije === 'string' ? serbianDate(datumDigitalizacije) : '';
  return [
    record.number,
    record.title,
    recordOrigin(record) === 'digitised' ? 'папирни' : 'електронски',
    [day, snimio].filter(Boolean).join(', '),
    check.actor,
    serbianDate(serbianDay(new Date(check.time))),
    record.files.map(({ sha256 }) => sha256).join(' '),
  ];
}

function statementOf({ subject = '', time, actor, detail }: IndexedEntry): FidelityStatement {
  return { id: subject, madeAt: time, madeBy: actor, records: Number(detail.records) };
}

function invalid(places: readonly ErrorPlace[]): ArchiveError {
  const [first] = places;
  return new ArchiveError('METADATA_INVALID', `Not all of these can be stated: ${first?.pointer} ${first?.detail}.`, {
    places: places.slice(0, 100),
  });
}
