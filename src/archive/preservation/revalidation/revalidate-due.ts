import { utcSeconds } from '../../../base/index.ts';
import {
  dueRevalidations,
  findRecordAsKnown,
  hastenRevalidations,
  postponeRevalidation,
  queueOnce,
  readSetting,
  revalidationState,
  writeSetting,
} from '../../data-management/index.ts';
import { revalidateRecord } from './revalidate-record.ts';
import type { RevalidationContext } from './revalidation-context.ts';

/** The name of the job that runs `revalidateDue`. */
export const revalidateJob = 'revalidate';

/** What a run did. */
export interface RevalidationReport {
  readonly records: number;
  readonly signatures: number;
  /** Records with a verdict that is another one than before. */
  readonly changed: number;
  /** Records that could not be read: an audit tells why; they are tried again the next day. */
  readonly unread: number;
}

const day = 86_400_000;
const recordsAtOnce = 100;
const yearly = 365;
const engineSetting = 'revalidated-with';

/**
 * Queues a re-validation where records are due and none is queued. A new version of the engine makes all of them due.
 * @returns the job's id
 */
export async function queueRevalidation(context: RevalidationContext): Promise<string | undefined> {
  const { catalog, clock, institution, software } = context;
  const now = utcSeconds(clock());
  if ((await readSetting(catalog, engineSetting)) !== software.version) {
    if (await readSetting(catalog, engineSetting)) await hastenRevalidations(catalog, now, 'engine');
    await writeSetting(catalog, engineSetting, software.version);
  }
  const { due } = await revalidationState(catalog, now);
  if (due === 0) return undefined;
  return queueOnce(catalog, clock, { institution: institution.id, name: revalidateJob, payload: {} });
}

/** Validates the signatures of every record that is due, those that wait longest first, and sets when they are due next. */
export async function revalidateDue(
  context: RevalidationContext,
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<RevalidationReport> {
  const { catalog, clock } = context;
  const started = utcSeconds(clock());
  const { due: total } = await revalidationState(catalog, started);
  let [records, signatures, changed, unread] = [0, 0, 0, 0];
  for (;;) {
    const due = await dueRevalidations(catalog, started, recordsAtOnce);
    if (due.length === 0) return { records, signatures, changed, unread };
    for (const { recordId, trigger } of due) {
      const outcome = await tryRecord(context, recordId, trigger);
      records += 1;
      if (outcome === 'unread') unread += 1;
      else {
        signatures += outcome?.verdicts.length ?? 0;
        if (outcome && outcome.changed.length > 0) changed += 1;
      }
      const wait = outcome === 'unread' ? 1 : yearly;
      await postponeRevalidation(catalog, recordId, utcSeconds(new Date(clock().getTime() + wait * day)), 'yearly');
      onProgress?.({ done: records, total: Math.max(total, records) });
    }
  }
}

async function tryRecord(context: RevalidationContext, id: string, trigger: Parameters<typeof revalidateRecord>[2]) {
  const record = await findRecordAsKnown(context.catalog, context.institution.id, id);
  if (!record || record.version === 0 || record.state === 'disposed') return undefined;
  try {
    return await revalidateRecord(context, record, trigger);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('LOCATION_'))) throw error;
    return 'unread' as const;
  }
}
