import type { Context } from 'koa';
import { type Creator, findCreator, listCreators } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, contentDisposition, readForm, readPlainForm } from '../../http/index.ts';
import type { PageRequest } from '../page-route.ts';

/** What a person wrote into a form of the office. */
export interface OfficeAnswers {
  /** A field without the blanks around it; empty when it is not there. */
  said(name: string): string;
  all(name: string): string[];
  /** A field that may be left empty, as an object to be spread. */
  optional<Name extends string>(name: Name): { readonly [name in Name]?: string };
  readonly file?: { readonly name: string; readonly content: Buffer };
}

const longestFile = 16 << 20;

/** Reads a form, with one file at most. @throws ArchiveError REQUEST_MALFORMED | REQUEST_TOO_LARGE */
export async function readOfficeForm(ctx: Context): Promise<OfficeAnswers> {
  if (!ctx.is('multipart/form-data')) return answersOf(await readPlainForm(ctx.req));
  const { fields, files } = readForm(ctx.req);
  let file: OfficeAnswers['file'];
  for await (const { path, content } of files) {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of content) {
      size += chunk.length;
      if (size > longestFile) throw new ArchiveError('REQUEST_TOO_LARGE', 'The file is longer than 16 MB.');
      chunks.push(chunk as Buffer);
    }
    file ??= { name: path.split(/[\\/]/).at(-1) ?? path, content: Buffer.concat(chunks) };
  }
  return answersOf(new URLSearchParams([...fields]), file);
}

function answersOf(form: URLSearchParams, file?: OfficeAnswers['file']): OfficeAnswers {
  const said = (name: string) => (form.get(name) ?? '').trim();
  return {
    said,
    all: (name) => form.getAll(name).flatMap((text) => linesOf(text)),
    optional: (name) => (said(name) ? { [name]: said(name) } : {}) as never,
    ...(file ? { file } : {}),
  };
}

/** What was written a line each. */
function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The creators, and the one that a page is about: that of the query, or the first. */
export async function chosenCreator({
  ctx,
  service,
  query,
}: Pick<PageRequest, 'ctx' | 'service' | 'query'>): Promise<{ creators: Creator[]; chosen?: Creator }> {
  const { institution } = actorOf(ctx);
  const { catalog } = service.context;
  const creators = await listCreators(catalog, institution);
  const chosen = query.creator ? await findCreator(catalog, institution, query.creator) : creators[0];
  if (query.creator && !chosen) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such creator.');
  return { creators, ...(chosen ? { chosen } : {}) };
}

/** Sends a document as an attachment. */
export function sendAttachment(ctx: Context, name: string, type: string, bytes: Uint8Array): void {
  ctx.set('Content-Disposition', contentDisposition('attachment', name));
  ctx.type = type;
  ctx.body = Buffer.from(bytes);
}
