import { type ByteReader, chunksOf } from '../../../base/index.ts';
import { broken, encrypted } from './refusals.ts';

const tailLength = 64 * 1024;
const dictionaryLength = 16 * 1024;
/** Incremental updates that are followed back; documents signed a hundred times are rare. */
const maxRevisions = 1000;
const encryption = /\/Encrypt\s{0,20}(\d{1,10}\s{1,20}\d{1,5}\s{1,20}R|<<)/;

/**
 * Refuses PDFs that are cut off or encrypted. Encryption is stated by the trailer or the dictionary of the
 * cross-reference stream (ISO 32000-2 7.5.5, 7.5.8.2), neither of which is ever compressed; each revision's is read.
 * @throws ArchiveError DOCUMENT_BROKEN | DOCUMENT_ENCRYPTED
 */
export async function checkPdf({ name, reader }: { name: string; reader: ByteReader }): Promise<void> {
  const tail = text(await reader.read(Math.max(0, reader.size - tailLength), tailLength));
  const last = lastMatch(tail, /startxref\s{1,20}(\d{1,15})/g);
  if (last === undefined) throw broken(name, 'its end is missing (no startxref), so it was cut off');
  const state = await trailersState(reader, last);
  if (state === 'encrypted') throw encrypted(name);
  if (state === 'unreadable' && (await mentionsEncryption(reader))) throw encrypted(name);
}

/** Follows the chain of cross-reference sections from the newest back. */
async function trailersState(reader: ByteReader, newest: number): Promise<'plain' | 'encrypted' | 'unreadable'> {
  const waiting = [newest];
  const seen = new Set<number>();
  for (let offset = waiting.pop(); offset !== undefined; offset = waiting.pop()) {
    if (seen.has(offset)) continue;
    seen.add(offset);
    if (seen.size > maxRevisions) return 'unreadable';
    const dictionary = await trailerAt(reader, offset);
    if (dictionary === undefined) return 'unreadable';
    if (encryption.test(dictionary)) return 'encrypted';
    for (const key of [/\/Prev\s{1,20}(\d{1,15})/, /\/XRefStm\s{1,20}(\d{1,15})/]) {
      const previous = key.exec(dictionary)?.[1];
      if (previous !== undefined) waiting.push(Number(previous));
    }
  }
  return 'plain';
}

/** The dictionary of the cross-reference section at `offset`: a table's trailer, or the stream's own. */
async function trailerAt(reader: ByteReader, offset: number): Promise<string | undefined> {
  if (offset >= reader.size) return undefined;
  const start = text(await reader.read(offset, dictionaryLength));
  if (/^\s{0,20}\d{1,10}\s{1,20}\d{1,5}\s{1,20}obj\b/.test(start)) {
    const end = start.indexOf('stream');
    return end > 0 && /\/XRef\b/.test(start.slice(0, end)) ? start.slice(0, end) : undefined;
  }
  const table = /^\s{0,20}xref\s{1,20}/.exec(start);
  return table ? trailerAfterTable(reader, offset + table[0].length) : undefined;
}

/** Entries have 20 bytes each (7.5.4), so that a long table is skipped and not read. */
async function trailerAfterTable(reader: ByteReader, begin: number): Promise<string | undefined> {
  let at = begin;
  for (let subsections = 0; subsections < 10_000; subsections++) {
    const here = text(await reader.read(at, 64));
    const subsection = /^\s{0,20}\d{1,10}\s{1,20}(\d{1,10})\s{0,20}?(\r\n|\r|\n| )/.exec(here);
    if (!subsection) break;
    at += subsection[0].length + Number(subsection[1]) * 20;
  }
  const rest = text(await reader.read(at, dictionaryLength));
  const trailer = /^[\s\S]{0,64}?trailer([\s\S]*)/.exec(rest)?.[1];
  return trailer?.split('startxref', 1)[0];
}

/** For documents that readers have to mend: any trailer-like mention counts. One pass over the file. */
async function mentionsEncryption(reader: ByteReader): Promise<boolean> {
  let carried = '';
  for await (const chunk of chunksOf(reader)) {
    const here = carried + text(chunk);
    if (encryption.test(here)) return true;
    carried = here.slice(-64);
  }
  return false;
}

function lastMatch(haystack: string, pattern: RegExp): number | undefined {
  const found = [...haystack.matchAll(pattern)].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
