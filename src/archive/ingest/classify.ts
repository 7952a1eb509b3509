import { ArchiveError } from '../../base/index.ts';
import type { RecordDescription } from '../../standards/packages/index.ts';
import { requirePermittedOwners } from '../archival-storage/index.ts';
import {
  type Category,
  type CategoryList,
  type Classification,
  type Creator,
  findCategory,
  listCreators,
  listInForce,
  permanent,
  serbianDay,
} from '../data-management/index.ts';
import type { Amendment } from './amendment.ts';
import type { IngestContext } from './submission.ts';

/**
 * Finds a record's one category in the lists in force today, as it stands there: a later version of the list changes nothing
 * of the record (UTT 5 point 4, ZAG 14, MoReq2010 ch. 8).
 * @param category a mark; nothing is found without one
 * @param creator the id of the creator whose list it is, needed only where several have the mark
 * @returns undefined where there is no category, or no creator has a list in force
 * @throws ArchiveError CATEGORY_UNKNOWN; INTERNAL_RULES_MISSING when a permanent record comes before the creator's rules for
 *   reliable preservation are on file (UTT 5 point 1); LOCATION_NOT_PERMITTED when one would lie with an owner that may not keep it; METADATA_INVALID when it is not clear whose category it is
 */
export async function classify(
  { catalog, storage, institution, clock }: IngestContext,
  category: string | undefined,
  creator?: string,
): Promise<Classification | undefined> {
  const creators = await listCreators(catalog, institution.id);
  const asked = creator === undefined ? creators : creators.filter(({ id }) => id === creator);
  if (creator !== undefined && asked.length === 0) throw unclear('is no creator of this institution');
  if (category === undefined) return undefined;
  const day = serbianDay(clock());
  const lists = await Promise.all(
    asked.map(async (one) => ({ creator: one, list: await listInForce(catalog, one.id, day) })),
  );
  const found: { creator: Creator; list: CategoryList; category: Category }[] = [];
  for (const { creator: one, list } of lists) {
    const entry = list && (await findCategory(catalog, list.id, category));
    if (list && entry) found.push({ creator: one, list, category: entry });
  }
  if (lists.every(({ list }) => !list)) return undefined;
  const [only, another] = found;
  if (!only)
    throw new ArchiveError('CATEGORY_UNKNOWN', `“${category}” is not in the list of categories in force.`, {
      places: [{ pointer: '/category', detail: 'is not in the list of categories in force' }],
    });
  if (another) throw unclear('is missing: several creators have this category');
  if (only.category.period === permanent) {
    requireRules(only.creator);
    requirePermittedOwners(storage.locations.map(({ description }) => description));
  }
  return classification(only);
}

/**
 * The classification after an amendment: another one only where a category is named. That is the one way in which a record's
 * period changes by a list, with a reason (MOR-02).
 * @throws ArchiveError as `classify`; METADATA_INVALID when a permanent record would become time-limited without the
 *   archive's consent (ZAG 6)
 */
export async function reclassify(
  context: IngestContext,
  { category, creator, archiveConsent }: Amendment,
  { classification: earlier }: RecordDescription,
): Promise<RecordDescription['classification']> {
  if (category === undefined) return earlier;
  const next = await classify(context, category, creator);
  if (earlier?.period === permanent && next?.period !== permanent && !archiveConsent)
    throw new ArchiveError(
      'METADATA_INVALID',
      'A permanent record becomes time-limited only with the consent of the competent archive. Name its number and date.',
      { places: [{ pointer: '/archiveConsent', detail: 'is missing' }] },
    );
  return next;
}

function classification({
  creator,
  list,
  category,
}: {
  creator: Creator;
  list: CategoryList;
  category: Category;
}): Classification {
  const { consent, formula } = list.facts;
  return {
    creator: creator.id,
    list: list.id,
    listVersion: String(list.version),
    ...(consent ? { consent: `${consent.number}, ${consent.date}` } : {}),
    mark: category.mark,
    name: category.name,
    period: category.period,
    startEvent: category.startEvent,
    formula,
  };
}

function requireRules({ facts }: Creator): void {
  if (facts.rules?.some(({ kind }) => kind === 'preservation')) return;
  throw new ArchiveError(
    'INTERNAL_RULES_MISSING',
    'Permanent records are taken only when the creator’s internal rules for reliable electronic preservation are on file (UTT 5). Enter them with the creator.',
  );
}

function unclear(detail: string): ArchiveError {
  return new ArchiveError('METADATA_INVALID', `The creator ${detail}.`, { places: [{ pointer: '/creator', detail }] });
}
