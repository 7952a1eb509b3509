import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { SentFile } from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';

/** A file of a multipart form: read it to its end, or the next one never comes. */
export interface FormFile {
  /** The name of the form's field. */
  readonly field?: string;
  /** As the client named it, folders included. */
  readonly path: string;
  readonly content: Readable;
}

/** Files in the order in which they arrive. */
export type FormFiles = AsyncGenerator<FormFile>;

/** A multipart form while it arrives (RFC 7578). */
export interface UploadForm {
  /** The fields that have come so far. */
  readonly fields: ReadonlyMap<string, string>;
  /** How many bytes the request says it has; 0 when it does not say. */
  readonly announcedBytes: number;
  /** The files in their order. What comes before the first of them is in `fields` when it is given. */
  readonly files: FormFiles;
}

const limits = {
  fieldNameSize: 200,
  fieldSize: 1 << 20,
  fields: 200,
  files: 5000,
  parts: 5200,
  headerPairs: 20,
  headerSize: 16 << 10,
};

type Part = { readonly file: FormFile } | { readonly end: true } | { readonly failure: unknown };

/**
 * Reads a form from a request. Bytes are taken from the network only as fast as its files are read.
 * @throws ArchiveError MEDIA_TYPE_UNSUPPORTED; while reading: REQUEST_MALFORMED | REQUEST_TOO_LARGE | TOO_MANY_FILES |
 *   SUBMISSION_INCOMPLETE when the client goes away
 */
export function readForm(request: IncomingMessage): UploadForm {
  const parser = openParser(request);
  const fields = new Map<string, string>();
  const parts = partQueue();
  let open: Readable | undefined;
  const fail = (failure: ArchiveError) => {
    parts.add({ failure });
    open?.destroy(failure);
    request.unpipe(parser);
  };
  const left = () => fail(new ArchiveError('SUBMISSION_INCOMPLETE', 'The upload ended early. Send it again.'));

  parser.on('field', (name, value, _nameCut, valueCut) => {
    if (valueCut) fail(new ArchiveError('REQUEST_TOO_LARGE', `The field “${name}” is too long.`));
    else if (!fields.has(name)) fields.set(name, value);
  });
  parser.on('file', (name, content, filename) => {
    if (isUnfilledInput(filename)) {
      content.resume();
      return;
    }
    open = content;
    content.on('error', () => undefined); // told of by `failure`, whether or not someone reads it now
    parts.add({ file: { field: name, path: filename || name, content } });
  });
  parser.on('finish', () => parts.add({ end: true }));
  refuseBeyondLimits(parser, fail);
  request.once('aborted', left);
  request.once('error', left);
  request.pipe(parser);
  return { fields, announcedBytes: Number(request.headers['content-length']) || 0, files: parts.files() };
}

function refuseBeyondLimits(parser: BusboyInstance, fail: (failure: ArchiveError) => void): void {
  parser.on('filesLimit', () => fail(new ArchiveError('TOO_MANY_FILES', 'Send fewer files at once.')));
  parser.on('fieldsLimit', () => fail(new ArchiveError('REQUEST_TOO_LARGE', 'The form has too many fields.')));
  parser.on('partsLimit', () => fail(new ArchiveError('REQUEST_TOO_LARGE', 'The form has too many parts.')));
  parser.on('error', (cause) => fail(new ArchiveError('REQUEST_MALFORMED', 'The form cannot be read.', { cause })));
}

/** What the parser found and nobody has taken yet: few, since it waits until a file is read. */
function partQueue(): { add(part: Part): void; files(): FormFiles } {
  const parts: Part[] = [];
  let tell = () => {};
  return {
    add: (part) => {
      parts.push(part);
      tell();
    },
    files: async function* () {
      for (;;) {
        while (parts.length === 0)
          await new Promise<void>((resolve) => {
            tell = resolve;
          });
        const part = parts.shift();
        if (!part || 'end' in part) return;
        if ('failure' in part) throw part.failure;
        yield part.file;
      }
    },
  };
}

/** The files as they are taken in to be judged; leaving off in the middle of one does not end the form. */
export async function* sentFiles(files: FormFiles): AsyncGenerator<SentFile> {
  for await (const { field, path, content } of files)
    yield { path, content: content.iterator({ destroyOnReturn: false }), ...(field === undefined ? {} : { field }) };
}

/** The files of a form once the first of them is there: the fields before it are known then. */
export async function fromFirstFile({ files }: UploadForm): Promise<FormFiles> {
  const first = await files.next();
  return (async function* () {
    for (let next = first; !next.done; next = await files.next()) yield next.value;
  })();
}

function openParser(request: IncomingMessage): BusboyInstance {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new ArchiveError('MEDIA_TYPE_UNSUPPORTED', 'Send the files as multipart/form-data.');
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': type },
      preservePath: true,
      limits,
      fileHwm: 1 << 18,
      isPartAFile: (name, _type, filename) => filename !== undefined && name !== 'metadata',
    });
  } catch (cause) {
    throw new ArchiveError('REQUEST_MALFORMED', 'The form has no boundary.', { cause });
  }
}

/** A file input that nobody filled is sent as a file without a name. */
function isUnfilledInput(filename: string): boolean {
  return filename === '';
}
