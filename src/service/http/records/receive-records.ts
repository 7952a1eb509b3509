import { Readable } from 'node:stream';
import { type CatalogRecord, findRecord } from '../../../archive/data-management/index.ts';
import { groupFiles, type OfferedMetadata, type ReceivedSubmission } from '../../../archive/ingest/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { type FormFile, type FormFiles, fromFirstFile, type UploadForm } from '../form.ts';
import type { Service } from '../service.ts';
import { describedFiles } from './described-files.ts';
import { nameIn, type OpenOffer, offeredFile, openOffer } from './offers.ts';

/** What became of the files that were to be one record. */
export type Received =
  | { readonly received: ReceivedSubmission; readonly atRest: Promise<CatalogRecord> }
  | { readonly failure: unknown; readonly names: readonly string[] };

/** What is asked for with an upload. */
export interface UploadRequest {
  readonly actor: string;
  readonly form: UploadForm;
  /** Asked before the first file, and again after the last: what is said of the files may come behind them. */
  readonly metadata: () => OfferedMetadata | undefined;
  /** One record of all files; else each file is one, detached signatures going with what they sign. Asked at the first file. */
  readonly together: () => boolean;
  /** Asked at the first file. */
  readonly idempotencyKey: () => string | undefined;
}

/** The same once each file has its own metadata. */
interface DescribedRequest extends Omit<UploadRequest, 'metadata'> {
  readonly metadata: (path: string) => OfferedMetadata | undefined;
}

/**
 * Takes in an upload while it arrives, and hands what was received to the queue of intakes.
 * @throws ArchiveError when the upload broke off, or when there was one record to make and it was refused
 */
export async function receiveRecords(service: Service, request: UploadRequest): Promise<Received[]> {
  await service.context.storage.checkSpace(request.form.announcedBytes); // before anything is taken in
  const profiles = await service.context.profiles.current();
  const { files, metadata } = await describedFiles(await fromFirstFile(request.form), profiles, request.metadata);
  const described = { ...request, metadata };
  if (request.together() && metadata !== request.metadata)
    throw new ArchiveError(
      'REQUEST_MALFORMED',
      'A table describes files that are records of their own: ask for that, too.',
    );
  const intakes = request.together()
    ? [await receiveOne(service, request, files)]
    : await receiveEach(service, described, files);
  const outcomes = intakes.map((intake) =>
    'failure' in intake ? intake : { received: intake, atRest: workOn(service, intake) },
  );
  const [only] = outcomes;
  if (only && 'failure' in only && outcomes.length === 1) throw only.failure;
  return outcomes;
}

/** A repeated request is worked on by whoever made it first; it gets the record as it stands. */
function workOn({ context, intakes }: Service, received: ReceivedSubmission): Promise<CatalogRecord> {
  if (!received.repeated) return intakes.process(received);
  const { institution, id } = received.submission;
  return findRecord(context.catalog, institution, id).then((record) => {
    if (!record) throw new Error('a repeated request has no record');
    return record;
  });
}

type Intake = ReceivedSubmission | { readonly failure: unknown; readonly names: readonly string[] };

async function receiveOne({ ingest }: Service, request: UploadRequest, files: FormFiles): Promise<ReceivedSubmission> {
  const { actor, metadata } = request;
  async function* offered() {
    for await (const file of files) yield offeredFile(file);
  }
  const idempotencyKey = request.idempotencyKey();
  return ingest.receive({ actor, metadata, files: offered(), ...(idempotencyKey ? { idempotencyKey } : {}) });
}

/** Signatures are small: up to this much of one is kept until what it signs has come. */
const heldPerFile = 1 << 20;
const heldInAll = 32 << 20;

/**
 * Every content file opens a record at once and stays open for its signatures. What may be a detached signature is held
 * until all names are known; it is small, and what is larger is content.
 */
async function receiveEach(service: Service, request: DescribedRequest, files: FormFiles): Promise<Intake[]> {
  const offers: OpenOffer[] = [];
  const held: { path: string; bytes: Buffer }[] = [];
  let heldBytes = 0;
  const open = async (file: FormFile) => {
    const offer = openOffer(service.ingest.receive, offerFor(request, file.path));
    offers.push(offer);
    await offer.add(file);
  };
  try {
    for await (const file of files) {
      if (!mayBeSignature(file.path) || heldBytes >= heldInAll) {
        await open(file);
        continue;
      }
      const bytes = await startOf(file);
      if (bytes.length > heldPerFile) await open(withStart(file, bytes));
      else {
        held.push({ path: file.path, bytes });
        heldBytes += bytes.length;
      }
    }
    await addHeld(offers, held, open);
  } catch (error) {
    await Promise.all(offers.map((offer) => offer.abandon(error)));
    throw error;
  }
  if (offers.length === 0) return [await receiveOne(service, { ...request, metadata: () => ({}) }, files)]; // tells that no file was sent
  return Promise.all(offers.map(closed));
}

function offerFor({ actor, metadata, idempotencyKey }: DescribedRequest, path: string) {
  const key = idempotencyKey();
  return { actor, metadata: () => metadata(path), ...(key ? { idempotencyKey: `${key}:${path}` } : {}) };
}

/** Gives each held signature to the record of what it signs; one that signs nothing here is a record of its own. */
async function addHeld(
  offers: readonly OpenOffer[],
  held: readonly { path: string; bytes: Buffer }[],
  open: (file: FormFile) => Promise<void>,
): Promise<void> {
  const contents = offers.map((offer) => ({ path: offer.paths[0] ?? '', offer }));
  const signatures = held.map(({ path, bytes }) => ({ path, bytes }));
  const groups = groupFiles<{ path: string; offer?: OpenOffer; bytes?: Buffer }>(
    [...contents, ...signatures],
    ({ path }) => path,
  );
  for (const [first, ...others] of groups) {
    if (first?.bytes) await open(inMemory(first.path, first.bytes));
    for (const { path, bytes } of others)
      if (bytes && first?.offer) await first.offer.add(inMemory(path, bytes));
      else if (bytes) await open(inMemory(path, bytes));
  }
}

async function closed(offer: OpenOffer): Promise<Intake> {
  try {
    return await offer.close();
  } catch (failure) {
    return { failure, names: offer.paths.map(nameIn) };
  }
}

/** The grouping's own word on it: a name that is grouped with another one's is a signature's. */
function mayBeSignature(path: string): boolean {
  const content = path.replace(/\.[^./\\]*$/, '');
  return content !== path && groupFiles([content, path], (name) => name).length === 1;
}

async function startOf({ content }: FormFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > heldPerFile) break;
  }
  return Buffer.concat(chunks);
}

function withStart({ path, content }: FormFile, start: Buffer): FormFile {
  async function* whole() {
    yield start;
    yield* content.iterator({ destroyOnReturn: false });
  }
  return { path, content: Readable.from(whole(), { objectMode: false }) };
}

function inMemory(path: string, bytes: Buffer): FormFile {
  return { path, content: Readable.from([bytes], { objectMode: false }) };
}
