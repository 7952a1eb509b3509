import type { Catalog } from '../catalog.ts';
import { serbianDay } from './expiry.ts';

/** Counts behind the indicators of an institution. They are asked for by a person, and read whole tables. */
export interface IndicatorCounts {
  readonly records: number;
  /** Of those that say in which form they were made. */
  readonly sayForm: number;
  readonly bornDigital: number;
  /** Records with a qualified signature or seal that has not failed. */
  readonly qualified: number;
  readonly copies: number;
  /** Copies that went to whoever asked without paper. */
  readonly electronicCopies: number;
  /** Copies whose day of request is entered, and the median of the days that they took; half a day is counted as one. */
  readonly timedCopies: number;
  readonly medianDaysToCopy?: number;
}

const electronic = ['e-mail', 'e-delivery', 'eSanduce', 'qualified-e-delivery', 'download'];

/** Counts records and certified copies by what the Local eGovernment Index looks at (LEI-03). */
export async function indicatorCounts(catalog: Catalog, institution: string): Promise<IndicatorCounts> {
  const kept = () => catalog('records').where({ institution_id: institution, state: 'archived' });
  const count = async (query: ReturnType<typeof kept>): Promise<number> => {
    const row = await query.clone().count({ count: '*' }).first();
    return Number(row?.count ?? 0);
  };
  const form = (value: string) => kept().where('fields', 'like', `%"izvorniOblik":"${value}"%`);
  const bornDigital = await count(form('elektronski'));
  const qualified = kept().whereExists(
    catalog('signatures')
      .whereRaw('signatures.record_id = records.id')
      .whereIn('qualification', ['QESig', 'QESeal'])
      .whereNot('indication', 'TOTAL_FAILED'),
  );
  const copies: { register: string }[] = await catalog('certified_copies')
    .where({ institution_id: institution })
    .select('register');
  const entries = copies.map(({ register }) => (register ? JSON.parse(register) : {}));
  const days = entries.flatMap(({ requestedOn, statement }) =>
    requestedOn ? [daysBetween(requestedOn, serbianDay(new Date(statement.issuedAt)))] : [],
  );
  return {
    records: await count(kept()),
    sayForm: bornDigital + (await count(form('papirni'))),
    bornDigital,
    qualified: await count(qualified),
    copies: copies.length,
    timedCopies: days.length,
    ...(days.length > 0 ? { medianDaysToCopy: median(days) } : {}),
    electronicCopies: entries.filter(({ channel }) => electronic.includes(channel)).length,
  };
}

const daysBetween = (one: string, other: string) => Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return Math.ceil((low + high) / 2);
}
