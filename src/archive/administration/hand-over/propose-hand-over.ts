import { ArchiveError, type ErrorPlace } from '../../../base/index.ts';
import {
  type Creator,
  type Disposal,
  findCreator,
  findDisposal,
  findRecord,
  findRetention,
  permanent,
  permanentUntil,
  type Retention,
  serbianDay,
  takeNumbers,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, type Transaction } from '../acts.ts';
import { inventoryOf } from '../disposal/propose-disposal.ts';
import { type Candidate, whatKeeps } from '../retention/candidates.ts';
import { handOverDue, isDue } from './hand-over-candidates.ts';

/** What is proposed for hand-over. */
export interface HandOverProposal {
  readonly creator: string;
  /** Ids or numbers of records; all that is due when left out. */
  readonly records?: readonly string[];
  /** By what agreement or act it is handed over before thirty years have passed, or by a private creator. Kept for good. */
  readonly early?: string;
  readonly actor: string;
}

/** What one package holds: its evidence and registers are made in memory. */
const largestHandOver = 500;

/**
 * Sets permanent records aside for hand-over to the competent public archive: makes the inventory, from the oldest year on
 * (ZAG 17, 18).
 * @throws ArchiveError ENTRY_UNKNOWN; DISPOSAL_REFUSED with the reason for each record that may not be in it: not permanent, not
 *   due, under a hold, in another procedure, without a row in the archive book; STATE_CONFLICT when there is nothing
 */
export async function proposeHandOver(context: ActContext, proposal: HandOverProposal): Promise<Disposal> {
  const { creator: creatorId, early, actor } = proposal;
  const { institution } = context;
  const id = newActId(context, 'disposal');
  await commitAct(context, actor, async (transaction, time) => {
    const creator = known(await findCreator(transaction, institution.id, creatorId), `creator ${creatorId}`);
    const today = serbianDay(new Date(time));
    const candidates = proposal.records
      ? await named(transaction, context, creator, proposal.records, today, early)
      : await allDue(transaction, context, creator, today);
    if (candidates.length === 0)
      throw new ArchiveError('STATE_CONFLICT', 'There is nothing that is due for hand-over.');
    if (candidates.length > largestHandOver)
      throw new ArchiveError(
        'REQUEST_TOO_LARGE',
        `A hand-over holds ${largestHandOver} records at most. Make several.`,
      );
    const items = await inventoryOf(transaction, institution.id, candidates);
    const year = time.slice(0, 4);
    const running = await takeNumbers(transaction, institution.id, `hand-over-${year}`, 1);
    const number = `P-${year}-${String(running).padStart(4, '0')}`;
    return {
      type: 'disposal.proposed',
      subject: id,
      detail: {
        number,
        kind: 'hand-over',
        creator: creator.id,
        records: items.length,
        ...(early ? { early } : {}),
      },
      act: {
        id: `${id}:1`,
        content: {
          number,
          kind: 'hand-over',
          creator: creator.facts.name,
          archive: creator.facts.competentArchive,
          ...(early ? { early } : {}),
          items,
        },
        sealed: true,
      },
    };
  });
  return known(await findDisposal(context.catalog, institution.id, id), 'such hand-over');
}

async function named(
  transaction: Transaction,
  { institution }: ActContext,
  creator: Creator,
  records: readonly string[],
  today: string,
  early: string | undefined,
): Promise<Candidate[]> {
  const places: ErrorPlace[] = [];
  const retentions: Retention[] = [];
  const numbers = new Map<string, string>();
  for (const wanted of new Set(records.slice(0, largestHandOver + 1))) {
    const record = await findRecord(transaction, institution.id, wanted);
    const retention = record && (await findRetention(transaction, record.id));
    if (!record) places.push({ pointer: `/${wanted}`, detail: 'is no record' });
    else if (!retention) places.push({ pointer: `/${record.number}`, detail: 'has no category of a list' });
    else if (!numbers.has(record.id)) {
      numbers.set(record.id, record.number);
      retentions.push(retention);
    }
  }
  const candidates = await whatKeeps(transaction, institution.id, retentions, today);
  for (const candidate of candidates)
    for (const detail of faults(candidate, creator, today, early !== undefined))
      places.push({ pointer: `/${numbers.get(candidate.record)}`, detail });
  const [first] = places;
  if (first)
    throw new ArchiveError(
      'DISPOSAL_REFUSED',
      `What may not be handed over cannot be in the inventory: ${first.pointer.slice(1)} ${first.detail}${places.length > 1 ? `, and ${places.length - 1} more` : ''}.`,
      { places: places.slice(0, 200) },
    );
  return candidates;
}

/** The oldest of what is due and free; what is more comes in the next hand-over. */
async function allDue(
  transaction: Transaction,
  { institution }: ActContext,
  creator: Creator,
  today: string,
): Promise<Candidate[]> {
  const due: Candidate[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await permanentUntil(transaction, institution.id, today.slice(0, 4), {
      creator: creator.id,
      limit: largestHandOver,
      ...(after ? { after } : {}),
    });
    const candidates = await whatKeeps(transaction, institution.id, page, today);
    due.push(...candidates.filter((candidate) => faults(candidate, creator, today, false).length === 0));
    const last = page.at(-1);
    if (
      !last ||
      page.length < largestHandOver ||
      due.length >= largestHandOver ||
      !isDue(creator, last.createdYear, today)
    )
      return due.slice(0, largestHandOver);
    after = `${last.createdYear} ${last.record}`;
  }
}

/** Every reason why a record may not be handed over. */
function faults(candidate: Candidate, creator: Creator, today: string, early: boolean): string[] {
  const { period, createdYear, holds, disposal, bookRow } = candidate;
  const notDue =
    creator.facts.regime === 'public' ? `is due from ${handOverDue(createdYear)}` : 'is of a private creator';
  return [
    ...(candidate.creator === creator.id ? [] : ['is of another creator']),
    ...(period === permanent ? [] : ['is not permanent']),
    ...(holds.length > 0 ? [`is under a legal hold (${holds.join(', ')})`] : []),
    ...(disposal ? [`stands in disposal ${disposal} already`] : []),
    ...(early || isDue(creator, createdYear, today)
      ? []
      : [`${notDue}: name the agreement or act by which it goes now`]),
    ...(bookRow === undefined ? ['is not in the archive book'] : []),
  ];
}
