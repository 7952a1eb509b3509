import { ArchiveError, type ErrorPlace } from '../../../base/index.ts';
import {
  type CatalogRecord,
  type Creator,
  type Disposal,
  type DisposalItem,
  expiredBefore,
  findCategory,
  findCreator,
  findDisposal,
  findRecord,
  findRetention,
  needsApproval,
  permanent,
  type Retention,
  serbianDay,
  takeNumbers,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, type Transaction } from '../acts.ts';
import { type Candidate, whatKeeps } from '../retention/candidates.ts';

/** What is proposed for destruction. */
export interface DisposalProposal {
  readonly creator: string;
  /** Ids or numbers of records; all that may be set aside when left out. */
  readonly records?: readonly string[];
  /** Why it is done before the periods end, where it is. Kept for good (PRP-8.1-12, TR-ESOR). */
  readonly early?: string;
  readonly actor: string;
}

/** More than anyone can inspect at once. */
const largestInventory = 5_000;

/**
 * Sets records aside for destruction: makes the inventory (popis, UNI-02, UNI-03), from the oldest year on.
 * @throws ArchiveError ENTRY_UNKNOWN; DISPOSAL_REFUSED with the reason for each record that may not be in it: permanent, under a
 *   hold, in another disposal, not expired, without a row in the archive book; STATE_CONFLICT when there is nothing
 */
export async function proposeDisposal(context: ActContext, proposal: DisposalProposal): Promise<Disposal> {
  const { creator: creatorId, early, actor } = proposal;
  const { institution } = context;
  const id = newActId(context, 'disposal');
  await commitAct(context, actor, async (transaction, time) => {
    const creator = known(await findCreator(transaction, institution.id, creatorId), `creator ${creatorId}`);
    const today = serbianDay(new Date(time));
    const candidates = proposal.records
      ? await named(transaction, context, creator, proposal, today)
      : await allFree(transaction, context, creator, today);
    if (candidates.length === 0) throw new ArchiveError('STATE_CONFLICT', 'There is nothing that may be set aside.');
    const items = await inventoryOf(transaction, institution.id, candidates);
    const year = time.slice(0, 4);
    const running = await takeNumbers(transaction, institution.id, `disposal-${year}`, 1);
    const number = `${year}-${String(running).padStart(4, '0')}`;
    return {
      type: 'disposal.proposed',
      subject: id,
      detail: { number, creator: creator.id, records: items.length, ...(early ? { early } : {}) },
      act: {
        id: `${id}:1`,
        content: { number, creator: creator.facts.name, ...(early ? { early } : {}), items },
        sealed: true,
      },
    };
  });
  return known(await findDisposal(context.catalog, institution.id, id), 'such disposal');
}

async function named(
  transaction: Transaction,
  { institution }: ActContext,
  creator: Creator,
  { records = [], early }: DisposalProposal,
  today: string,
): Promise<Candidate[]> {
  if (records.length > largestInventory) throw tooMany();
  const places: ErrorPlace[] = [];
  const retentions: Retention[] = [];
  const numbers = new Map<string, string>();
  for (const wanted of new Set(records)) {
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
  if (places.length > 0)
    throw new ArchiveError(
      'DISPOSAL_REFUSED',
      `What may not be destroyed cannot be in the inventory: ${places[0]?.pointer.slice(1)} ${places[0]?.detail}${places.length > 1 ? `, and ${places.length - 1} more` : ''}.`,
      { places: places.slice(0, 200) },
    );
  return candidates;
}

async function allFree(
  transaction: Transaction,
  { institution }: ActContext,
  creator: Creator,
  today: string,
): Promise<Candidate[]> {
  const expired = await expiredBefore(transaction, institution.id, today, {
    creator: creator.id,
    limit: largestInventory,
  });
  const candidates = await whatKeeps(transaction, institution.id, expired, today);
  return candidates.filter((candidate) => faults(candidate, creator, today, false).length === 0);
}

/** Every reason why a record may not be in an inventory. */
function faults(candidate: Candidate, { id, facts }: Creator, today: string, early: boolean): string[] {
  const { period, expiresOn, extendedTo = '', holds, disposal, bookRow } = candidate;
  const end = expiresOn === undefined ? undefined : [expiresOn, extendedTo].sort().at(-1);
  const isPermanent = period === permanent;
  return [
    ...(candidate.creator === id ? [] : ['is of another creator']),
    ...(isPermanent ? ['is permanent'] : []),
    ...(holds.length > 0 ? [`is under a legal hold (${holds.join(', ')})`] : []),
    ...(disposal ? [`stands in disposal ${disposal} already`] : []),
    ...(isPermanent || early || (end !== undefined && end < today)
      ? []
      : [end === undefined ? 'has a period that has no end yet' : `is kept until ${end}`]),
    ...(needsApproval(facts) && bookRow === undefined ? ['is not in the archive book'] : []),
  ];
}

/** Records as lines of an inventory, from the oldest year on (UNI-02, UNI-03). */
export async function inventoryOf(
  transaction: Transaction,
  institution: string,
  candidates: readonly Candidate[],
): Promise<DisposalItem[]> {
  const lines: Omit<DisposalItem, 'number'>[] = [];
  for (const candidate of candidates) {
    const record = await findRecord(transaction, institution, candidate.record);
    const category = await findCategory(transaction, candidate.list, candidate.mark);
    if (record) lines.push(lineOf(candidate, record, category?.number ?? 0));
  }
  lines.sort((one, other) =>
    compare([one.year, one.mark, one.recordNumber], [other.year, other.mark, other.recordNumber]),
  );
  return lines.map((line, index) => ({ number: index + 1, ...line }));
}

function lineOf(candidate: Candidate, record: CatalogRecord, listNumber: number): Omit<DisposalItem, 'number'> {
  const { list, mark, createdYear, period, expiresOn, bookRow, bytes } = candidate;
  return {
    record: record.id,
    recordNumber: record.number,
    kind: record.classification?.name ?? '',
    list,
    mark,
    year: createdYear,
    listNumber,
    period,
    ...(expiresOn ? { expiresOn } : {}),
    files: record.files.length,
    bytes,
    ...(bookRow === undefined ? {} : { bookRow }),
    sha256: record.files.map(({ sha256 }) => sha256),
  };
}

function compare(one: readonly string[], other: readonly string[]): number {
  const place = one.findIndex((text, index) => text !== other[index]);
  return place < 0 ? 0 : (one[place] ?? '') < (other[place] ?? '') ? -1 : 1;
}

function tooMany(): ArchiveError {
  return new ArchiveError('REQUEST_TOO_LARGE', `An inventory holds ${largestInventory} records at most. Make several.`);
}
