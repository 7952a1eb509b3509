import type { FileWindows } from './file-windows.ts';
import { type FormatSignatures, withoutOutranked } from './format-signatures.ts';
import { type FileRegion, holdsSequence } from './match-sequence.ts';
import type { Budget } from './positions.ts';
import type { Anchor, SequencePart } from './sequence-parts.ts';
import { fixedCandidates, floatingCandidates } from './signature-index.ts';
import type { SignatureParts } from './signature-parts.ts';

/** How far into a large file is read for a sequence that may stand anywhere, when the rest of its signature is there. */
const deepest = 8 << 20;
const chunk = 1 << 20;

/** A signature of which only what may stand anywhere was not found yet. */
interface OpenSignature {
  readonly puids: readonly string[];
  readonly parts: SignatureParts;
}

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
  const open: OpenSignature[] = [];
  const near = new Map<string, boolean>();
  for (const number of candidates) {
    const { puids = [], parts } = signatures.bytes[number] ?? {};
    if (!parts) continue;
    if (holdsLiterals(parts(), regions, near) && holdsSignature(parts(), regions, size, budget))
      for (const puid of puids) found.add(puid);
    else if (!whole && mayHoldDeeper(parts(), regions, size, budget)) open.push({ puids, parts: parts() });
  }
  const worthwhile = open.filter(({ puids }) => puids.some((puid) => wouldStand(signatures, found, puid)));
  await seekLiterals(reader, worthwhile, near);
  const complete = worthwhile.filter(({ parts }) => holdsLiterals(parts, regions, near));
  if (complete.length === 0) return found;
  const deep = await deeperRegions(reader, regions);
  for (const { puids, parts } of complete)
    if (holdsSignature(parts, deep, size, budget)) for (const puid of puids) found.add(puid);
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

/**
 * Looks for the literals that were not found yet further into the file, a chunk at a time: only where all of a signature
 * are there is so much of the file held at once.
 */
async function seekLiterals(
  reader: FileWindows['reader'],
  signatures: readonly OpenSignature[],
  known: Map<string, boolean>,
): Promise<void> {
  const missing = new Map<string, Buffer>();
  for (const { parts } of signatures)
    for (const { bytes } of floatingAnchors(parts))
      if (known.get(bytes.toString('latin1')) !== true) missing.set(bytes.toString('latin1'), bytes);
  const overlap = Math.max(0, ...[...missing.values()].map(({ length }) => length - 1));
  for (let at = 0; at < Math.min(deepest, reader.size) && missing.size > 0; at += chunk) {
    const bytes = await reader.read(at, chunk + overlap);
    const read = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const [key, literal] of missing)
      if (read.includes(literal)) {
        known.set(key, true);
        missing.delete(key);
      }
  }
}

function floatingAnchors({ start }: SignatureParts): Anchor[] {
  return start.flatMap((parts) => parts.flatMap((part) => (part.anchor && isFloating(part) ? [part.anchor] : [])));
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
function holdsLiterals(parts: SignatureParts, regions: readonly FileRegion[], known: Map<string, boolean>): boolean {
  return floatingAnchors(parts).every(({ bytes: literal }) => {
    const key = literal.toString('latin1');
    const before = known.get(key);
    if (before !== undefined) return before;
    const isThere = regions.some(({ bytes }) => bytes.includes(literal));
    known.set(key, isThere);
    return isThere;
  });
}
