import { ArchiveError, chunksOf, FormatError } from '../../../base/index.ts';
import type { PackageReader } from '../../../standards/packages/index.ts';
import type { Profile } from '../../profiles/index.ts';
import { alsoHashed, broken, checkSize, packageNameChecker } from '../checks/index.ts';
import type { IngestContext } from '../submission.ts';
import type { PackagePart } from './received-package.ts';

/** What is to be taken out of an archive. */
export interface PartsToStage {
  readonly stagingId: string;
  /** As people know the archive. */
  readonly name: string;
  readonly reader: PackageReader;
  readonly isIgnored: (path: string) => boolean;
  /** Digests to take of every file besides SHA-256 and SHA-512, by the names of node:crypto. */
  readonly algorithms: readonly string[];
  readonly profile: Pick<Profile, 'id' | 'maxFileSize'>;
}

/**
 * Unpacks an archive into staging in every location, each file hashed on the way by every algorithm that is needed.
 * Memory does not grow with their size. Repeated after a crash it writes the same files again.
 * @throws ArchiveError when a name, a size or the free space is not as it must be; DOCUMENT_BROKEN for an archive that
 *   does not unpack to what it says
 */
export async function stageParts(context: IngestContext, request: PartsToStage): Promise<PackagePart[]> {
  const { reader, name, profile } = request;
  const checkName = packageNameChecker(context.limits);
  const entries: { path: string; size: number }[] = [];
  for await (const entry of await reader.list()) {
    if (request.isIgnored(entry.path)) continue;
    checkName(entry.path);
    checkSize(entry.path, entry.size, profile);
    entries.push(entry);
  }
  await context.storage.checkSpace(entries.reduce((sum, { size }) => sum + size, 0));
  const parts: PackagePart[] = [];
  try {
    for (const { path } of entries) parts.push(await stagePart(context, request, path, `p${parts.length}`));
  } catch (error) {
    if (error instanceof FormatError) throw broken(name, 'it does not unpack', error);
    throw error;
  }
  return parts;
}

async function stagePart(
  { storage }: IngestContext,
  { reader, stagingId, algorithms }: PartsToStage,
  path: string,
  staged: string,
): Promise<PackagePart> {
  const hashed = alsoHashed(reader.chunks?.(path) ?? chunksOf(await reader.open(path)), algorithms);
  const digests = await storage.stage(stagingId, staged, hashed.source);
  return { staged, originalName: path, ...digests, otherDigests: hashed.digests() as Record<string, string> };
}

/** A package in which nothing is to be kept. */
export function emptyPackage(name: string): ArchiveError {
  return new ArchiveError('SUBMISSION_EMPTY', `“${name}” holds no document. Check what was packed and send it again.`);
}
