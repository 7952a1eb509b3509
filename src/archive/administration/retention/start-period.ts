import { ArchiveError } from '../../../base/index.ts';
import { findRecord, type StartEvent, serbianDay, startEvents } from '../../data-management/index.ts';
import { type ActContext, commitAct, newActId, requireDay } from '../acts.ts';

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
 * @throws ArchiveError RECORD_UNKNOWN | METADATA_INVALID
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
