import type { Catalog } from './catalog.ts';
import { type CountedFacet, commonFacets, type Facet, facetLabels, facets, tokenOf, tokensIn } from './facets.ts';
import { narrowed, type RecordQuery, searchTerms } from './find-records.ts';

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

/** Counts without growing with the archive: the whole of it is counted already, of a query the newest are. */
export async function findFacets(catalog: Catalog, query: Omit<RecordQuery, 'limit' | 'before'>): Promise<FoundFacets> {
  const { institution } = query;
  const isWhole = !searchTerms(query) && !query.states && !query.receivedFrom && !query.receivedTo && !query.ids;
  if (isWhole) return wholeArchive(catalog, institution);
  const { builder } = await narrowed(catalog, query);
  if (!searchTerms(query)) builder.joinRaw('JOIN record_search ON record_search.rowid = records.position');
  const rows: { facets: string }[] = await builder.limit(mostCounted + 1).select('record_search.facets');
  const counts = new Map<string, number>();
  for (const { facets: column } of rows.slice(0, mostCounted))
    for (const token of tokensIn(column)) counts.set(token, (counts.get(token) ?? 0) + 1);
  const common = facets.map((facet) => [facet, mostCommon(counts, facet)] as const);
  const labels = await facetLabels(
    catalog,
    institution,
    common.flatMap(([, values]) => values.map(({ value, facet }) => tokenOf({ facet, value }))),
  );
  const labelled = common.map(([facet, values]) => [
    facet,
    values.map((each) => ({ ...each, label: labels.get(tokenOf(each)) ?? each.label })),
  ]);
  const isAtLeast = rows.length > mostCounted;
  return { values: Object.fromEntries(labelled), records: Math.min(rows.length, mostCounted), isAtLeast };
}

async function wholeArchive(catalog: Catalog, institution: string): Promise<FoundFacets> {
  const values: [Facet, CountedFacet[]][] = [];
  for (const facet of facets) values.push([facet, await commonFacets(catalog, institution, facet, mostValues)]);
  const found = Object.fromEntries(values) as Record<Facet, CountedFacet[]>;
  return { values: found, records: found.state.reduce((sum, { records }) => sum + records, 0), isAtLeast: false };
}

function mostCommon(counts: ReadonlyMap<string, number>, facet: Facet): CountedFacet[] {
  return [...counts]
    .filter(([token]) => token.startsWith(`${facet}:`))
    .map(([token, records]) => ({ facet, value: token.slice(facet.length + 1), label: token, records }))
    .sort((one, other) => other.records - one.records || (one.value < other.value ? -1 : 1))
    .slice(0, mostValues);
}
