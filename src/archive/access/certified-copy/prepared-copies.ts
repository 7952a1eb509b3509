import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from '../../../base/index.ts';
import type { UserSignatureRequest } from '../../trust-services/index.ts';
import type { CopyRequest } from './copy-request.ts';
import type { CopyStatement } from './copy-statement.ts';

/** A copy whose certificate waits for the authorised person's own signature. */
export interface PreparedCopy {
  readonly id: string;
  readonly institution: string;
  readonly recordId: string;
  readonly request: CopyRequest;
  readonly statement: CopyStatement;
  readonly expiresAt: string;
}

/** A signature in the cloud that the person is just asked for. */
export interface BegunSignature extends Omit<UserSignatureRequest, 'toBeSigned'> {
  /** Hexadecimal. */
  readonly toBeSigned: string;
  readonly signingTime: string;
}

/**
 * Where prepared copies lie until they are signed: a folder beside the catalog, and like its queues not in the store. Each is
 * a certificate and what is known of it.
 */
export interface PreparedCopies {
  keep(copy: PreparedCopy, certificate: Uint8Array): Promise<void>;
  /** Oldest first, of one institution. */
  list(institution: string): Promise<PreparedCopy[]>;
  /** @throws ArchiveError COPY_UNKNOWN */
  find(institution: string, idOrNumber: string): Promise<PreparedCopy>;
  certificate(copy: PreparedCopy): Promise<Uint8Array>;
  /** Nobody else finishes it meanwhile; it is there again when `work` fails. @throws ArchiveError STATE_CONFLICT when it is taken */
  whileTaken<Result>(copy: PreparedCopy, work: () => Promise<Result>): Promise<Result>;
  remove(copy: PreparedCopy): Promise<void>;
  keepBegun(copy: PreparedCopy, begun: BegunSignature): Promise<void>;
  /** What was begun for this copy; undefined when nothing was. */
  begun(copy: PreparedCopy): Promise<BegunSignature | undefined>;
}

export function preparedCopies(folder: string): PreparedCopies {
  const place = ({ id }: Pick<PreparedCopy, 'id'>, ending: string) => join(folder, `${id}.${ending}`);
  const list = async (institution: string) => {
    const names = (await unlessMissing(readdir(folder))) ?? [];
    const all: PreparedCopy[] = [];
    for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
      const text = await unlessMissing(readFile(join(folder, name), 'utf8'));
      if (text !== undefined) all.push(JSON.parse(text));
    }
    return all.filter((copy) => copy.institution === institution);
  };
  return {
    list,
    keep: async (copy, certificate) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(place(copy, 'pdf'), certificate, { mode: 0o600 });
      await writeFile(place(copy, 'part'), JSON.stringify(copy), { mode: 0o600 });
      await rename(place(copy, 'part'), place(copy, 'json'));
    },
    find: async (institution, idOrNumber) => {
      const found = (await list(institution)).find(
        ({ id, statement }) => id === idOrNumber || (!statement.isTest && statement.number === idOrNumber),
      );
      if (!found) throw new ArchiveError('COPY_UNKNOWN', `No copy ${idOrNumber} waits for a signature here.`);
      return found;
    },
    certificate: (copy) => readFile(place(copy, 'pdf')),
    whileTaken: async (copy, work) => {
      const taken = await unlessMissing(rename(place(copy, 'json'), place(copy, 'taken')).then(() => true));
      if (!taken)
        throw new ArchiveError('STATE_CONFLICT', 'This copy is being issued, or was issued, by somebody else.');
      try {
        return await work();
      } catch (error) {
        await rename(place(copy, 'taken'), place(copy, 'json'));
        throw error;
      }
    },
    remove: async (copy) => {
      for (const ending of ['json', 'taken', 'begun', 'pdf']) await rm(place(copy, ending), { force: true });
    },
    keepBegun: (copy, begun) => writeFile(place(copy, 'begun'), JSON.stringify(begun), { mode: 0o600 }),
    begun: async (copy) => {
      const text = await unlessMissing(readFile(place(copy, 'begun'), 'utf8'));
      return text === undefined ? undefined : JSON.parse(text);
    },
  };
}

async function unlessMissing<Value>(wanted: Promise<Value>): Promise<Value | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
