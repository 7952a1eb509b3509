import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import { accessRulesOf, type CatalogRecord, hasReason, putReason, serbianDay } from '../../data-management/index.ts';
import { type Holdings, journal } from '../../packaging/index.ts';
import { type Action, type Actor, isAllowed } from '../authorize.ts';

/** Actions by which what stands in a record is seen, copied or changed. */
const ofContent: readonly Action[] = ['record.read', 'record.export', 'record.correct', 'copy.issue'];

const minutesPerReason = 30;
const longestReason = 500;

/**
 * Asked before the content of a record is given to anyone: an embargo, and personal data, which are shown for a reason
 * that goes into the journal (GDP-05). A reason holds for half an hour.
 * @param reason why, when the caller says so with the request itself
 * @throws ArchiveError EMBARGOED | REASON_REQUIRED
 */
export async function admitToRecord(
  holdings: Holdings,
  actor: Actor,
  record: CatalogRecord,
  action: Action,
  reason?: string,
): Promise<void> {
  if (!ofContent.includes(action)) return;
  const { catalog, clock } = holdings;
  const { embargoUntil, personalData } = await accessRulesOf(catalog, record);
  if (embargoUntil && embargoUntil >= serbianDay(clock()) && !isAllowed(actor, 'embargo.pass'))
    throw new ArchiveError('EMBARGOED', `The record is under embargo until the end of ${embargoUntil}.`);
  if (!personalData || (await hasReason(catalog, actor.name, record.id, utcSeconds(clock())))) return;
  if (!reason?.trim())
    throw new ArchiveError(
      'REASON_REQUIRED',
      'The record holds personal data. Say why you need it: `Trajno-Reason`, or the form on its page.',
    );
  await giveReason(holdings, actor, record, reason);
}

/**
 * Notes why somebody reads a record with personal data.
 * @throws ArchiveError REASON_REQUIRED for one that is none, or too long
 */
export async function giveReason(
  holdings: Holdings,
  actor: Actor,
  { id: subject, institution }: CatalogRecord,
  said: string,
): Promise<void> {
  const reason = said.trim();
  if (reason.length < 3 || reason.length > longestReason)
    throw new ArchiveError('REASON_REQUIRED', `Say why in 3 to ${longestReason} letters.`);
  const now = holdings.clock();
  const until = utcSeconds(new Date(now.getTime() + minutesPerReason * 60_000));
  const entry = { time: utcSeconds(now), institution, subject, actor: actor.name, detail: { reason } };
  await journal(holdings, { ...entry, type: 'record.consulted' }, (transaction) =>
    putReason(transaction, { actor: actor.name, recordId: subject, until }),
  );
}
