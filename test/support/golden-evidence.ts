import { join } from 'node:path';
import type { StepKind } from './renewed-evidence.ts';

/** Where the golden records lie. */
export const goldenFolder = join(import.meta.dirname, '../golden/evidence');

/** A golden record: all of it but its tokens follows from this. */
export interface GoldenRecord {
  readonly name: string;
  readonly groups: readonly (readonly Uint8Array[])[];
  readonly renews: readonly StepKind[];
  readonly index: number;
}

const object = (index: number) => Buffer.from(`predmet ${index}\n`);
const alone = (count: number) => Array.from({ length: count }, (_, index) => [object(index)]);

/** Trees of one leaf, of whole and of odd levels, of groups; both kinds of renewal; every digest algorithm. */
export const goldenRecords: readonly GoldenRecord[] = [
  { name: 'one-leaf.ers', groups: alone(1), renews: ['sha512'], index: 0 },
  { name: 'eight-leaves.ers', groups: alone(8), renews: ['sha256'], index: 3 },
  { name: 'eleven-leaves-last.ers', groups: alone(11), renews: ['sha384'], index: 10 },
  { name: 'thousand-leaves.ers', groups: alone(1000), renews: ['sha512'], index: 777 },
  { name: 'group.ers', groups: [[0, 1, 2].map(object), [3, 4].map(object)], renews: ['sha512'], index: 0 },
  {
    name: 'renewed.ers',
    groups: [...alone(6), [object(6), object(7)]],
    renews: ['sha256', 'time-stamp', 'time-stamp', 'sha384', 'time-stamp', 'sha512'],
    index: 6,
  },
];
