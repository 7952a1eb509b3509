import type { Knex } from 'knex';
import { keptWords } from './dialect.ts';
import { searchWords } from './search-words.ts';

/** By what a search is narrowed with one click. */
export const facets = ['state', 'profile', 'category', 'year', 'by', 'verdict'] as const;

/** `by` is a signer's whole name. */
export type Facet = (typeof facets)[number];

/** A value of a facet as the index has it, and how people read it. */
export interface FacetValue {
  readonly facet: Facet;
  /** Folded words joined by `_`: two spellings of one name are one value. */
  readonly value: string;
  readonly label: string;
}

/** What of a record is found by facets. */
export interface Faceted {
  readonly state: string;
  readonly profile: { readonly id: string };
  readonly category?: string;
  readonly documentDate?: string;
  readonly receivedAt: string;
  readonly version: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly signatures: readonly { readonly signedBy?: string; readonly indication: string }[];
}

const longestValue = 120;

/** A text as the value of a facet; empty where there is neither letter nor digit in it. */
export function facetValue(text: string): string {
  return searchWords(text).join('_').slice(0, longestValue);
}

/** The facets of a record, each value once. */
export function facetsOf(record: Faceted): FacetValue[] {
  const of = (facet: Facet, label: string | undefined) => {
    const value = facetValue(label ?? '');
    return label !== undefined && value ? [{ facet, value, label }] : [];
  };
  const values = [
    ...of('state', record.state),
    ...of('profile', record.profile.id),
    ...of('category', record.category),
    ...of('year', (record.documentDate ?? record.receivedAt).slice(0, 4)),
    ...record.signatures.flatMap(({ signedBy }) => of('by', signedBy)),
    ...verdictFacets(record),
  ];
  return [...new Map(values.map((value) => [tokenOf(value), value])).values()];
}

function verdictFacets({ version, signatures }: Pick<Faceted, 'version' | 'signatures'>): FacetValue[] {
  const indications = signatures.length === 0 && version > 0 ? ['none'] : signatures.map((each) => each.indication);
  return indications.map((label) => ({ facet: 'verdict', value: facetValue(label), label }));
}

/** How the full-text index has a facet's value. */
export function tokenOf({ facet, value }: Pick<FacetValue, 'facet' | 'value'>): string {
  return `${facet}:${value}`;
}

/** The column `facets` of the full-text index: values of facets, words of signers and of the profile's fields. */
export function facetColumn(record: Faceted): string {
  const signers = record.signatures.flatMap(({ signedBy }) => searchWords(signedBy ?? ''));
  const fields = Object.entries(record.fields).flatMap(([name, value]) =>
    isText(value) ? searchWords(String(value)).map((word) => `field:${searchWords(name).join('_')}:${word}`) : [],
  );
  return keptWords([...facetsOf(record).map(tokenOf), ...signers.map((word) => `signer:${word}`), ...fields]);
}

export function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

const facetNames: ReadonlySet<string> = new Set(facets);

/** The tokens of a column that are values of facets: they stand first. */
export function tokensIn(column: string): string[] {
  const tokens: string[] = [];
  for (let from = 0; from < column.length; ) {
    const blank = column.indexOf(' ', from);
    const end = blank === -1 ? column.length : blank;
    const token = column.slice(from, end);
    if (!facetNames.has(token.slice(0, token.indexOf(':')))) break;
    tokens.push(token);
    from = end + 1;
  }
  return tokens;
}

/** How many records more, or fewer, have a value now: by institution and token. */
export type FacetChanges = Map<string, { institution: string; token: string; label: string; by: number }>;

/** Notes that a record of an institution has these values from now on, or, with -1, no more. */
export function noteFacets(
  changes: FacetChanges,
  institution: string,
  values: readonly (FacetValue | string)[],
  by: 1 | -1,
): void {
  for (const value of values) {
    const token = typeof value === 'string' ? value : tokenOf(value);
    const label = typeof value === 'string' ? '' : value.label;
    const key = `${institution} ${token}`;
    const known = changes.get(key);
    changes.set(key, { institution, token, label: known?.label || label, by: (known?.by ?? 0) + by });
  }
}

/** Writes the changes: what is counted once need not be counted at every look. */
export async function countFacets(connection: Knex, changes: FacetChanges): Promise<void> {
  // in one order for all who write, so that no two wait for each other
  const changed = [...changes.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, change]) => change);
  for (const { institution, token, label, by } of changed) {
    if (by === 0) continue;
    const where = { institution_id: institution, token };
    const found = await connection('facet_values').where(where).increment('records', by);
    if (found === 0 && by > 0) await connection('facet_values').insert(facetRow(institution, token, label, by));
    if (by < 0) await connection('facet_values').where(where).where('records', '<=', 0).delete();
  }
}

function facetRow(institution: string, token: string, label: string, records: number) {
  const [facet = '', value = ''] = token.split(':');
  return { institution_id: institution, token, facet, label: label || value, records };
}

/** A value with how many records have it. */
export interface CountedFacet extends FacetValue {
  readonly records: number;
}

/** The values of these facets that most records of the whole archive have, so many of each. */
export async function commonFacets(
  connection: Knex,
  institution: string,
  wanted: readonly Facet[],
  limit: number,
): Promise<Map<Facet, CountedFacet[]>> {
  const one = (facet: Facet) =>
    connection('facet_values')
      .where({ institution_id: institution, facet })
      .orderBy([
        { column: 'records', order: 'desc' },
        { column: 'token', order: 'asc' },
      ])
      .limit(limit)
      .select('facet', 'token', 'label', 'records')
      .as(`most_${facet}`);
  const each = wanted.map((facet) => connection.select('*').from(one(facet)));
  const rows: FacetRow[] = await connection.unionAll(each);
  const values = new Map<Facet, CountedFacet[]>(wanted.map((facet) => [facet, []]));
  for (const row of rows) values.get(row.facet)?.push(counted(row));
  return values;
}

/** What people read for these values. */
export async function facetLabels(
  connection: Knex,
  institution: string,
  tokens: readonly string[],
): Promise<Map<string, string>> {
  const rows: { token: string; label: string }[] = await connection('facet_values')
    .where({ institution_id: institution })
    .whereIn('token', [...tokens])
    .select('token', 'label');
  return new Map(rows.map(({ token, label }) => [token, label]));
}

interface FacetRow {
  readonly facet: Facet;
  readonly token: string;
  readonly label: string;
  readonly records: number | string;
}

function counted({ facet, token, label, records }: FacetRow): CountedFacet {
  return { facet, value: token.slice(facet.length + 1), label, records: Number(records) };
}
