import type { Knex } from 'knex';
import type { Connection } from './catalog.ts';

/**
 * The next numbers of a series, without gap or repetition as long as the transaction commits.
 * @param count how many
 * @returns the first of them
 */
export async function takeNumbers(
  transaction: Knex.Transaction,
  institution: string,
  series: string,
  count: number,
): Promise<number> {
  await transaction('counters')
    .insert({ institution_id: institution, series, value: 0 })
    .onConflict(['institution_id', 'series'])
    .ignore();
  await transaction('counters').where({ institution_id: institution, series }).increment('value', count);
  const row = await transaction('counters').where({ institution_id: institution, series }).first('value');
  return row.value - count + 1;
}

/** Counts one more of a series that has no gaps to keep. */
export async function countUse(connection: Connection, institution: string, series: string): Promise<void> {
  await connection('counters')
    .insert({ institution_id: institution, series, value: 1 })
    .onConflict(['institution_id', 'series'])
    .merge({ value: connection.raw('counters.value + 1') });
}

/** What some series have come to; those that have not begun are left out. */
export async function usesOf(
  connection: Connection,
  institution: string,
  series: readonly string[],
): Promise<Map<string, number>> {
  const rows: { series: string; value: number | string }[] = await connection('counters')
    .where({ institution_id: institution })
    .whereIn('series', [...series])
    .select('series', 'value');
  return new Map(rows.map((row) => [row.series, Number(row.value)]));
}

/** Raises a series to at least `value`, when a rebuild meets a number that was given. */
export async function raiseCounter(
  transaction: Connection,
  institution: string,
  series: string,
  value: number,
): Promise<void> {
  await transaction('counters')
    .insert({ institution_id: institution, series, value: 0 })
    .onConflict(['institution_id', 'series'])
    .ignore();
  await transaction('counters')
    .where({ institution_id: institution, series })
    .where('value', '<', value)
    .update({ value });
}
