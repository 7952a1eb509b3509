import type { PdfDocument } from '../../formats/pdf/index.ts';
import { list, verbatim, type WrittenEntries, type WrittenValue, writtenDictionary } from './pdf-writing.ts';

/** An object to be added or replaced; its text is written one octet a character. */
export interface UpdatedObject {
  readonly number: number;
  readonly generation: number;
  readonly text: string;
}

/** An incremental update (ISO 32000-2 7.5.6), with where each object's text starts in the resulting document. */
export interface IncrementalUpdate {
  readonly bytes: Buffer;
  readonly textOffsets: ReadonlyMap<number, number>;
}

/**
 * Writes objects, cross-references and trailer, to be appended to the document. The cross-references take the form of
 * the newest ones there, table or stream, as readers expect.
 */
export function incrementalUpdate(pdf: PdfDocument, objects: readonly UpdatedObject[]): IncrementalUpdate {
  const parts: string[] = ['\n'];
  let offset = pdf.reader.size + 1;
  const offsets = new Map<number, number>();
  const textOffsets = new Map<number, number>();
  for (const { number, generation, text } of objects) {
    const beginning = `${number} ${generation} obj\n`;
    offsets.set(number, offset);
    textOffsets.set(number, offset + beginning.length);
    parts.push(beginning, text, '\nendobj\n');
    offset += beginning.length + text.length + '\nendobj\n'.length;
  }
  const write = pdf.trailer.has('Type') ? streamSection : tableSection; // a stream's dictionary is the trailer
  parts.push(write(pdf, objects, offsets, offset), `startxref\n${offset}\n%%EOF\n`);
  return { bytes: Buffer.from(parts.join(''), 'latin1'), textOffsets };
}

type Offsets = ReadonlyMap<number, number>;

/** The first number that no object has, before the update. */
export function nextObjectNumber(pdf: PdfDocument): number {
  const sizes = pdf.sections.map(({ trailer: section }) => section.get('Size'));
  return Math.max(1, ...sizes.map((size) => (size?.kind === 'number' ? size.value : 0)));
}

/** ISO 32000-2 7.5.4: entries of 20 octets. */
function tableSection(pdf: PdfDocument, objects: readonly UpdatedObject[], offsets: Offsets): string {
  const sections = consecutive(objects).map((run) => {
    const entries = run.map(({ number, generation }) => {
      const at = String(offsets.get(number) ?? 0).padStart(10, '0');
      return `${at} ${String(generation).padStart(5, '0')} n \n`;
    });
    return `${run[0]?.number ?? 0} ${run.length}\n${entries.join('')}`;
  });
  const size = sizeAfter(pdf, objects);
  return `xref\n${sections.join('')}trailer\n${writtenDictionary(trailer(pdf, size))}\n`;
}

/** ISO 32000-2 7.5.8: types of 1 octet, offsets of 6, generations of 2; the stream is one of its own objects. */
function streamSection(pdf: PdfDocument, objects: readonly UpdatedObject[], offsets: Offsets, at: number): string {
  const number = sizeAfter(pdf, objects);
  const all = [...objects, { number, generation: 0, text: '' }];
  const runs = consecutive(all);
  const data = runs.flat().map((object) => {
    const entry = Buffer.alloc(9);
    entry[0] = 1;
    entry.writeUIntBE(offsets.get(object.number) ?? at, 1, 6);
    entry.writeUInt16BE(object.generation, 7);
    return entry.toString('latin1');
  });
  const entries: WrittenEntries = new Map([
    ['Type', verbatim('/XRef')],
    ...trailer(pdf, number + 1),
    ['W', list([1, 6, 2].map(verbatim))],
    ['Index', list(runs.flatMap((run) => [verbatim(run[0]?.number ?? 0), verbatim(run.length)]))],
    ['Length', verbatim(9 * all.length)],
  ]);
  return `${number} 0 obj\n${writtenDictionary(entries)}\nstream\n${data.join('')}\nendstream\nendobj\n`;
}

/** What the newest trailer says of the document goes on; what it says of its own section does not. */
function trailer(pdf: PdfDocument, size: number): WrittenEntries {
  const kept = ['Root', 'Info', 'ID'].flatMap((key): [string, WrittenValue][] => {
    const value = pdf.trailer.get(key);
    return value ? [[key, value]] : [];
  });
  return new Map([['Size', verbatim(size)], ...kept, ['Prev', verbatim(pdf.sections[0]?.offset ?? 0)]]);
}

function sizeAfter(pdf: PdfDocument, objects: readonly UpdatedObject[]): number {
  return Math.max(nextObjectNumber(pdf), ...objects.map(({ number }) => number + 1));
}

/** Runs of consecutive numbers, ascending. */
function consecutive(objects: readonly UpdatedObject[]): UpdatedObject[][] {
  const runs: UpdatedObject[][] = [];
  for (const object of [...objects].sort((one, other) => one.number - other.number)) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.number === object.number - 1) run.push(object);
    else runs.push([object]);
  }
  return runs;
}
