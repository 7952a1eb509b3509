import { ArchiveError } from '../../../base/index.ts';
import {
  findHold,
  findRecord,
  type Hold,
  type HoldQuery,
  type HoldScope,
  serbianDay,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, requireDay } from '../acts.ts';

/** A hold that is to be placed (zabrana uništavanja). */
export interface NewHold {
  readonly scope: HoldScope;
  /** A record's id or number, a case number, a category's mark; nothing for a query. */
  readonly target?: string;
  readonly query?: HoldQuery;
  readonly owner: string;
  readonly mandate: string;
  readonly reason: string;
  readonly reviewOn: string;
  readonly actor: string;
}

/**
 * Places a hold: from the moment this returns nothing under it can be destroyed (MoReq2010 ch. 9). Holds overlap freely.
 * @throws ArchiveError RECORD_UNKNOWN | METADATA_INVALID
 */
export async function placeHold(context: ActContext, hold: NewHold): Promise<Hold> {
  const { scope, query, owner, mandate, reason, reviewOn, actor } = hold;
  checkTexts({ owner, mandate, reason });
  requireDay(reviewOn, '/reviewOn');
  if (scope === 'query') checkQuery(query);
  else if (!hold.target) throw invalid('/target', 'is missing');
  const id = newActId(context, 'hold');
  await commitAct(context, actor, async (transaction, time) => {
    if (reviewOn <= serbianDay(new Date(time))) throw invalid('/reviewOn', 'must lie in the future');
    const facts = { owner, mandate, reason, ...(scope === 'query' ? { query } : {}) };
    const target = scope === 'query' ? '' : await targetOf(transaction, context, hold);
    return {
      type: 'hold.placed',
      subject: id,
      detail: { scope, reviewOn },
      act: { id, content: { target, facts }, sealed: true },
    };
  });
  return known(await findHold(context.catalog, context.institution.id, id), 'such hold');
}

/** Notes that a hold was looked at and stays until another day. @throws ArchiveError ENTRY_UNKNOWN | STATE_CONFLICT */
export async function reviewHold(
  context: ActContext,
  review: { readonly hold: string; readonly reviewOn: string; readonly actor: string },
): Promise<Hold> {
  const { hold: id, reviewOn, actor } = review;
  requireDay(reviewOn, '/reviewOn');
  await commitAct(context, actor, async (transaction) => {
    standing(await findHold(transaction, context.institution.id, id), id);
    return { type: 'hold.reviewed', subject: id, detail: { reviewOn } };
  });
  return known(await findHold(context.catalog, context.institution.id, id), 'such hold');
}

/**
 * Lifts one hold; others on the same records stay.
 * @throws ArchiveError ENTRY_UNKNOWN | STATE_CONFLICT when it was lifted before | METADATA_INVALID without a reason
 */
export async function liftHold(
  context: ActContext,
  lifting: { readonly hold: string; readonly reason: string; readonly actor: string },
): Promise<Hold> {
  const { hold: id, reason, actor } = lifting;
  checkTexts({ reason });
  await commitAct(context, actor, async (transaction) => {
    standing(await findHold(transaction, context.institution.id, id), id);
    return { type: 'hold.lifted', subject: id, detail: { reason } };
  });
  return known(await findHold(context.catalog, context.institution.id, id), 'such hold');
}

function standing(hold: Hold | undefined, id: string): void {
  if (known(hold, `hold ${id}`).lifted) throw new ArchiveError('STATE_CONFLICT', 'This hold was lifted before.');
}

async function targetOf(
  transaction: Parameters<typeof findRecord>[0],
  { institution }: ActContext,
  { scope, target = '' }: NewHold,
): Promise<string> {
  if (scope !== 'record') return target;
  const record = await findRecord(transaction, institution.id, target);
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${target}.`);
  return record.id;
}

/** A query that narrows nothing would hold everything by accident. */
function checkQuery(query: HoldQuery | undefined): void {
  const parts = [query?.text, query?.signer, query?.field?.text, query?.receivedFrom, query?.receivedTo];
  if (!parts.some((part) => part !== undefined && /[\p{L}\p{N}]/u.test(part)))
    throw invalid('/query', 'must say what to look for');
  if (query?.receivedFrom) requireDay(query.receivedFrom, '/query/receivedFrom');
  if (query?.receivedTo) requireDay(query.receivedTo, '/query/receivedTo');
}

function checkTexts(texts: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(texts)) if (value.trim() === '') throw invalid(`/${name}`, 'is missing');
}

function invalid(pointer: string, detail: string): ArchiveError {
  return new ArchiveError('METADATA_INVALID', `“${pointer}” ${detail}.`, { places: [{ pointer, detail }] });
}
