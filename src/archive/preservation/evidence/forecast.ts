import { utcSeconds } from '../../../base/index.ts';
import { countBatches, listBatches, pendingState } from '../../data-management/index.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { type TimestampUse, timestampUse } from './timestamp-use.ts';

/** Where the archive's evidence stands. */
export interface EvidenceState {
  readonly pending: { readonly objects: number; readonly oldest?: string };
  readonly batches: number;
  /** Versions of objects under evidence. */
  readonly covered: number;
  /** When the first batch is due for renewal. */
  readonly nextDue?: string;
  /** Batches that are due for renewal within so many days. */
  readonly dueWithin90Days: number;
  /** What was asked of the authorities, in the order of preference, and what is to be expected. */
  readonly timestamps: readonly TimestampUse[];
}

const day = 86_400_000;

/** How much is under evidence, what waits, and what is due. */
export async function evidenceState(context: EvidenceContext): Promise<EvidenceState> {
  const { catalog, clock } = context;
  const all = await countBatches(catalog);
  const horizon = utcSeconds(new Date(clock().getTime() + 90 * day));
  const { batches: dueWithin90Days } = await countBatches(catalog, { dueBy: horizon });
  return {
    pending: await pendingState(catalog),
    batches: all.batches,
    covered: all.objects,
    ...(all.nextDue ? { nextDue: all.nextDue } : {}),
    dueWithin90Days,
    timestamps: await timestampUse(context),
  };
}

/** What would be lost if an authority or a digest algorithm fell today. */
export interface Loss {
  /** Batches whose newest time-stamp or chain rests on it. */
  readonly batches: number;
  readonly objects: number;
  /** The first ones, for people to look at. */
  readonly examples: readonly string[];
}

/** What rests on one authority, or on one digest algorithm: it would have no proof if that fell before a renewal. */
export async function whatIf(
  { catalog }: EvidenceContext,
  fallen: { readonly authority: string } | { readonly digest: string },
): Promise<Loss> {
  const { batches, objects } = await countBatches(catalog, fallen);
  const examples = (await listBatches(catalog, { ...fallen, limit: 10 })).map(({ id }) => id);
  return { batches, objects, examples };
}
