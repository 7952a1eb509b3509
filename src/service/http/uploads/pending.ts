import type { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import { ArchiveError } from '../../../base/index.ts';
import type { FormFiles } from '../form.ts';

/** A file that was shared from a phone and waits to be described and sent. */
export interface PendingFile {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
}

/** A phone's menu shares a handful of documents; more than this is no sharing. */
const mostShared = 100;

/** Keeps what is shared, all of it or nothing. @throws ArchiveError SUBMISSION_EMPTY | SUBMISSION_INCOMPLETE | TOO_MANY_FILES */
export async function keepShared(datastore: FileStore, idFor: () => string, files: FormFiles): Promise<void> {
  const kept: string[] = [];
  try {
    for await (const { path, content } of files) {
      if (kept.length >= mostShared) throw new ArchiveError('TOO_MANY_FILES', `Share at most ${mostShared} files.`);
      const id = idFor();
      const upload = { id, offset: 0, metadata: { filename: path, shared: 'yes' } };
      await datastore.create(new Upload(upload));
      kept.push(id);
      const size = await datastore.write(content, id, 0).catch((cause) => {
        throw new ArchiveError('SUBMISSION_INCOMPLETE', 'What was shared did not arrive whole. Share it again.', {
          cause,
        });
      });
      await datastore.declareUploadLength(id, size);
    }
    if (kept.length === 0)
      throw new ArchiveError('SUBMISSION_EMPTY', 'No file was shared. Share a document, not a link or a text.');
  } catch (error) {
    for (const id of kept) await datastore.remove(id);
    throw error;
  }
}

/** The whole files among the shared ones of one owner, the oldest first. */
export async function pendingFiles(datastore: FileStore, owner: string): Promise<PendingFile[]> {
  const ids = (await datastore.configstore.list?.()) ?? [];
  const own = await Promise.all(ids.filter((id) => id.startsWith(owner)).map((id) => datastore.configstore.get(id)));
  return own
    .filter((upload) => upload?.metadata?.shared === 'yes' && upload.size !== undefined)
    .sort((one, other) => (one?.creation_date ?? '').localeCompare(other?.creation_date ?? ''))
    .flatMap((upload) =>
      upload ? [{ id: upload.id, path: upload.metadata?.filename ?? upload.id, bytes: upload.size ?? 0 }] : [],
    );
}
