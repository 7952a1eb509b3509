import { FormatError } from '../../base/index.ts';
import { readSignatureFile } from './read-signature-file.ts';
import type { SequencePart } from './sequence-parts.ts';
import type {
  ByteSignature,
  ContainerSignatureFile,
  DecisiveLiteral,
  FormatSignatureFile,
  SignatureData,
} from './signature-data.ts';
import { prepareSequences, type SignatureParts } from './signature-parts.ts';

/**
 * Reads signature files of DROID, of formats and of containers in any order, and puts them together.
 * @param present whose part stands where no file of a kind is given
 * @throws FormatError when a file is no signature file, two are of one kind, or one kind is missing
 */
export function combineSignatureFiles(files: readonly Uint8Array[], present?: SignatureData): SignatureData {
  let formats: FormatSignatureFile | undefined;
  let containers: ContainerSignatureFile | undefined;
  for (const bytes of files) {
    const file = readSignatureFile(bytes);
    if (('droid' in file ? formats : containers) !== undefined) throw malformed('two signature files of one kind');
    if ('droid' in file) formats = file;
    else containers = file;
  }
  const [formatPart, containerPart] = [formats ?? present, containers ?? present];
  if (!formatPart) throw malformed('no signature file of formats');
  if (!containerPart) throw malformed('no signature file of containers');
  return compiled(formatPart, containerPart);
}

/** The text in which compiled data are kept: JSON, a row per line, so that two releases can be compared. */
export function signatureDataText(data: SignatureData): string {
  const rows = (list: readonly unknown[]) => `[\n${list.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
  const members = Object.entries(data).map(
    ([name, value]) => `${JSON.stringify(name)}:${Array.isArray(value) ? rows(value) : JSON.stringify(value)}`,
  );
  return `{\n${members.join(',\n')}\n}\n`;
}

/** What the index of signatures is made of is worked out here once. */
function compiled(formats: FormatSignatureFile, containers: ContainerSignatureFile): SignatureData {
  return {
    droid: formats.droid,
    container: containers.container,
    formats: formats.formats,
    signatures: formats.signatures.map((signature): ByteSignature => {
      const { puids, start, end } = signature;
      const literal = decisiveLiteral(prepareSequences(signature));
      return { puids, ...(start ? { start } : {}), ...(end ? { end } : {}), ...(literal ? { literal } : {}) };
    }),
    containers: containers.containers,
    triggers: containers.triggers,
  };
}

function decisiveLiteral(parts: SignatureParts): DecisiveLiteral | undefined {
  const fixed = fixedPlace(parts);
  if (fixed) {
    const { bound, distance, literal } = fixed;
    return { bytes: literal.toString('hex').toUpperCase(), at: { bound, distance } };
  }
  const literal = longestLiteral(parts);
  return literal && { bytes: literal.toString('hex').toUpperCase() };
}

/** The longest literal of two bytes and more whose place in the file is certain. */
function fixedPlace(parts: SignatureParts): { bound: 'start' | 'end'; distance: number; literal: Buffer } | undefined {
  let best: { bound: 'start' | 'end'; distance: number; literal: Buffer } | undefined;
  for (const [first] of parts.start) {
    if (!first?.anchor || first.before.min !== first.before.max) continue;
    const { distance, bytes } = first.anchor;
    if (distance.min !== distance.max || bytes.length <= (best?.literal.length ?? 1)) continue;
    best = { bound: 'start', distance: first.before.min + distance.min, literal: bytes };
  }
  for (const sequence of parts.end) {
    const last = sequence.at(-1);
    if (!last?.anchor || last.behind.min !== last.behind.max || last.length.min !== last.length.max) continue;
    const { distance, bytes } = last.anchor;
    if (distance.min !== distance.max || bytes.length <= (best?.literal.length ?? 1)) continue;
    best = { bound: 'end', distance: last.behind.min + last.length.min - distance.min, literal: bytes };
  }
  return best;
}

/**
 * The longest literal of the parts that are bound to an end of the file; of what may stand anywhere only where nothing is
 * bound, since that may lie deeper in a large file than was read.
 */
function longestLiteral({ start, end }: SignatureParts): Buffer | undefined {
  const bound = [...start.map(([first]) => first), ...end.map((parts) => parts.at(-1))].filter(
    (part) => part !== undefined && (part.before.max !== endless || part.behind.max !== endless),
  );
  return longestOf(bound) ?? longestOf([...start, ...end].flat());
}

const endless = Number.POSITIVE_INFINITY;

function longestOf(parts: readonly (SequencePart | undefined)[]): Buffer | undefined {
  let longest: Buffer | undefined;
  for (const part of parts) {
    const bytes = part?.anchor?.bytes;
    if (bytes && bytes.length >= 2 && bytes.length > (longest?.length ?? 0)) longest = bytes;
  }
  return longest;
}

function malformed(detail: string): FormatError {
  return new FormatError('PRONOM', detail);
}
