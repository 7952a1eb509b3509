import { ArchiveError } from '../../../base/index.ts';
import {
  type CatalogRecord,
  findRecord,
  type StartEvent,
  serbianDay,
  startEvents,
  uncategorized,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, newActId, requireDay, type Transaction } from '../acts.ts';

/** An event from which periods run: of a record, or of all records of a case. */
export interface StartOfPeriod {
  /** Id or number of a record; or */
  readonly record?: string;
  /** the number of a case. */
  readonly case?: string;
  readonly event: Exclude<StartEvent, 'created' | 'archived'>;
  /** The day on which it happened. */
  readonly date: string;
  readonly actor: string;
}

/**
 * Enters the event from which a record's, or a case's, retention runs (LK-02); entered again, it is corrected. Records of the
 * case that are archived later run from it too.
 * @throws ArchiveError RECORD_UNKNOWN | METADATA_INVALID; STATE_CONFLICT when a case is closed whose records lack a category
 */
export async function startPeriod(context: ActContext, start: StartOfPeriod): Promise<void> {
  const { record: wanted, case: caseNumber, event, date, actor } = start;
  requireDay(date, '/date');
  if (date > serbianDay(context.clock()))
    throw new ArchiveError('METADATA_INVALID', 'The event lies in the future. Enter it when it has happened.', {
      places: [{ pointer: '/date', detail: 'lies in the future' }],
    });
  if (!startEvents.includes(event) || ['created', 'archived'].includes(event))
    throw new ArchiveError('METADATA_INVALID', `“${event}” is no event that people tell of.`, {
      places: [{ pointer: '/event', detail: `must be one of: ${startEvents.slice(2).join(', ')}` }],
    });
  if ((wanted === undefined) === (caseNumber === undefined))
    throw new ArchiveError('METADATA_INVALID', 'Name a record or a case, one of both.', {
      places: [{ pointer: '/record', detail: 'or /case must be there, not both' }],
    });
  await commitAct(context, actor, async (transaction) => {
    const record = wanted && (await findRecord(transaction, context.institution.id, wanted));
    if (wanted && !record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${wanted}.`);
    if (event === 'case-closed') await requireCategories(transaction, context, record || undefined, caseNumber);
    const scope = record ? 'record' : 'case';
    const target = record ? record.id : (caseNumber as string);
    const id = newActId(context, 'event');
    return {
      type: 'retention.started',
      subject: record ? record.id : id,
      detail: { event, date, scope },
      act: { id, content: { scope, target } },
    };
  });
}

/** A case is completed only when all its records have a category (UTT 5 point 4, DEL-07). */
async function requireCategories(
  transaction: Transaction,
  { institution }: ActContext,
  record: CatalogRecord | undefined,
  caseNumber: string | undefined,
): Promise<void> {
  const without = record
    ? record.state === 'awaiting'
      ? [record.number]
      : []
    : await uncategorized(transaction, institution.id, caseNumber ?? '');
  if (without.length === 0) return;
  throw new ArchiveError(
    'STATE_CONFLICT',
    `A case is completed when its records have a category; these have none: ${without.join(', ')}.`,
    { places: without.map((number) => ({ pointer: `/${number}`, detail: 'has no category of a list' })) },
  );
}
