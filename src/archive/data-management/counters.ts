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
