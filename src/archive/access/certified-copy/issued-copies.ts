import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError, type Clock, sha256Hex } from '../../../base/index.ts';
import type { IssuedCopy } from './issued-copy.ts';

/**
 * Copies that were just issued, for whoever asks again because the answer did not arrive. A copy is kept nowhere else; here it
 * lies for an hour, and that it was issued is known for a day.
 */
export interface IssuedCopies {
  /**
   * Issues a copy once for a key.
   * @param wish what is asked for, in a form that is the same when it is asked again
   * @throws ArchiveError IDEMPOTENCY_CONFLICT when the key was used for another wish, or its copy is not kept any more; STATE_CONFLICT
   *   while it is being issued; and what `issue` throws
   */
  once(key: string, wish: string, issue: () => Promise<IssuedCopy>): Promise<IssuedCopy>;
}

interface Note {
  readonly wish: string;
  readonly at: string;
  readonly copy?: Omit<IssuedCopy, 'files'> & { readonly files: readonly { name: string; role: string }[] };
}

const filesKeptFor = 3_600_000;
const noteKeptFor = 86_400_000;

export function issuedCopies(folder: string, clock: Clock): IssuedCopies {
  return {
    once: async (key, wish, issue) => {
      await removeOld(folder, clock);
      const place = join(folder, sha256Hex(key));
      const digest = sha256Hex(wish);
      if (!(await isTaken(place, { wish: digest, at: clock().toISOString() }))) return again(place, digest);
      try {
        const issued = await issue();
        await keep(place, { wish: digest, at: clock().toISOString() }, issued);
        return issued;
      } catch (error) {
        await rm(place, { recursive: true, force: true });
        throw error;
      }
    },
  };
}

/** @returns whether the key is new and now taken; only one of those who ask at once gets it */
async function isTaken(place: string, note: Note): Promise<boolean> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  try {
    await writeFile(join(place, 'note.json'), JSON.stringify(note), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function keep(place: string, note: Note, { files, ...copy }: IssuedCopy): Promise<void> {
  for (const [index, { bytes }] of files.entries()) await writeFile(join(place, `${index}`), bytes, { mode: 0o600 });
  const named = files.map(({ name, role }) => ({ name, role }));
  await writeFile(join(place, 'part'), JSON.stringify({ ...note, copy: { ...copy, files: named } }), { mode: 0o600 });
  await rename(join(place, 'part'), join(place, 'note.json'));
}

async function again(place: string, digest: string): Promise<IssuedCopy> {
  const { wish, copy }: Note = JSON.parse(await readFile(join(place, 'note.json'), 'utf8'));
  if (wish !== digest)
    throw new ArchiveError('IDEMPOTENCY_CONFLICT', 'This idempotency key was used for another copy. Use a new key.');
  if (!copy) throw new ArchiveError('STATE_CONFLICT', 'This copy is just being issued. Ask again in a moment.');
  const files = await Promise.all(
    copy.files.map(async (file, index) => ({ ...file, bytes: await readKept(join(place, `${index}`), copy) })),
  );
  return { ...copy, files };
}

async function readKept(file: string, { statement }: NonNullable<Note['copy']>): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new ArchiveError(
      'IDEMPOTENCY_CONFLICT',
      `This was issued as ${statement.number} and is not kept any more. Issue another copy with a new key.`,
      { cause },
    );
  }
}

async function removeOld(folder: string, clock: Clock): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const now = clock().getTime();
  for (const name of await readdir(folder)) {
    const place = join(folder, name);
    const age = now - (await stat(place)).mtimeMs;
    if (age > noteKeptFor) await rm(place, { recursive: true, force: true });
    else if (age > filesKeptFor)
      for (const file of await readdir(place)) if (/^\d+$/.test(file)) await rm(join(place, file), { force: true });
  }
}
