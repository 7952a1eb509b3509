import type { IncomingMessage } from 'node:http';
import { ArchiveError } from '../../base/index.ts';

/** Longer than any metadata; files come by multipart. */
const longestBody = 1 << 20;

/**
 * The JSON that a request carries.
 * @param types the media types it may have
 * @throws ArchiveError MEDIA_TYPE_UNSUPPORTED | REQUEST_TOO_LARGE | REQUEST_MALFORMED
 */
export async function readJson(request: IncomingMessage, types: readonly string[]): Promise<unknown> {
  requireType(request, types);
  try {
    return JSON.parse((await readBytes(request, longestBody)).toString('utf8') || '{}');
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ArchiveError('REQUEST_MALFORMED', 'The body is not JSON.', { cause });
  }
}

/** The fields of a plain form. @throws ArchiveError MEDIA_TYPE_UNSUPPORTED | REQUEST_TOO_LARGE */
export async function readPlainForm(request: IncomingMessage): Promise<URLSearchParams> {
  requireType(request, ['application/x-www-form-urlencoded']);
  return new URLSearchParams((await readBytes(request, longestBody)).toString('utf8'));
}

function requireType(request: IncomingMessage, types: readonly string[]): void {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (!types.includes(type.trim().toLowerCase()))
    throw new ArchiveError('MEDIA_TYPE_UNSUPPORTED', `Send the content as ${types.join(' or ')}.`);
}

/** What comes, held in memory. @param refusal what is said of more than `limit` @throws ArchiveError REQUEST_TOO_LARGE */
export async function readBytes(
  content: AsyncIterable<unknown>,
  limit: number,
  refusal = `The body is longer than ${limit} bytes.`,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new ArchiveError('REQUEST_TOO_LARGE', refusal);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
