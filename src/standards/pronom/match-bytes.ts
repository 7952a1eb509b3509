import type { FileWindows } from './file-windows.ts';
import { type FormatSignatures, withoutOutranked } from './format-signatures.ts';
import { type FileRegion, holdsSequence } from './match-sequence.ts';
import type { Budget } from './positions.ts';
import type { SequencePart } from './sequence-parts.ts';
import { fixedCandidates, floatingCandidates } from './signature-index.ts';
import type { SignatureParts } from './signature-parts.ts';

/** How far into a large file is read for a sequence that may stand anywhere, when the rest of its signature is there. */
const deepest = 8 << 20;

/** The formats whose byte signatures match a file. @throws what its reader throws */
export async function matchBytes(
  signatures: FormatSignatures,
  { regions, reader, whole }: FileWindows,
  budget: Budget,
): Promise<Set<string>> {
  const { size } = reader;
  const candidates = fixedCandidates(signatures.index, regions, size);
  for (const { bytes } of regions) floatingCandidates(signatures.index, bytes, candidates);
  const found = new Set<string>();
  const open: { puids: readonly string[]; parts: SignatureParts }[] = [];
  const near = new Map<string, boolean>();
  for (const number of candidates) {
    const { puids = [], parts } = signatures.bytes[number] ?? {};
    if (!parts) continue;
    if (holdsLiterals(parts(), regions, near) && holdsSignature(parts(), regions, size, budget))
      for (const puid of puids) found.add(puid);
    else if (!whole && mayHoldDeeper(parts(), regions, size, budget)) open.push({ puids, parts: parts() });
  }
  const worthwhile = open.filter(({ puids }) => puids.some((puid) => wouldStand(signatures, found, puid)));
  if (worthwhile.length === 0) return found;
  const deep = await deeperRegions(reader, regions);
  const literals = new Map<string, boolean>();
  for (const { puids, parts } of worthwhile)
    if (holdsLiterals(parts, deep, literals) && holdsSignature(parts, deep, size, budget))
      for (const puid of puids) found.add(puid);
  return found;
}

/** Whether all sequences of a signature are there. */
export function holdsSignature(
  { start, end }: SignatureParts,
  regions: readonly FileRegion[],
  size: number,
  budget: Budget,
): boolean {
  return (
    start.every((parts) => holdsSequence(parts, 'start', regions, size, budget)) &&
    end.every((parts) => holdsSequence(parts, 'end', regions, size, budget))
  );
}

const isFloating = ({ before }: SequencePart) => before.max === Number.POSITIVE_INFINITY;

/** All that is bound to an end of the file is there, and that is something; only what may stand anywhere is missing. */
function mayHoldDeeper({ start, end }: SignatureParts, regions: readonly FileRegion[], size: number, budget: Budget) {
  const bound = start.flatMap((parts) => (parts[0] && !isFloating(parts[0]) ? [[parts[0]]] : []));
  const hasFloating = start.some((parts) => parts.some(isFloating));
  return hasFloating && bound.length > 0 && holdsSignature({ start: bound, end }, regions, size, budget);
}

function wouldStand(signatures: FormatSignatures, found: ReadonlySet<string>, puid: string): boolean {
  return !found.has(puid) && withoutOutranked(signatures, [...found, puid]).includes(puid);
}

async function deeperRegions(reader: FileWindows['reader'], regions: readonly FileRegion[]): Promise<FileRegion[]> {
  const [head, tail] = regions;
  const end = Math.min(deepest, tail?.base ?? deepest);
  const bytes = await reader.read(0, end);
  const deep = { base: 0, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  return head && tail ? [deep, tail] : [deep];
}

/**
 * Looks for the literals of what may stand anywhere first, each once for all signatures: one that is missing decides
 * about its signature.
 */
function holdsLiterals(
  { start }: SignatureParts,
  regions: readonly FileRegion[],
  known: Map<string, boolean>,
): boolean {
  return start.every((parts) =>
    parts.every((part) => {
      if (!part.anchor || !isFloating(part)) return true;
      const key = part.anchor.bytes.toString('latin1');
      const before = known.get(key);
      if (before !== undefined) return before;
      const literal = part.anchor.bytes;
      const isThere = regions.some(({ bytes }) => bytes.includes(literal));
      known.set(key, isThere);
      return isThere;
    }),
  );
}
