import { type SequencePart, sequenceParts } from './sequence-parts.ts';
import { readSequence } from './sequence-syntax.ts';
import type { ByteSequences } from './signature-data.ts';

/** A signature's sequences, each split at its gaps without end. */
export interface SignatureParts {
  readonly start: readonly (readonly SequencePart[])[];
  readonly end: readonly (readonly SequencePart[])[];
}

/** @throws FormatError when a sequence is not in PRONOM's syntax */
export function prepareSequences({ start = [], end = [] }: ByteSequences): SignatureParts {
  const parts = (text: string, bound: 'start' | 'end') => sequenceParts(readSequence(text), bound);
  return { start: start.map((text) => parts(text, 'start')), end: end.map((text) => parts(text, 'end')) };
}
