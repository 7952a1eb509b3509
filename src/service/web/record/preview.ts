import { isSafeToShow, openOriginal } from '../../../archive/access/index.ts';
import { type CatalogFile, type CatalogRecord, keepsContent } from '../../../archive/data-management/index.ts';
import type { Service } from '../../http/index.ts';
import { readableXml, type XmlPart } from './readable-xml.ts';

/** What of a file is shown on the record's page. Nothing in it is ever executed: it is drawn by the browser, or is text. */
export type Shown =
  | { readonly as: 'pdf' | 'image' }
  /** It could make a reader run something: it is only given to be downloaded. */
  | { readonly as: 'active' }
  | { readonly as: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly as: 'xml'; readonly root: XmlPart; readonly isCut: boolean };

/** A file and what is shown of it. */
export interface Preview {
  /** From 1, in the order of the record. */
  readonly number: number;
  readonly file: CatalogFile;
  readonly address: string;
  readonly shown: Shown;
}

const images: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const longestText = 64 << 10;
const longestXml = 512 << 10;

function kindOf({ mimeType }: CatalogFile): 'pdf' | 'image' | 'text' | 'xml' | undefined {
  if (mimeType === 'application/pdf') return 'pdf';
  if (images.includes(mimeType)) return 'image';
  if (/^(application|text)\/xml$|\+xml$/.test(mimeType)) return 'xml';
  return /^text\/|^application\/json$/.test(mimeType) ? 'text' : undefined;
}

/** The numbers of files of which something can be shown. */
export function previewable(record: CatalogRecord): number[] {
  if (!keepsContent(record)) return [];
  return record.files.flatMap((file, index) => (kindOf(file) ? [index + 1] : []));
}

/** The images among its files, by number. */
export function imagesOf(record: CatalogRecord): { readonly number: number; readonly name: string }[] {
  if (!keepsContent(record)) return [];
  return record.files.flatMap((file, index) =>
    kindOf(file) === 'image' ? [{ number: index + 1, name: file.originalName }] : [],
  );
}

/** What is shown of the file that was asked for, or of the first of which something can be. */
export async function previewOf(
  service: Pick<Service, 'context'>,
  record: CatalogRecord,
  wanted: string | undefined,
): Promise<Preview | undefined> {
  const able = previewable(record);
  const number = able.find((each) => String(each) === wanted) ?? able[0];
  const file = number === undefined ? undefined : record.files[number - 1];
  const kind = file && kindOf(file);
  if (number === undefined || !file || !kind) return undefined;
  const address = `/records/${record.number}/files/${number}?display=inline`;
  return { number, file, address, shown: await shownOf(service, record, number, kind) };
}

async function shownOf(
  { context }: Pick<Service, 'context'>,
  record: CatalogRecord,
  number: number,
  kind: NonNullable<ReturnType<typeof kindOf>>,
): Promise<Shown> {
  if (kind === 'image') return { as: kind };
  const original = await openOriginal(context, record, number);
  if (kind === 'pdf') return { as: (await isSafeToShow(original)) ? 'pdf' : 'active' };
  const { content } = original;
  const longest = kind === 'xml' ? longestXml : longestText;
  const bytes = await beginning(content, longest);
  const isCut = content.size > bytes.length;
  const text = textOf(bytes);
  const xml = kind === 'xml' && !isCut ? readableXml(text) : undefined;
  if (xml) return { as: 'xml', ...xml };
  return { as: 'text', text: text.slice(0, longestText), isCut: isCut || text.length > longestText };
}

type Content = Awaited<ReturnType<typeof openOriginal>>['content'];

async function beginning(content: Content, longest: number): Promise<Buffer> {
  if (content.size === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  const stream = content.stream(0, Math.min(content.size, longest));
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** UTF-8 or UTF-16 as they say of themselves; else the code page in which our offices wrote before. */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true }); // a letter that was cut is left out
  return text.includes('\ufffd') ? new TextDecoder('windows-1250').decode(bytes) : text;
}
