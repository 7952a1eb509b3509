import { readFile } from 'node:fs/promises';
import { listCreators } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { CommandContext, OpenArchive } from './command.ts';

/** Runs what an office does with the archive open. */
export async function inOffice<Result>(
  { openArchive }: Pick<CommandContext, 'openArchive'>,
  work: (context: OpenArchive['context']) => Promise<Result>,
): Promise<Result> {
  const { context, close } = await openArchive();
  try {
    return await work(context);
  } finally {
    await close();
  }
}

/** The creator that is named, or the only one there is. @throws ArchiveError USAGE */
export async function creatorFor(context: OpenArchive['context'], named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const creators = await listCreators(context.catalog, context.institution.id);
  const [only] = creators;
  if (creators.length === 1 && only) return only.id;
  throw new ArchiveError(
    'USAGE',
    creators.length === 0
      ? 'There is no creator yet. Enter one with `trajno creators enter FILE.json`.'
      : 'Say whose with --creator ID; `trajno creators list` shows them.',
  );
}

/** The value of an option that must be there. @throws ArchiveError USAGE */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value.trim() === '') throw new ArchiveError('USAGE', `--${option} is missing.`);
  return value;
}

/** The bytes of a file that the operator names. @throws ArchiveError USAGE */
export async function fileOf(path: string | undefined): Promise<Buffer> {
  if (path === undefined) throw new ArchiveError('USAGE', 'Name a file.');
  return readFile(path).catch((cause: Error) => {
    throw new ArchiveError('USAGE', `${path} cannot be read: ${cause.message}`, { cause });
  });
}

/** @throws ArchiveError USAGE for a verb that there is not */
export function noSuchVerb(verb: string, known: readonly string[]): never {
  throw new ArchiveError('USAGE', `There is no “${verb}” here: ${known.join(', ')}.`);
}
