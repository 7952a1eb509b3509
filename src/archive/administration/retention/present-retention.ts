import {
  type Catalog,
  type CatalogRecord,
  type Classification,
  findRetention,
  type Hold,
  holdsOn,
  listHolds,
  openDisposalsOf,
  type Regime,
  type Retention,
  regimeOf,
} from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';

/** All that decides how long a record is kept. */
export interface RecordRetention {
  readonly classification?: Classification;
  readonly regime?: Regime;
  readonly retention?: Retention;
  readonly holds: readonly Hold[];
  readonly disposal?: string;
}

/** What decides how long a record is kept: category, regime, period, holds, a disposal that is under way. */
export async function retentionOf(
  { catalog, institution }: Pick<Holdings, 'institution'> & { readonly catalog: Catalog },
  record: CatalogRecord,
): Promise<RecordRetention> {
  const retention = await findRetention(catalog, record.id);
  const ids = (await holdsOn(catalog, institution.id, [record.id])).get(record.id) ?? [];
  const holds = ids.length === 0 ? [] : await listHolds(catalog, institution.id);
  const disposal = (await openDisposalsOf(catalog, [record.id])).get(record.id);
  return {
    ...(record.classification
      ? { classification: record.classification, regime: regimeOf(record.classification) }
      : {}),
    ...(retention ? { retention } : {}),
    holds: holds.filter(({ id }) => ids.includes(id)),
    ...(disposal ? { disposal } : {}),
  };
}
