import { newRecordId, sha256Hex, utcSeconds } from '../../base/index.ts';
import { safeFileNames } from '../../standards/packages/index.ts';
import {
  type CatalogRecord,
  earlierWithContent,
  findIdempotent,
  findRecord,
  type IndexedEntry,
  type JournalEntry,
  listEntries,
  putIdempotent,
  putIntakes,
  putRecords,
  takeNumbers,
} from '../data-management/index.ts';
import { commitToJournal, groupCommit, submissionFile, submittedRecord } from '../packaging/index.ts';
import type { Profile, Profiles } from '../profiles/index.ts';
import { checkMetadata, checkSize, compareChecksums } from './checks/index.ts';
import { classify } from './classify.ts';
import { withReadContent } from './content/index.ts';
import { mayBePackage } from './packages/index.ts';
import { type StagedOriginal, stageFiles } from './stage-files.ts';
import { requirePeriodOfCategory } from './statutory-fields.ts';
import type { IngestContext, OfferedFile, OfferedMetadata, ReceivedSubmission, Submission } from './submission.ts';

/** A request to keep files as one record. */
export interface Offer {
  readonly actor: string;
  /** What is said of the files; a function where it may come behind them: asked again when all are staged. */
  readonly metadata: OfferedMetadata | (() => OfferedMetadata | undefined);
  readonly files: AsyncIterable<OfferedFile> | Iterable<OfferedFile>;
  /** The files are all those of the folder of this name, which holds a producer's package; their names are paths in it. */
  readonly packageFolder?: string;
  /** The same key and the same content give the same record again. */
  readonly idempotencyKey?: string;
}

/**
 * Step 1. Streams the files to staging in every location, hashed on the way, and gives the receipt of intake once they
 * are synced and in the journal. Memory does not grow with their size.
 * @returns the receipt; for a repeated idempotency key the one that was given before
 * @throws ArchiveError when names, sizes, metadata or the producer's checksums are not as they must be; nothing is kept
 */
export function receiver(context: IngestContext): (offer: Offer) => Promise<ReceivedSubmission> {
  const commit = groupCommit((items: readonly NewIntake[]) => commitIntakes(context, items), 256);
  return async (offer) => {
    const id = newRecordId(context.clock, context.random);
    const receivedAt = utcSeconds(context.clock());
    const profiles = await context.profiles.current();
    try {
      const staged = await stageFiles(
        context,
        id,
        () => profileSoFar(profiles, offer),
        offer.files,
        [],
        () => saidOf(offer)?.checksums ?? {},
        offer.packageFolder !== undefined,
      );
      const submission = await describe(context, profiles, id, receivedAt, offer, staged);
      await context.storage.writeStaged(id, submissionFile, Buffer.from(JSON.stringify(submission)));
      const received = await commit({ submission, ...(offer.idempotencyKey ? { key: offer.idempotencyKey } : {}) });
      if (received.submission.id !== id) await context.storage.dropStaged(id);
      return received;
    } catch (error) {
      await context.storage.dropStaged(id).catch(() => undefined); // the first failure is the one to tell of
      throw error;
    }
  };
}

function saidOf({ metadata }: Offer): OfferedMetadata | undefined {
  return typeof metadata === 'function' ? metadata() : metadata;
}

/** The profile by which files are limited: the one named, or the widest while it is not known yet. */
function profileSoFar(profiles: Profiles, offer: Offer): Pick<Profile, 'id' | 'maxFileSize'> {
  const said = saidOf(offer);
  if (said) return profiles.find(said.profile);
  return profiles.offered.reduce((widest, one) => (one.maxFileSize > widest.maxFileSize ? one : widest));
}

async function describe(
  context: IngestContext,
  profiles: Profiles,
  id: Submission['id'],
  receivedAt: string,
  offer: Offer,
  staged: readonly StagedOriginal[],
): Promise<Submission> {
  const metadata = saidOf(offer) ?? {};
  const profile = profiles.find(metadata.profile);
  for (const file of staged) checkSize(file.originalName, file.size, profile);
  const packageFolder = offer.packageFolder === undefined ? {} : { packageFolder: offer.packageFolder };
  const saysMore = await mayBePackage(context, { id, files: staged, ...packageFolder });
  const entered = { ...(metadata.title === undefined ? {} : { title: metadata.title }), fields: metadata.fields ?? {} };
  const { title, fields } = saysMore ? entered : await withReadContent(context, profile, id, staged, entered);
  checkMetadata(profile, { ...fields, ...(title === undefined ? {} : { title }) }, { incomplete: saysMore });
  const checksumsCompared = compareChecksums(staged, metadata.checksums ?? {});
  const paths = safeFileNames(staged.map((file) => file.originalName));
  const category = metadata.category ?? profile.category;
  const classification = await classify(context, category, metadata.creator);
  if (profile.fillsStatutoryFields) requirePeriodOfCategory(fields, classification);
  return {
    id,
    institution: context.institution.id,
    actor: offer.actor,
    title: title ?? offer.packageFolder ?? staged[0]?.originalName ?? id,
    ...(title === undefined && saysMore ? { untitled: true as const } : {}),
    profile: { id: profile.id, version: profile.version },
    ...(category ? { category } : {}),
    ...(classification ? { classification } : {}),
    ...(metadata.language ? { language: metadata.language } : {}),
    metadata: fields,
    receivedAt,
    checksumsCompared,
    ...packageFolder,
    files: staged.map(({ sha1: _sha1, md5: _md5, ...file }, index) => ({ ...file, path: paths[index] ?? file.staged })),
  };
}

interface NewIntake {
  readonly submission: Submission;
  readonly key?: string;
}

/** One sync, one journal entry each, one transaction for all that arrived meanwhile. */
async function commitIntakes(
  context: IngestContext,
  items: readonly NewIntake[],
): Promise<PromiseSettledResult<ReceivedSubmission>[]> {
  await context.storage.sync();
  const now = utcSeconds(context.clock());
  const series = `record-${now.slice(0, 4)}`;
  let earlier = new Map<string, string>();
  let repeated: (PromiseSettledResult<ReceivedSubmission> | undefined)[] = [];
  let fresh: readonly NewIntake[] = items;
  return commitToJournal(context, {
    entries: async (transaction) => {
      repeated = await Promise.all(items.map((item) => repeatedRequest(transaction, item)));
      fresh = items.filter((_, index) => !repeated[index]);
      earlier = await earlierWithContent(
        transaction,
        context.institution.id,
        fresh.flatMap(({ submission }) => submission.files.map((file) => file.sha256)),
      );
      const first = fresh.length > 0 ? await takeNumbers(transaction, context.institution.id, series, fresh.length) : 0;
      return fresh.map(({ submission }, index) => {
        const number = `${now.slice(0, 4)}-${String(first + index).padStart(6, '0')}`;
        const duplicateOf = duplicateIn(earlier, submission);
        for (const file of submission.files) if (!earlier.has(file.sha256)) earlier.set(file.sha256, submission.id);
        return {
          time: now,
          institution: submission.institution,
          type: 'record.received' as const,
          subject: submission.id,
          actor: submission.actor,
          detail: {
            number,
            receipt: `P-${number}`,
            receivedAt: submission.receivedAt,
            files: submission.files.length,
            digest: sha256Hex(submission.files.map((file) => file.sha512).join('\n')),
            ...(duplicateOf ? { duplicateOf } : {}),
          },
        };
      });
    },
    project: async (transaction, entries) => {
      await putRecords(
        transaction,
        fresh.map(({ submission }, index) => receivedRecord(submission, entries[index])),
      );
      await putIntakes(
        transaction,
        fresh.map(({ submission }) => intakeOf(context, submission)),
        now,
      );
      for (const { submission, key } of fresh)
        if (key)
          await putIdempotent(transaction, submission.institution, key, contentDigest(submission), [submission.id]);
      const received = fresh.map(({ submission }, index) => ({ submission, ...receiptOf(entries[index]) }));
      return items.map(
        (_, index) =>
          repeated[index] ?? { status: 'fulfilled' as const, value: received.shift() as ReceivedSubmission },
      );
    },
  });
}

async function repeatedRequest(
  connection: Parameters<typeof findIdempotent>[0],
  { submission, key }: NewIntake,
): Promise<PromiseSettledResult<ReceivedSubmission> | undefined> {
  if (!key) return undefined;
  try {
    const [id] = (await findIdempotent(connection, submission.institution, key, contentDigest(submission))) ?? [];
    const record = id && (await findRecord(connection, submission.institution, id));
    if (!record) return undefined;
    const [entry] = await listEntries(connection, {
      institution: submission.institution,
      subject: record.id,
      type: 'record.received',
      limit: 1,
    });
    const same = { ...submission, id: record.id as Submission['id'] };
    return { status: 'fulfilled', value: { submission: same, ...receiptOf(entry), repeated: true } };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}

/** What makes two requests the same: the content and what is said of it, not the ids and times given here. */
function contentDigest({ title, profile, category, metadata, files }: Submission): string {
  return sha256Hex(
    JSON.stringify([title, profile, category ?? '', metadata, files.map((file) => [file.originalName, file.sha512])]),
  );
}

function duplicateIn(earlier: ReadonlyMap<string, string>, submission: Submission): string | undefined {
  const held = submission.files.map((file) => earlier.get(file.sha256)).find((id) => id !== undefined);
  return held === submission.id ? undefined : held;
}

function receivedRecord(submission: Submission, entry: JournalEntry | undefined): CatalogRecord {
  const { number, duplicateOf } = entry?.detail ?? {};
  return {
    ...submittedRecord(submission),
    id: submission.id,
    institution: submission.institution,
    number: String(number),
    state: 'received',
    version: 0,
    ...(duplicateOf ? { duplicateOf: String(duplicateOf) } : {}),
  };
}

function intakeOf({ owner }: IngestContext, submission: Submission) {
  return {
    id: submission.id,
    institution: submission.institution,
    state: 'staged' as const,
    step: 'check',
    owner,
    attempts: 0,
    submission: JSON.stringify(submission),
    createdAt: submission.receivedAt,
  };
}

function receiptOf(entry: IndexedEntry | undefined) {
  if (!entry) throw new Error('a submission has no journal entry');
  const { number, receipt, duplicateOf } = entry.detail;
  return {
    intake: {
      number: String(receipt),
      recordNumber: String(number),
      time: entry.time,
      head: `${entry.sequence}:${entry.hash}`,
    },
    ...(duplicateOf ? { duplicateOf: String(duplicateOf) } : {}),
  };
}
