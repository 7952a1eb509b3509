import type { Catalog } from './catalog.ts';
import { type CountedFacet, commonFacets, type Facet, facetLabels, facets, tokenOf, tokensIn } from './facets.ts';
import { findRecords, type ListedRecord, narrowed, type RecordQuery, recordsAt, searchTerms } from './find-records.ts';

/** How the records that a query finds are spread over the values of facets. */
export interface FoundFacets {
  /** The values that most of them have, by facet. */
  readonly values: Readonly<Record<Facet, readonly CountedFacet[]>>;
  readonly records: number;
  /** Whether there are more: only the newest `mostCounted` were counted, and every number is the least there is. */
  readonly isAtLeast: boolean;
}

/** Of a query that finds more, the newest so many are counted. */
export const mostCounted = 1000;
const mostValues = 8;

/** A page of records, and how all that are found are spread. */
interface FoundPage {
  readonly records: readonly ListedRecord[];
  readonly next?: number;
  readonly found: FoundFacets;
}

/**
 * What a query finds, and how it is spread. Nothing of it grows with the archive: of the whole all is counted already, of a
 * query the newest are, among which the first page is.
 */
export async function findWithFacets(catalog: Catalog, query: RecordQuery): Promise<FoundPage> {
  const { institution, before, limit } = query;
  const terms = searchTerms(query);
  if (!terms && !query.states && !query.receivedFrom && !query.receivedTo && !query.ids)
    return { ...(await findRecords(catalog, query)), found: await wholeArchive(catalog, institution) };
  const { before: _, ...fromStart } = query;
  const { builder } = await narrowed(catalog, fromStart);
  if (!terms) builder.joinRaw('JOIN record_search ON record_search.rowid = records.position');
  const rows: { position: number; facets: string }[] = await builder
    .limit(mostCounted + 1)
    .select({ position: 'record_search.rowid', facets: 'record_search.facets' });
  const found = await spread(catalog, institution, rows);
  const first = rows.slice(0, limit + 1).map(({ position }) => Number(position));
  const page = before === undefined ? recordsAt(catalog, first, limit) : findRecords(catalog, query);
  return { ...(await page), found };
}

async function spread(
  catalog: Catalog,
  institution: string,
  rows: readonly { facets: string }[],
): Promise<FoundFacets> {
  const counts = new Map<string, number>();
  for (const { facets: column } of rows.slice(0, mostCounted))
    for (const token of tokensIn(column)) counts.set(token, (counts.get(token) ?? 0) + 1);
  const common = facets.map((facet) => [facet, mostCommon(counts, facet)] as const);
  const tokens = common.flatMap(([, values]) => values.map(tokenOf));
  const labels = await facetLabels(catalog, institution, tokens);
  const labelled = common.map(([facet, values]) => [
    facet,
    values.map((each) => ({ ...each, label: labels.get(tokenOf(each)) ?? each.label })),
  ]);
  const isAtLeast = rows.length > mostCounted;
  return { values: Object.fromEntries(labelled), records: Math.min(rows.length, mostCounted), isAtLeast };
}

async function wholeArchive(catalog: Catalog, institution: string): Promise<FoundFacets> {
  const found = Object.fromEntries(await commonFacets(catalog, institution, facets, mostValues)) as Record<
    Facet,
    CountedFacet[]
  >;
  return { values: found, records: found.state.reduce((sum, { records }) => sum + records, 0), isAtLeast: false };
}

function mostCommon(counts: ReadonlyMap<string, number>, facet: Facet): CountedFacet[] {
  return [...counts]
    .filter(([token]) => token.startsWith(`${facet}:`))
    .map(([token, records]) => ({ facet, value: token.slice(facet.length + 1), label: token, records }))
    .sort((one, other) => other.records - one.records || (one.value < other.value ? -1 : 1))
    .slice(0, mostValues);
}
