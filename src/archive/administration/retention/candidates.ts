import {
  type Catalog,
  expiredBefore,
  findBookRow,
  heldGroups,
  holdsOn,
  openDisposalsOf,
  type Retention,
  serbianDay,
} from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';

/** A record whose period has ended, and what keeps it, if anything does. */
export interface Candidate extends Retention {
  /** The day by which it is to be set aside: a year after the period (ZAG 9(2)9). */
  readonly setAsideBy: string;
  readonly isOverdue: boolean;
  /** Ids of the holds on it. */
  readonly holds: readonly string[];
  /** Number of the disposal whose inventory it stands in. */
  readonly disposal?: string;
  /** Ordinal number of its row in the archive book; missing while the book does not tell of it. */
  readonly bookRow?: number;
}

/**
 * Records that may be set aside for destruction: period ended, not permanent, with all that still keeps them (UNI-01).
 * @param after from the page before
 */
export async function findCandidates(
  { catalog, clock, institution }: Holdings,
  query: { readonly creator?: string; readonly after?: string; readonly limit: number },
): Promise<{ readonly candidates: readonly Candidate[]; readonly next?: string }> {
  const today = serbianDay(clock());
  const found = await expiredBefore(catalog, institution.id, today, { ...query, limit: query.limit + 1 });
  const page = found.slice(0, query.limit);
  const candidates = await whatKeeps(catalog, institution.id, page, today);
  const last = page.at(-1);
  return { candidates, ...(found.length > query.limit && last ? { next: `${last.expiresOn} ${last.record}` } : {}) };
}

/** The same of records that were found already; in a transaction where something follows from it. */
export async function whatKeeps(
  connection: Catalog,
  institution: string,
  retentions: readonly Retention[],
  today: string,
): Promise<Candidate[]> {
  const ids = retentions.map(({ record }) => record);
  const holds = await holdsOn(connection, institution, ids);
  const disposals = await openDisposalsOf(connection, ids);
  const rows = await upToDateRows(connection, retentions);
  return retentions.map((retention): Candidate => {
    const { record, expiresOn = '' } = retention;
    const setAsideBy = yearLater(expiresOn);
    const disposal = disposals.get(record);
    const bookRow = rows.get(groupKey(retention));
    return {
      ...retention,
      setAsideBy,
      isOverdue: expiresOn !== '' && setAsideBy < today,
      holds: holds.get(record) ?? [],
      ...(disposal ? { disposal } : {}),
      ...(bookRow ? { bookRow } : {}),
    };
  });
}

/** Rows of the archive book by group; only those that tell of every record of their group (ZAG 16, UNI-12). */
async function upToDateRows(connection: Catalog, retentions: readonly Retention[]): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const years = new Map(retentions.map((one) => [`${one.creator} ${one.createdYear}`, one]));
  for (const { creator, createdYear } of years.values())
    for (const group of await heldGroups(connection, creator, createdYear)) {
      const row = await findBookRow(connection, creator, group.list, group.mark, group.year);
      if (row && row.records === group.records + row.disposedRecords)
        rows.set(groupKey({ creator, list: group.list, mark: group.mark, createdYear: group.year }), row.number);
    }
  return rows;
}

function groupKey({ creator, list, mark, createdYear }: Pick<Retention, 'creator' | 'list' | 'mark' | 'createdYear'>) {
  return [creator, list, mark, createdYear].join('\n');
}

function yearLater(day: string): string {
  const later = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return later.endsWith('-02-29') ? later.replace('-29', '-28') : later;
}
