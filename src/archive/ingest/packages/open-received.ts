import { ArchiveError, type ByteReader, bytesReader, FormatError } from '../../../base/index.ts';
import { isTar } from '../../../standards/formats/tar/index.ts';
import { type PackageReader, tarTree, zipTree } from '../../../standards/packages/index.ts';
import type { SubmissionLimits } from '../checks/index.ts';
import type { IngestContext, Submission } from '../submission.ts';
import { gunzipped, isGzip } from './gunzip.ts';

/** DEFLATE cannot do more than 1032 to 1; a directory that says more lies. */
const deflateRatio = 1100;

/** Whether a submission may be a producer's package: files of a package's folder, or a single ZIP, TAR or gzip file. */
export async function mayBePackage(
  { storage }: Pick<IngestContext, 'storage'>,
  {
    id,
    files,
    packageFolder,
  }: Pick<Submission, 'id' | 'packageFolder'> & { readonly files: readonly Pick<StagedPart, 'staged'>[] },
): Promise<boolean> {
  const [only] = files;
  if (packageFolder !== undefined) return true;
  if (!only || files.length > 1) return false;
  const reader = await storage.readStaged(id, only.staged);
  return (await startsAsZip(reader)) || (await isGzip(reader)) || isTar(reader);
}

/** The files of a submission as a tree; undefined for an archive that cannot be read: the checks tell what is wrong with it. */
export async function openReceived(
  context: Pick<IngestContext, 'storage' | 'limits'>,
  submission: Submission,
): Promise<PackageReader | undefined> {
  const { storage, limits } = context;
  const [only] = submission.files;
  if (submission.packageFolder !== undefined || !only) return stagedTree(storage, submission);
  const received = await storage.readStaged(submission.id, only.staged);
  const archive = (await isGzip(received)) ? await unzippedTar(context, submission, only, received) : received;
  if (!archive) return undefined;
  try {
    return (await isTar(archive)) ? await tarTree(archive) : await zipTree(archive, zipLimits(limits));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** A TAR under gzip is unpacked to staging first: its files are then read in place. Undefined when it is no TAR. */
async function unzippedTar(
  { storage, limits }: Pick<IngestContext, 'storage' | 'limits'>,
  { id }: Submission,
  { originalName }: Submission['files'][number],
  received: ByteReader,
): Promise<ByteReader | undefined> {
  const content = () => gunzipped(originalName, received, limits.containers);
  if (!(await isTar(bytesReader(await startOf(content()))))) return undefined;
  await storage.stage(id, 'tar', content());
  return storage.readStaged(id, 'tar');
}

/** The first chunk; nothing of what does not unpack, since it need not be a package. */
async function startOf(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  try {
    for await (const chunk of chunks) return chunk;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
  }
  return new Uint8Array();
}

/** Files in staging as a tree, with the digests that were taken of them on the way. */
export function stagedTree(
  storage: IngestContext['storage'],
  { id, files, packageFolder }: Pick<Submission, 'id' | 'packageFolder'> & { readonly files: readonly StagedPart[] },
): PackageReader {
  const byPath = new Map(files.map((file) => [file.originalName, file]));
  return {
    folder: packageFolder,
    list: async () => files.map(({ originalName, size }) => ({ path: originalName, size })),
    open: async (path) => {
      const file = byPath.get(path);
      if (!file) throw new FormatError('package', 'a file that is not in it');
      return storage.readStaged(id, file.staged);
    },
    digests: (path) => {
      const file = byPath.get(path);
      if (!file) return undefined;
      return new Map([['sha256', file.sha256], ['sha512', file.sha512], ...Object.entries(file.otherDigests ?? {})]);
    },
  };
}

type StagedPart = Pick<
  Submission['files'][number],
  'staged' | 'originalName' | 'size' | 'sha256' | 'sha512' | 'otherDigests'
>;

function zipLimits({ containers }: SubmissionLimits) {
  return { entries: containers.maxEntries, unpackedSize: containers.maxUnpackedSize, ratio: deflateRatio };
}

async function startsAsZip(reader: ByteReader): Promise<boolean> {
  return Buffer.from(await reader.read(0, 4)).equals(Buffer.from('PK\x03\x04', 'latin1'));
}
