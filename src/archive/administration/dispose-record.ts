import { ArchiveError, utcSeconds } from '../../base/index.ts';
import {
  applyEntries,
  type CatalogRecord,
  findDisposal,
  findDisposalItem,
  findRecord,
  findRetention,
  holdsOn,
  openDisposalsOf,
  permanent,
  readSetting,
  serbianDay,
} from '../data-management/index.ts';
import { commitToJournal, storeObjectIn, storeReader } from '../packaging/index.ts';
import { type ActContext, detachedSeal, type Transaction } from './acts.ts';

/** Who decided that a record is destroyed, and by what act. */
export interface DisposalDecision {
  readonly record: string;
  readonly actor: string;
  /** Number and date of the decision. */
  readonly decision: string;
  /** The approved procedure it is destroyed in; a record with a retention period is destroyed in no other way. */
  readonly disposal?: string;
  /** Of a hand-over: to whom, with what receipt and in what package, and the version that is in it. */
  readonly handedOver?: {
    readonly archive: string;
    readonly receipt: string;
    readonly package: string;
    readonly version: number;
  };
  /** Ordinal number of its row in the archive book. */
  readonly bookRow?: number;
}

/** While a rebuilt catalog is not confirmed, nothing is destroyed. */
export const unconfirmedRebuild = 'rebuild-unconfirmed';

/**
 * Destroys a record in every active location and leaves a sealed tombstone. Holds, period and procedure are checked in the
 * transaction that makes the disposal binding. The tombstone and the journal entry come first: from then on a copy that turns
 * up again is removed, not repaired from. A location that is away is cleared when it is back.
 * @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT | UNDER_LEGAL_HOLD; DISPOSAL_REFUSED for what is permanent, not expired,
 *   or has no approved procedure
 */
export async function disposeRecord(context: ActContext, decision: DisposalDecision): Promise<void> {
  const { catalog, storage, institution } = context;
  const found = await findRecord(catalog, institution.id, decision.record);
  if (!found) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${decision.record}.`);
  const unlock = await context.lockRecord(found.id);
  try {
    await makeBinding(context, decision, found.id);
    await storage.removeObject(found.id);
  } finally {
    await unlock();
  }
}

async function makeBinding(context: ActContext, decision: DisposalDecision, id: string): Promise<void> {
  const { institution } = context;
  const now = context.clock();
  const time = utcSeconds(now);
  await commitToJournal(context, {
    entries: async (transaction) => {
      const record = await findRecord(transaction, institution.id, id);
      if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${id}.`);
      const creator = await requireDisposable(transaction, context, record, decision, now);
      const bytes = record.files.reduce((sum, { size }) => sum + size, 0);
      await storeObjectIn(transaction, context, {
        id: `urn:trajno:tombstone:${record.id.slice('urn:uuid:'.length)}`,
        type: 'tombstone',
        files: await tombstoneFiles(context, record, decision, time),
        created: now,
      });
      const { actor, decision: act, disposal, bookRow, handedOver } = decision;
      return [
        {
          time,
          institution: institution.id,
          type: 'record.disposed' as const,
          subject: record.id,
          actor,
          detail: {
            number: record.number,
            decision: act,
            ...(disposal ? { disposal, creator, bytes } : {}),
            ...(handedOver ? { handedOver: true } : {}),
            ...(bookRow === undefined ? {} : { bookRow }),
          },
        },
      ];
    },
    project: (transaction, entries) => applyEntries(transaction, entries, storeReader(context), []),
  });
}

async function tombstoneFiles(
  context: ActContext,
  record: CatalogRecord,
  { actor, decision, disposal, handedOver }: DisposalDecision,
  time: string,
) {
  const { id, number, classification, files } = record;
  const content = Buffer.from(
    `${JSON.stringify({
      record: id,
      number,
      decision,
      ...(disposal ? { disposal } : {}),
      ...(handedOver ? { handedOver } : {}),
      ...(classification
        ? { category: classification.mark, period: classification.period, list: classification.list }
        : {}),
      actor,
      time,
      files: files.map(({ sha256, sha512, size }) => ({ sha256, sha512, size })),
    })}\n`,
  );
  return [
    { path: 'tombstone.json', content },
    { path: 'tombstone.json.p7s', content: await detachedSeal(context, content) },
  ];
}

/** @returns the creator, where the record is of one */
async function requireDisposable(
  transaction: Transaction,
  { institution }: ActContext,
  record: CatalogRecord,
  { disposal: id, handedOver }: DisposalDecision,
  now: Date,
): Promise<string | undefined> {
  if (!['archived', 'awaiting'].includes(record.state))
    throw new ArchiveError('STATE_CONFLICT', 'Only a stored record can be destroyed.');
  if (await readSetting(transaction, unconfirmedRebuild))
    throw new ArchiveError(
      'DISPOSAL_REFUSED',
      'The catalog was rebuilt and nobody has confirmed it yet. Compare it with what you know, then run `trajno dispose confirm-rebuild`.',
    );
  const holds = await holdsOn(transaction, institution.id, [record.id]);
  if (holds.size > 0)
    throw new ArchiveError('UNDER_LEGAL_HOLD', `Record ${record.number} is under a legal hold.`, {
      places: (holds.get(record.id) ?? []).map((hold) => ({ pointer: `/${record.number}`, detail: hold })),
    });
  if (record.classification?.period === permanent && !handedOver)
    throw refused(record, 'is permanent: it can only be handed over to a public archive');
  const retention = await findRetention(transaction, record.id);
  const disposal = id === undefined ? undefined : await findDisposal(transaction, institution.id, id);
  if (!disposal) {
    if (id !== undefined || record.classification)
      throw refused(record, 'has a retention period and is destroyed only in an approved disposal');
    return undefined;
  }
  const listed = (await openDisposalsOf(transaction, [record.id])).get(record.id) === disposal.number;
  if (disposal.state !== 'approved' || !listed) throw refused(record, `is not approved in disposal ${disposal.number}`);
  if (!retention) throw refused(record, 'has no category of a list');
  const item = await findDisposalItem(transaction, disposal.id, record.id);
  if (item?.list !== retention.list || item.mark !== retention.mark || item.year !== retention.createdYear)
    throw refused(record, 'was given another category or year after it was listed');
  if (disposal.kind === 'hand-over') {
    if (!handedOver) throw refused(record, 'is removed only with what tells of its hand-over');
    if (record.version !== handedOver.version)
      throw refused(record, 'was changed after it was packaged: the archive has another version of it');
    return retention.creator;
  }
  if (handedOver) throw refused(record, `stands in ${disposal.number}, which is no hand-over`);
  const end = [retention.expiresOn ?? '9999-12-31', retention.extendedTo ?? ''].sort().at(-1) ?? '';
  if (end >= serbianDay(now) && !disposal.early)
    throw refused(record, retention.expiresOn ? `is kept until ${end}` : 'has a period that has no end yet');
  return retention.creator;
}

function refused({ number }: CatalogRecord, why: string): ArchiveError {
  return new ArchiveError('DISPOSAL_REFUSED', `Record ${number} ${why}.`, {
    places: [{ pointer: `/${number}`, detail: why }],
  });
}
