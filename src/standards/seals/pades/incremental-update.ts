import type { PdfObjects } from './pdf-objects.ts';
import { array, type PdfDictionary, type PdfValue, token, written } from './pdf-syntax.ts';

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
export function incrementalUpdate(pdf: PdfObjects, objects: readonly UpdatedObject[]): IncrementalUpdate {
  const parts: string[] = ['\n'];
  let offset = pdf.size + 1;
  const offsets = new Map<number, number>();
  const textOffsets = new Map<number, number>();
  for (const { number, generation, text } of objects) {
    const beginning = `${number} ${generation} obj\n`;
    offsets.set(number, offset);
    textOffsets.set(number, offset + beginning.length);
    parts.push(beginning, text, '\nendobj\n');
    offset += beginning.length + text.length + '\nendobj\n'.length;
  }
  const write = pdf.references.form === 'table' ? tableSection : streamSection;
  parts.push(write(pdf, objects, offsets, offset), `startxref\n${offset}\n%%EOF\n`);
  return { bytes: Buffer.from(parts.join(''), 'latin1'), textOffsets };
}

type Offsets = ReadonlyMap<number, number>;

/** The first number that no object has, before the update. */
export function nextObjectNumber(pdf: PdfObjects): number {
  const size = pdf.references.trailer.get('Size');
  const stated = size?.kind === 'token' ? Number(size.text) : 0;
  let highest = stated - 1;
  for (const number of pdf.references.places.keys()) highest = Math.max(highest, number);
  return highest + 1;
}

/** ISO 32000-2 7.5.4: entries of 20 octets. */
function tableSection(pdf: PdfObjects, objects: readonly UpdatedObject[], offsets: Offsets): string {
  const sections = consecutive(objects).map((run) => {
    const entries = run.map(({ number, generation }) => {
      const at = String(offsets.get(number) ?? 0).padStart(10, '0');
      return `${at} ${String(generation).padStart(5, '0')} n \n`;
    });
    return `${run[0]?.number ?? 0} ${run.length}\n${entries.join('')}`;
  });
  const size = sizeAfter(pdf, objects);
  return `xref\n${sections.join('')}trailer\n${written({ kind: 'dictionary', entries: trailer(pdf, size) })}\n`;
}

/** ISO 32000-2 7.5.8: types of 1 octet, offsets of 6, generations of 2; the stream is one of its own objects. */
function streamSection(pdf: PdfObjects, objects: readonly UpdatedObject[], offsets: Offsets, at: number): string {
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
  const entries = new Map([
    ['Type', token('/XRef')],
    ...trailer(pdf, number + 1),
    ['W', array([1, 6, 2].map(token))],
    ['Index', array(runs.flatMap((run) => [token(run[0]?.number ?? 0), token(run.length)]))],
    ['Length', token(9 * all.length)],
  ]);
  return `${number} 0 obj\n${written({ kind: 'dictionary', entries })}\nstream\n${data.join('')}\nendstream\nendobj\n`;
}

/** What the newest trailer says of the document goes on; what it says of its own section does not. */
function trailer(pdf: PdfObjects, size: number): PdfDictionary {
  const kept = ['Root', 'Info', 'ID'].flatMap((key): [string, PdfValue][] => {
    const value = pdf.references.trailer.get(key);
    return value ? [[key, value]] : [];
  });
  return new Map([['Size', token(size)], ...kept, ['Prev', token(pdf.references.start)]]);
}

function sizeAfter(pdf: PdfObjects, objects: readonly UpdatedObject[]): number {
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
