import { ArchiveError, utcSeconds } from '../../base/index.ts';
import { followLocationStates } from '../packaging/index.ts';
import { checkNotEmpty, checkSize, nameChecker, type Profile } from './checks/index.ts';
import type { IngestContext, OfferedFile, SubmittedFile } from './submission.ts';

/** A file in staging that has no name in a package yet. */
export type StagedOriginal = Omit<SubmittedFile, 'path'>;

/**
 * Streams files to staging in every location, hashed on the way.
 * @param profileSoFar by which sizes are limited; asked at every file
 * @param taken names that the record has already
 * @throws ArchiveError when a name, a size or the free space is not as it must be
 */
export async function stageFiles(
  context: IngestContext,
  stagingId: string,
  profileSoFar: () => Pick<Profile, 'id' | 'maxFileSize'>,
  files: AsyncIterable<OfferedFile> | Iterable<OfferedFile>,
  taken: readonly string[] = [],
): Promise<StagedOriginal[]> {
  await followLocationStates(context);
  const staged: StagedOriginal[] = [];
  const checkName = nameChecker(context.limits);
  taken.forEach(checkName);
  for await (const file of files) {
    checkName(file.name);
    const profile = profileSoFar();
    if (file.size !== undefined) {
      checkSize(file.name, file.size, profile);
      await context.storage.checkSpace(file.size);
    }
    const name = `f${taken.length + staged.length}`;
    const source = limited(file, (size) => checkSize(file.name, size, profile));
    const digests = await context.storage.stage(stagingId, name, source);
    checkNotEmpty(file.name, digests.size);
    staged.push({
      staged: name,
      originalName: file.name,
      ...digests,
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
