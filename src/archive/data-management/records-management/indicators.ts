import type { Catalog } from '../catalog.ts';

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
  const channels = copies.map(({ register }) => (register ? JSON.parse(register).channel : undefined));
  return {
    records: await count(kept()),
    sayForm: bornDigital + (await count(form('papirni'))),
    bornDigital,
    qualified: await count(qualified),
    copies: copies.length,
    electronicCopies: channels.filter((channel) => electronic.includes(channel)).length,
  };
}
