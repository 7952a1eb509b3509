import { type Creator, findCreator, listCreators, permanentUntil, serbianDay } from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import { known } from '../acts.ts';
import { type Candidate, whatKeeps } from '../retention/candidates.ts';

/** Archival material of public bodies is handed over thirty years after it was made (ZAG 17, 18). */
const years = 30;

/** A permanent record that is due for hand-over, and what keeps it here, if anything does. */
export interface HandOverCandidate extends Pick<Candidate, 'record' | 'creator' | 'mark' | 'createdYear' | 'bytes'> {
  /** The first day on which it is due: periods are counted from the end of the year of making. */
  readonly dueFrom: string;
  readonly holds: readonly string[];
  readonly disposal?: string;
  readonly bookRow?: number;
}

/** The first day on which a record of this year of making is due. */
export function handOverDue(createdYear: string): string {
  return `${String(Number(createdYear) + years + 1).padStart(4, '0')}-01-01`;
}

/** Whether a record of this creator is due on a day: private creators hand over by agreement only. */
export function isDue({ facts }: Creator, createdYear: string, day: string): boolean {
  return facts.regime === 'public' && handOverDue(createdYear) <= day;
}

/**
 * Permanent records of public creators that are due for hand-over, oldest first (ZAG-17).
 * @param query.within years from now that are looked ahead, so that one sees what is coming
 * @throws ArchiveError ENTRY_UNKNOWN
 */
export async function findHandOvers(
  { catalog, clock, institution }: Holdings,
  query: { readonly creator?: string; readonly within?: number; readonly after?: string; readonly limit: number },
): Promise<{ readonly candidates: readonly HandOverCandidate[]; readonly next?: string }> {
  const { creator: wanted, within = 0, after, limit } = query;
  const creators = wanted
    ? [known(await findCreator(catalog, institution.id, wanted), `creator ${wanted}`)]
    : await listCreators(catalog, institution.id);
  const isPublic = new Set(creators.filter(({ facts }) => facts.regime === 'public').map(({ id }) => id));
  if (isPublic.size === 0) return { candidates: [] };
  const today = serbianDay(clock());
  const until = String(Number(today.slice(0, 4)) - years - 1 + within);
  const page = { ...(wanted ? { creator: wanted } : {}), ...(after ? { after } : {}), limit: limit + 1 };
  const found = await permanentUntil(catalog, institution.id, until.padStart(4, '0'), page);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const kept = await whatKeeps(
    catalog,
    institution.id,
    shown.filter(({ creator }) => isPublic.has(creator)),
    today,
  );
  return {
    candidates: kept.map(({ record, creator, mark, createdYear, bytes, holds, disposal, bookRow }) => ({
      ...{ record, creator, mark, createdYear, bytes, dueFrom: handOverDue(createdYear), holds },
      ...(disposal ? { disposal } : {}),
      ...(bookRow === undefined ? {} : { bookRow }),
    })),
    ...(found.length > limit && last ? { next: `${last.createdYear} ${last.record}` } : {}),
  };
}
