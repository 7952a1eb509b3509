import { ArchiveError, utcSeconds } from '../../base/index.ts';
import { followLocationStates } from '../packaging/index.ts';
import type { Profile } from '../profiles/index.ts';
import {
  alsoHashed,
  type ClaimedChecksums,
  checkNotEmpty,
  checkSize,
  nameChecker,
  packageNameChecker,
  type WeakAlgorithm,
  weakAlgorithmsFor,
} from './checks/index.ts';
import type { IngestContext, OfferedFile, SubmittedFile } from './submission.ts';

/** A file in staging that has no name in a package yet. */
export type StagedOriginal = Omit<SubmittedFile, 'path'> & Partial<Record<WeakAlgorithm, string>>;

/**
 * Streams files to staging in every location, hashed on the way.
 * @param profileSoFar by which sizes are limited; asked at every file
 * @param taken names that the record has already
 * @param claimsSoFar the producer's checksums: SHA-1 and MD5 are computed for files that have one
 * @param isPackage the files of a producer's package: there may be more, and some may be empty
 * @throws ArchiveError when a name, a size or the free space is not as it must be
 */
export async function stageFiles(
  context: IngestContext,
  stagingId: string,
  profileSoFar: () => Pick<Profile, 'id' | 'maxFileSize'>,
  files: AsyncIterable<OfferedFile> | Iterable<OfferedFile>,
  taken: readonly string[] = [],
  claimsSoFar: () => ClaimedChecksums = () => ({}),
  isPackage = false,
): Promise<StagedOriginal[]> {
  await followLocationStates(context);
  const staged: StagedOriginal[] = [];
  const isLarge = isPackage || taken.length >= context.limits.maxFiles; // a package that was taken in
  const checkName = isLarge ? packageNameChecker(context.limits) : nameChecker(context.limits);
  taken.forEach(checkName);
  for await (const file of files) {
    checkName(file.name);
    const profile = profileSoFar();
    if (file.size !== undefined) {
      checkSize(file.name, file.size, profile);
      await context.storage.checkSpace(file.size);
    }
    const name = `f${taken.length + staged.length}`;
    const weak = weakAlgorithmsFor(file.name, claimsSoFar());
    const hashed = alsoHashed(
      limited(file, (size) => checkSize(file.name, size, profile)),
      weak,
    );
    const digests = await context.storage.stage(stagingId, name, hashed.source);
    if (!isPackage) checkNotEmpty(file.name, digests.size);
    staged.push({
      staged: name,
      originalName: file.name,
      ...digests,
      ...hashed.digests(),
      ...(file.modifiedAt ? { modifiedAt: utcSeconds(file.modifiedAt) } : {}),
    });
  }
  if (staged.length === 0) throw new ArchiveError('SUBMISSION_EMPTY', 'No file was sent. Choose at least one.');
  return staged;
}

/** Stops a stream as soon as it is longer than the profile allows. */
async function* limited(file: OfferedFile, check: (size: number) => void): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of file.source) {
    size += chunk.length;
    check(size);
    yield chunk;
  }
}
