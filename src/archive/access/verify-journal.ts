import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { FormatError } from '../../base/index.ts';
import { emptyHead, type JournalHead, parseJournal } from '../data-management/index.ts';
import type { ExportVerification } from './export-verification.ts';
import { failed, passed, resultOf, undecided } from './verification-check.ts';

const firstLine = /^\{"sequence":\d+,/;
const longestLine = 4 << 20;

/** What the lines of an exported journal come to. */
interface Chain {
  readonly head: JournalHead;
  readonly entries: number;
  readonly withheld: number;
  /** What is wrong, in a sentence; the chain is read no further. */
  readonly fault?: string;
  /** The hashes of the entries that were asked for. */
  readonly hashes: ReadonlyMap<number, string>;
}

/**
 * Verifies an exported journal with no archive at hand: every entry's hash, that each follows the one before from the first on,
 * and that heads which left the archive in time (printed on receipts, told to witnesses) are in it. Without such a head it
 * only agrees with itself.
 * @param witnessed heads that the reader got otherwise
 * @returns undefined when the file is no exported journal
 */
export async function verifyJournal(
  path: string,
  witnessed: readonly JournalHead[],
): Promise<ExportVerification | undefined> {
  const chain = await readChain(path, new Set(witnessed.map(({ sequence }) => sequence)));
  if (!chain) return undefined;
  const { head, entries, withheld, fault } = chain;
  const checks = [
    fault
      ? failed('journal-chain', fault)
      : passed('journal-chain', `${entries} entries follow one another; the last is ${head.sequence}:${head.hash}`),
    ...(withheld > 0
      ? [
          {
            ...undecided(
              'journal-withheld',
              `${withheld} entries of others are withheld: their content is not checked`,
            ),
            informative: true as const,
          },
        ]
      : []),
    ...witnessed.map((known) => witnessCheck(known, chain)),
    ...(witnessed.length === 0
      ? [undecided('trust', 'The journal agrees with itself. Give a head from a receipt or a witness with --witness.')]
      : []),
  ];
  return { result: resultOf(checks), trust: witnessed.length > 0 ? 'given' : 'embedded-only', checks };
}

function witnessCheck({ sequence, hash }: JournalHead, { hashes, head }: Chain) {
  const found = hashes.get(sequence);
  if (found === hash) return passed('journal-witness', `entry ${sequence} is the one that was witnessed`);
  return failed(
    'journal-witness',
    found
      ? `entry ${sequence} is another one than was witnessed: the journal was rewritten`
      : `entry ${sequence} was witnessed and is not there: the journal ends with ${head.sequence}`,
  );
}

async function readChain(path: string, wanted: ReadonlySet<number>): Promise<Chain | undefined> {
  const stream = createReadStream(path, { encoding: 'utf8' });
  const hashes = new Map<number, string>();
  let head: JournalHead = emptyHead;
  let [entries, withheld] = [0, 0];
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: 0 })) {
      if (entries === 0 && !firstLine.test(line)) return undefined;
      const link = linkOf(line, head);
      if (typeof link === 'string') return { head, entries, withheld, hashes, fault: link };
      head = { sequence: link.sequence, hash: link.hash };
      if (wanted.has(head.sequence)) hashes.set(head.sequence, head.hash);
      entries += 1;
      if (link.withheld) withheld += 1;
    }
  } catch (error) {
    if (['EISDIR', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined; // told of elsewhere
    throw error;
  } finally {
    stream.destroy();
  }
  return entries === 0 ? undefined : { head, entries, withheld, hashes };
}

/** The entry of a line, or what is wrong with it. */
function linkOf(line: string, head: JournalHead): (JournalHead & { readonly withheld?: true }) | string {
  if (line.length > longestLine) return `the line after entry ${head.sequence} is too long`;
  const gap = withheldLink(line);
  if (gap) {
    const follows = gap.sequence === head.sequence + 1 && gap.previous === head.hash;
    return follows ? { ...gap, withheld: true } : `entry ${gap.sequence} does not follow entry ${head.sequence}`;
  }
  try {
    const [entry] = parseJournal(`${line}\n`, head).entries;
    return entry ?? `there is an empty line after entry ${head.sequence}`;
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}

const withheldForm =
  /^\{"sequence":(\d{1,15}),"withheld":true,"previous":"([0-9a-f]{128})","hash":"([0-9a-f]{128})"\}$/;

function withheldLink(line: string) {
  const [, sequence, previous, hash] = withheldForm.exec(line) ?? [];
  return sequence && previous && hash ? { sequence: Number(sequence), previous, hash } : undefined;
}
