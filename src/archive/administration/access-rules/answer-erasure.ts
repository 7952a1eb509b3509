import { ArchiveError } from '../../../base/index.ts';
import {
  accessRulesOf,
  type CatalogRecord,
  type ErasureAnswer,
  type ErasureFacts,
  findRecord,
  serbianDay,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, newActId, requireDay } from '../acts.ts';
import { retentionOf } from '../retention/present-retention.ts';

/** Somebody's request that their data be erased. */
export interface ErasureRequest {
  readonly requester: string;
  /** The day on which it came. */
  readonly receivedOn: string;
  /** Ids or numbers of the records that it is about. */
  readonly records: readonly string[];
  /** The reasons of the answer, as the person is told. */
  readonly reason: string;
  readonly actor: string;
}

/**
 * Answers a request for erasure. What must be kept is refused until its period ends, or for good where it is kept in the public
 * interest (GDPR 17(3)(b) and (d)); of what has expired a disposal can be proposed: nothing is erased by this. The answer is
 * sealed and kept in the store, and the journal names nobody.
 * @throws ArchiveError RECORD_UNKNOWN | METADATA_INVALID
 */
export async function answerErasure(context: ActContext, request: ErasureRequest): Promise<ErasureAnswer> {
  const { requester, receivedOn, records, reason, actor } = request;
  for (const [pointer, text] of Object.entries({ '/requester': requester, '/reason': reason }))
    if (!text.trim())
      throw new ArchiveError('METADATA_INVALID', 'This is needed.', { places: [{ pointer, detail: 'is missing' }] });
  requireDay(receivedOn, '/receivedOn');
  const answers: ErasureFacts['records'][number][] = [];
  for (const named of records) {
    const record = await findRecord(context.catalog, context.institution.id, named);
    if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${named}.`);
    answers.push(await answerFor(context, record));
  }
  const id = newActId(context, 'erasure');
  const facts: ErasureFacts = { requester: requester.trim(), receivedOn, reason: reason.trim(), records: answers };
  const { time } = await commitAct(context, actor, async () => ({
    type: 'erasure.answered',
    subject: id,
    detail: { records: answers.map(({ id: record, answer }) => ({ record, answer })) },
    act: { id, content: { facts }, sealed: true },
  }));
  return { id, institution: context.institution.id, answeredAt: time, answeredBy: actor, facts };
}

async function answerFor(context: ActContext, record: CatalogRecord): Promise<ErasureFacts['records'][number]> {
  const { retention, regime, holds, disposal } = await retentionOf(context, record);
  const { purpose, legalBasis } = await accessRulesOf(context.catalog, record);
  const base = {
    ...{ id: record.id, number: record.number },
    ...(purpose ? { purpose } : {}),
    ...(legalBasis ? { legalBasis } : {}),
  };
  const until = retention?.extendedTo ?? retention?.expiresOn;
  if (regime === 'permanent') return { ...base, answer: 'refused', because: 'permanent' };
  if (holds.length > 0) return { ...base, answer: 'refused', because: 'hold' };
  if (disposal) return { ...base, answer: 'accepted', because: 'disposal' };
  if (until === undefined) return { ...base, answer: 'refused', because: 'no-period' };
  if (until >= serbianDay(context.clock())) return { ...base, answer: 'refused', because: 'period', until };
  return { ...base, answer: 'accepted', because: 'expired' };
}
