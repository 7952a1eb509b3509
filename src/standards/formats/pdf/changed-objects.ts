import type { PdfDocument } from './document.ts';
import { malformedPdf, type PdfEntries, type PdfValue } from './values.ts';

/** An object that stood in an older revision and is another one now. */
export interface ChangedObject {
  readonly number: number;
  readonly then: PdfValue;
  readonly now: PdfValue;
}

const mostObjects = 20_000;
const mostBytes = 256 << 20;

/**
 * The objects of `before` that `after`, which continues it, has replaced or removed. Objects that are new are left out:
 * they show only where a changed one leads to them.
 * @param end where the older revision ends in the file
 * @throws FormatError when more objects were written again than are compared
 */
export async function changedObjects(before: PdfDocument, after: PdfDocument, end: number): Promise<ChangedObject[]> {
  const numbers = new Set<number>();
  for (const { offset, ranges } of after.sections)
    if (offset >= end)
      for (const [first, count] of ranges) {
        if (numbers.size + count > mostObjects) throw malformedPdf('too many objects to compare');
        for (let number = first; number < first + count; number++) numbers.add(number);
      }
  const budget: Budget = { bytes: mostBytes };
  const changed: ChangedObject[] = [];
  for (const number of numbers) {
    const reference = { kind: 'reference', number, generation: 0 } as const;
    const [then, now] = [await before.resolve(reference), await after.resolve(reference)];
    if (then.kind !== 'null' && !(await isSame({ then, now }, before, after, budget)))
      changed.push({ number, then, now });
  }
  return changed;
}

interface Budget {
  bytes: number;
}

/** Streams with the same dictionary are the same when they are stored the same: nothing is unpacked for it. */
async function isSame(
  { then, now }: Pick<ChangedObject, 'then' | 'now'>,
  before: PdfDocument,
  after: PdfDocument,
  budget: Budget,
): Promise<boolean> {
  if (!sameValue(then, now)) return false;
  if (then.kind !== 'stream' || now.kind !== 'stream' || then.dataOffset === now.dataOffset) return true;
  const [old, current] = [await before.storedBytes(then), await after.storedBytes(now)];
  budget.bytes -= old.length + current.length;
  if (budget.bytes < 0) throw malformedPdf('too much to compare');
  return Buffer.compare(old, current) === 0;
}

/** Whether two values are the same, wherever they stand. The data of streams is not looked at. */
export function sameValue(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  if (one === undefined || other === undefined || one.kind !== other.kind) return one === other;
  switch (one.kind) {
    case 'null':
      return true;
    case 'boolean':
    case 'number':
    case 'name':
      return 'value' in other && one.value === other.value;
    case 'string':
      return other.kind === 'string' && Buffer.compare(one.bytes, other.bytes) === 0;
    case 'reference':
      return other.kind === 'reference' && one.number === other.number && one.generation === other.generation;
    case 'array':
      return (
        other.kind === 'array' &&
        one.items.length === other.items.length &&
        one.items.every((item, index) => sameValue(item, other.items[index]))
      );
    default:
      return 'entries' in other && differingKeys(one.entries, other.entries).length === 0;
  }
}

/** The keys whose values differ, or that only one of the two has. */
export function differingKeys(one: PdfEntries, other: PdfEntries): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => !sameValue(one.get(key), other.get(key)));
}
