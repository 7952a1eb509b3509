import type { Connection } from '../catalog.ts';
import { insertMany } from '../journal.ts';

/** From what day a period runs (LK-02); a closed list. */
export const startEvents = [
  'created',
  'archived',
  'case-closed',
  'contract-expired',
  'validity-ended',
  'procedure-ended',
  'employment-ended',
  'manual',
] as const;

/** One of the events. `created` and `archived` follow from the record, the others are told by people. */
export type StartEvent = (typeof startEvents)[number];

/**
 * How a period is counted: `year-end` from the end of the event's year, so that it expires on 31 December (LK-03, the
 * default); `exact` from the very day.
 */
export type PeriodFormula = 'year-end' | 'exact';

/** Kept for good. */
export const permanent = 'trajno';
/** Kept for as long as the creator needs it: neither archival material nor ever expired by itself. */
export const operational = 'trajno operativno';

/** A kind of material in a list, with its period: a number of years, `trajno` or `trajno operativno` (LK-01). */
export interface Category {
  /** Ordinal number in the list. */
  readonly number: number;
  /** Klasifikaciona oznaka. */
  readonly mark: string;
  readonly name: string;
  readonly period: string;
  readonly startEvent: StartEvent;
  readonly carrier?: 'paper' | 'electronic' | 'both';
  /** Why personal data in it are kept, and by what law (GDP-03). */
  readonly purpose?: string;
  readonly legalBasis?: string;
}

/** What is entered of a version of a list. */
export interface CategoryListFacts {
  readonly adoptedOn: string;
  readonly validFrom: string;
  readonly formula: PeriodFormula;
  /** The competent archive's consent (ZAG 14). */
  readonly consent?: { readonly number: string; readonly date: string };
}

/** A version of a creator's list of categories. */
export interface CategoryList {
  readonly id: string;
  readonly institution: string;
  readonly creator: string;
  readonly version: number;
  readonly facts: CategoryListFacts;
  readonly enteredAt: string;
}

/** Writes a version of a list with its categories. */
export async function putCategoryList(
  connection: Connection,
  list: CategoryList,
  categories: readonly Category[],
): Promise<void> {
  await connection('category_lists')
    .insert({
      id: list.id,
      institution_id: list.institution,
      creator_id: list.creator,
      version: list.version,
      valid_from: list.facts.validFrom,
      facts: JSON.stringify(list.facts),
      entered_at: list.enteredAt,
    })
    .onConflict('id')
    .merge();
  await connection('categories').where({ list_id: list.id }).delete();
  await insertMany(
    connection,
    'categories',
    categories.map((category) => ({
      list_id: list.id,
      mark: category.mark,
      number: category.number,
      facts: JSON.stringify(category),
    })),
  );
}

/** The versions of lists, newest first; of one creator where it is named. */
export async function listCategoryLists(
  connection: Connection,
  institution: string,
  creator?: string,
): Promise<CategoryList[]> {
  const rows = await connection('category_lists')
    .where({ institution_id: institution, ...(creator ? { creator_id: creator } : {}) })
    .orderBy([{ column: 'creator_id' }, { column: 'version', order: 'desc' }]);
  return rows.map(listFromRow);
}

/** A version of a list by its id. */
export async function findCategoryList(
  connection: Connection,
  institution: string,
  id: string,
): Promise<CategoryList | undefined> {
  const row = await connection('category_lists').where({ institution_id: institution, id }).first();
  return row && listFromRow(row);
}

/** The version of a creator's list that is in force on a day. */
export async function listInForce(
  connection: Connection,
  creator: string,
  day: string,
): Promise<CategoryList | undefined> {
  const row = await connection('category_lists')
    .where({ creator_id: creator })
    .where('valid_from', '<=', day)
    .orderBy('version', 'desc')
    .first();
  return row && listFromRow(row);
}

/** The categories of a version of a list, in its order. */
export async function categoriesOf(connection: Connection, list: string): Promise<Category[]> {
  const rows: { facts: string }[] = await connection('categories').where({ list_id: list }).orderBy('number');
  return rows.map(({ facts }) => JSON.parse(facts));
}

/** One category of a version of a list. */
export async function findCategory(connection: Connection, list: string, mark: string): Promise<Category | undefined> {
  const row: { facts: string } | undefined = await connection('categories').where({ list_id: list, mark }).first();
  return row && JSON.parse(row.facts);
}

function listFromRow(row: Record<string, string>): CategoryList {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    creator: String(row.creator_id),
    version: Number(row.version),
    facts: JSON.parse(String(row.facts)),
    enteredAt: String(row.entered_at),
  };
}
