import type { Connection } from '../catalog.ts';
import { insertMany } from '../journal.ts';

/**
 * Where a disposal stands (UNI-06). `proposed`: the inventory is made. `reviewed`: the commission agreed. `sent`: it is with
 * the competent archive. `approved`: it may be executed. `refused`: by the commission or the archive. `completed`: destroyed
 * everywhere, the certificate made. `abandoned`: given up before.
 */
export type DisposalState = 'proposed' | 'reviewed' | 'sent' | 'approved' | 'refused' | 'completed' | 'abandoned';

/** `destruction` of what has expired, or `hand-over` of permanent records to a public archive. */
export type DisposalKind = 'destruction' | 'hand-over';

/** States in which a record of the inventory is spoken for. */
export const openDisposalStates: readonly DisposalState[] = ['proposed', 'reviewed', 'sent', 'approved'];

/** A line of the inventory (popis, UNI-02). */
export interface DisposalItem {
  readonly number: number;
  readonly record: string;
  readonly recordNumber: string;
  /** Name of the category: the kind of material. */
  readonly kind: string;
  /** The version of the list. */
  readonly list: string;
  readonly mark: string;
  readonly year: string;
  /** Ordinal number in the list of categories. */
  readonly listNumber: number;
  readonly period: string;
  readonly expiresOn?: string;
  readonly files: number;
  readonly bytes: number;
  /** Ordinal number in the archive book. */
  readonly bookRow?: number;
  readonly sha256: readonly string[];
}

/** `listed`: to be destroyed. `left-out`: taken off by a step, or found under a hold at the end. `disposed`: destroyed. */
export type ItemState = 'listed' | 'left-out' | 'disposed';

/** A step that was taken, as it was entered. */
export interface DisposalStep {
  readonly step: 'commission' | 'packaged' | 'sent' | 'decision' | 'completed' | 'abandoned';
  readonly time: string;
  readonly actor: string;
  /** The object of the store that holds the act. */
  readonly object: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A disposal as the catalog keeps it. */
export interface Disposal {
  readonly id: string;
  readonly institution: string;
  readonly creator: string;
  readonly kind: DisposalKind;
  readonly number: string;
  readonly state: DisposalState;
  /** How many acts there are of it. */
  readonly version: number;
  readonly steps: readonly DisposalStep[];
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** Why it is done before the periods end, where it is. Kept for good. */
  readonly early?: string;
}

/** Writes a proposed disposal with its inventory. */
export async function putDisposal(
  connection: Connection,
  disposal: Disposal,
  items: readonly DisposalItem[],
): Promise<void> {
  await connection('disposals')
    .insert({
      id: disposal.id,
      institution_id: disposal.institution,
      creator_id: disposal.creator,
      kind: disposal.kind,
      number: disposal.number,
      state: disposal.state,
      version: disposal.version,
      steps: JSON.stringify(disposal.steps),
      proposed_by: disposal.proposedBy,
      proposed_at: disposal.proposedAt,
      early: disposal.early ?? null,
    })
    .onConflict('id')
    .merge();
  await connection('disposal_items').where({ disposal_id: disposal.id }).delete();
  await insertMany(
    connection,
    'disposal_items',
    items.map((item) => ({
      disposal_id: disposal.id,
      number: item.number,
      record_id: item.record,
      state: 'listed',
      facts: JSON.stringify(item),
    })),
  );
}

/** Notes a step, what state it leads to, and which records it takes off the inventory. */
export async function putDisposalStep(
  connection: Connection,
  id: string,
  state: DisposalState,
  step: DisposalStep,
  leftOut: readonly string[],
): Promise<void> {
  const row: { steps: string; version: number } | undefined = await connection('disposals').where({ id }).first();
  if (!row) throw new Error(`${id} is no disposal that the catalog knows`);
  const steps: DisposalStep[] = [...JSON.parse(row.steps), step];
  await connection('disposals')
    .where({ id })
    .update({ state, steps: JSON.stringify(steps), version: Number(row.version) + 1 });
  for (let index = 0; index < leftOut.length; index += 400)
    await connection('disposal_items')
      .where({ disposal_id: id, state: 'listed' })
      .whereIn('record_id', leftOut.slice(index, index + 400))
      .update({ state: 'left-out' });
}

/** Notes that a record of an inventory was destroyed. */
export async function markItemDisposed(connection: Connection, disposal: string, record: string): Promise<void> {
  await connection('disposal_items').where({ disposal_id: disposal, record_id: record }).update({ state: 'disposed' });
}

/** A disposal by its id or its number. */
export async function findDisposal(
  connection: Connection,
  institution: string,
  idOrNumber: string,
): Promise<Disposal | undefined> {
  const column = idOrNumber.startsWith('urn:') ? 'id' : 'number';
  const row = await connection('disposals')
    .where({ institution_id: institution, [column]: idOrNumber })
    .first();
  return row && fromRow(row);
}

/** Disposals of a kind, newest first. */
export async function listDisposals(
  connection: Connection,
  institution: string,
  kind: DisposalKind = 'destruction',
): Promise<Disposal[]> {
  const rows = await connection('disposals').where({ institution_id: institution, kind }).orderBy('id', 'desc');
  return rows.map(fromRow);
}

/** The lines of a disposal's inventory, and what became of each. */
export async function disposalItems(
  connection: Connection,
  id: string,
): Promise<(DisposalItem & { readonly state: ItemState })[]> {
  const rows: { facts: string; state: ItemState }[] = await connection('disposal_items')
    .where({ disposal_id: id })
    .orderBy('number');
  return rows.map(({ facts, state }) => ({ ...JSON.parse(facts), state }));
}

/** A record's line in the inventory of a disposal. */
export async function findDisposalItem(
  connection: Connection,
  disposal: string,
  record: string,
): Promise<DisposalItem | undefined> {
  const row: { facts: string } | undefined = await connection('disposal_items')
    .where({ disposal_id: disposal, record_id: record })
    .first('facts');
  return row && JSON.parse(row.facts);
}

/** Which of these records stand in the inventory of a disposal that is under way. @returns record id → number of the disposal */
export async function openDisposalsOf(
  connection: Connection,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let index = 0; index < recordIds.length; index += 400) {
    const rows: { record_id: string; number: string }[] = await connection('disposal_items')
      .join('disposals', 'disposals.id', 'disposal_items.disposal_id')
      .whereIn('disposal_items.record_id', recordIds.slice(index, index + 400))
      .where('disposal_items.state', 'listed')
      .whereIn('disposals.state', [...openDisposalStates])
      .select('disposal_items.record_id', 'disposals.number');
    for (const { record_id, number } of rows) found.set(record_id, number);
  }
  return found;
}

function fromRow(row: Record<string, string | number | null>): Disposal {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    creator: String(row.creator_id),
    kind: row.kind as DisposalKind,
    number: String(row.number),
    state: row.state as DisposalState,
    version: Number(row.version),
    steps: JSON.parse(String(row.steps)),
    proposedBy: String(row.proposed_by),
    proposedAt: String(row.proposed_at),
    ...(row.early ? { early: String(row.early) } : {}),
  };
}
