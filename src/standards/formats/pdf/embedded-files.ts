import type { PdfDocument } from './document.ts';
import { entriesOf, itemsOf, malformedPdf, type PdfValue, textValue } from './values.ts';

/** A file that travels inside a PDF. */
export interface EmbeddedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const mostFiles = 1000;
const mostBytes = 256 << 20;
const deepest = 16;

/**
 * The files associated with a document (ISO 32000-2 7.11.4, 14.13) or listed in its name tree, each once.
 * @throws FormatError when two have one name, or there are more, or larger, than anybody needs
 */
export async function readEmbeddedFiles(document: PdfDocument): Promise<EmbeddedFile[]> {
  const catalog = entriesOf(await document.resolve(document.trailer.get('Root')));
  const associated = itemsOf(await document.resolve(catalog.get('AF')));
  const names = entriesOf(await document.resolve(catalog.get('Names')));
  const listed = await specificationsIn(document, names.get('EmbeddedFiles'), 0);
  const seen = new Set<string>();
  const files = new Map<string, EmbeddedFile>();
  let size = 0;
  for (const value of [...associated, ...listed]) {
    const key = value.kind === 'reference' ? `${value.number} ${value.generation}` : '';
    if (key !== '' && seen.has(key)) continue;
    seen.add(key);
    const file = await fileOf(document, value);
    if (!file) continue;
    if (files.has(file.name)) throw malformedPdf(`two embedded files are named “${file.name}”`);
    size += file.bytes.length;
    if (files.size >= mostFiles || size > mostBytes) throw malformedPdf('too many embedded files');
    files.set(file.name, file);
  }
  return [...files.values()];
}

async function specificationsIn(document: PdfDocument, node: PdfValue | undefined, depth: number): Promise<PdfValue[]> {
  if (!node || depth > deepest) return [];
  const entries = entriesOf(await document.resolve(node));
  const own = itemsOf(await document.resolve(entries.get('Names'))).filter((_, index) => index % 2 === 1);
  const found = [...own];
  for (const kid of itemsOf(await document.resolve(entries.get('Kids')))) {
    found.push(...(await specificationsIn(document, kid, depth + 1)));
    if (found.length > mostFiles) throw malformedPdf('too many embedded files');
  }
  return found;
}

async function fileOf(document: PdfDocument, value: PdfValue): Promise<EmbeddedFile | undefined> {
  const specification = entriesOf(await document.resolve(value));
  const name = textValue(await document.resolve(specification.get('UF') ?? specification.get('F')));
  const streams = entriesOf(await document.resolve(specification.get('EF')));
  const stream = await document.resolve(streams.get('UF') ?? streams.get('F'));
  if (name === undefined || stream.kind !== 'stream') return undefined;
  return { name, bytes: await document.streamBytes(stream) };
}
