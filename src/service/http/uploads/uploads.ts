import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import type { Context } from 'koa';
import { type Actor, authorize } from '../../../archive/administration/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import type { FormFiles } from '../form.ts';
import { keepShared, type PendingFile, pendingFiles } from './pending.ts';

/** Where resumable uploads are sent to (tus 1.0.0). */
export const uploadsPath = '/api/v1/uploads';

/** A file of an upload: its id, and the path that it is to have. */
export interface UploadedFile {
  readonly id: string;
  readonly path: string;
}

/** Uploads that survive a broken connection: they lie in a folder until a form hands them over, or for a week. */
export interface Uploads {
  /**
   * Answers a request by the tus protocol: creation, creation-with-upload, expiration, termination. Whoever began an upload goes on with it, nobody
   * else.
   * @throws ArchiveError NOT_AUTHORIZED; ADDRESS_UNKNOWN for somebody else's upload
   */
  handle(ctx: Context, actor: Actor): Promise<void>;
  /**
   * The files of finished uploads, one after another, and how long they are together.
   * @throws ArchiveError SUBMISSION_INCOMPLETE for one that is not whole or not there (any more)
   */
  take(actor: Actor, files: readonly UploadedFile[]): Promise<{ readonly files: FormFiles; readonly bytes: number }>;
  remove(files: readonly UploadedFile[]): Promise<void>;
  /**
   * Keeps files that another program of the phone shared, until their owner describes and sends them.
   * @param bytes how long they are together, as far as it was said
   * @throws ArchiveError SUBMISSION_EMPTY | SUBMISSION_INCOMPLETE | TOO_MANY_FILES, the locations' own for want of room
   */
  keep(actor: Actor, files: FormFiles, bytes: number): Promise<void>;
  /** What was shared and waits, the oldest first. */
  pending(actor: Actor): Promise<PendingFile[]>;
  /** Removes what nobody has gone on with for a week. */
  removeLapsed(): Promise<void>;
}

const week = 7 * 86_400_000;

/** @param checkSpace refuses what the locations have no room for */
export function openUploads(folder: string, checkSpace: (bytes: number) => Promise<void>): Uploads {
  mkdirSync(folder, { recursive: true, mode: 0o700 }); // the library makes it later, when it may be looked for already
  const datastore = new FileStore({ directory: folder, expirationPeriodInMilliseconds: week });
  const actors = new WeakMap<IncomingMessage, Actor>();
  const server = new Server({
    path: uploadsPath,
    datastore,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: (request) => {
      const actor = request.runtime?.node?.req && actors.get(request.runtime.node.req as IncomingMessage);
      if (!actor) throw new Error('an upload of nobody');
      return idFor(actor);
    },
    onUploadCreate: async (_request, { size }) => {
      if (size === undefined) throw refusal(400, 'Say how long the file is.');
      try {
        await checkSpace(size);
      } catch (cause) {
        if (cause instanceof ArchiveError) throw refusal(507, cause.message);
        throw cause;
      }
      return {};
    },
    onResponseError: (_request, error) =>
      'status_code' in error
        ? error
        : { status_code: 500, body: 'The upload failed here. Go on with it in a moment.\n' },
  });
  return {
    handle: async (ctx, actor) => {
      authorize(actor, 'record.submit');
      const [, id] = /^\/api\/v1\/uploads(?:\/([0-9a-f-]{1,80}))?$/.exec(ctx.path) ?? [];
      const isOfMethod = id
        ? ['HEAD', 'PATCH', 'DELETE'].includes(ctx.method)
        : ['POST', 'OPTIONS'].includes(ctx.method);
      const isOwn = id === undefined || (idForm.test(id) && id.startsWith(ownerOf(actor)));
      if (!isOfMethod || !isOwn || (id === undefined && ctx.path !== uploadsPath))
        throw new ArchiveError('ADDRESS_UNKNOWN', 'There is no such upload, or not any more. Begin it anew.');
      actors.set(ctx.req, actor);
      ctx.respond = false;
      await server.handle(ctx.req, ctx.res);
    },
    take: async (actor, files) => {
      let bytes = 0;
      for (const { id } of files) {
        const upload = idForm.test(id) && id.startsWith(ownerOf(actor)) ? await found(datastore, id) : undefined;
        if (!upload || upload.size === undefined || upload.offset !== upload.size)
          throw new ArchiveError('SUBMISSION_INCOMPLETE', 'A file has not arrived whole. Go on with the upload.');
        bytes += upload.size;
      }
      return { bytes, files: filesIn(folder, files) };
    },
    remove: async (files) => {
      for (const { id } of files) if (idForm.test(id)) await datastore.remove(id).catch(gone);
    },
    keep: async (actor, files, bytes) => {
      await checkSpace(bytes);
      await keepShared(datastore, () => idFor(actor), files);
    },
    pending: (actor) => pendingFiles(datastore, `${ownerOf(actor)}-`),
    removeLapsed: async () => {
      await server.cleanUpExpiredUploads();
    },
  };
}

const idForm = /^[0-9a-f]{24}-[0-9a-f]{32}$/;

function idFor(actor: Actor): string {
  return `${ownerOf(actor)}-${randomBytes(16).toString('hex')}`;
}

/** A mark of who began an upload; another one never has it. */
function ownerOf({ institution, person, name }: Actor): string {
  return createHash('sha256')
    .update(`${institution}\0${person ?? name}`)
    .digest('hex')
    .slice(0, 24);
}

async function found(datastore: FileStore, id: string) {
  return datastore.getUpload(id).catch(gone);
}

/** The library throws its answer for what is not there. */
function gone(error: unknown): undefined {
  if (error instanceof Error) throw error;
  const { status_code: status } = error as { status_code?: number };
  if (status !== 404 && status !== 410) throw new Error('an upload cannot be read', { cause: error });
  return undefined;
}

async function* filesIn(folder: string, files: readonly UploadedFile[]): FormFiles {
  for (const { id, path } of files) yield { field: 'file', path, content: createReadStream(join(folder, id)) };
}

const refusal = (status: number, body: string) => ({ status_code: status, body: `${body}\n` });
