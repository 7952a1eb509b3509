import { ArchiveError, FormatError, utcSeconds } from '../../base/index.ts';
import { findEntryHash, type JournalHead, readHead, readSetting, writeSetting } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

/**
 * Somebody outside who is told of the journal's head: a folder, bucket or address that the archive may only write to, with
 * credentials of its own. Who rolls all locations back at once does not reach it.
 */
export interface Witness {
  readonly name: string;
  /** Adds a line to what the witness holds. */
  tell(line: string): Promise<void>;
}

/** A line that a witness holds. */
export interface WitnessedHead extends JournalHead {
  readonly time: string;
  readonly institution: string;
}

/**
 * Tells every witness the journal's head, if it is another one than the last that it was told.
 * @returns the names of the witnesses that were told
 */
export async function tellWitnesses(holdings: Holdings, witnesses: readonly Witness[]): Promise<string[]> {
  const { catalog, clock, institution } = holdings;
  const head = await readHead(catalog);
  if (head.sequence === 0) return [];
  const told: string[] = [];
  for (const witness of witnesses) {
    const setting = `witness ${witness.name}`;
    if ((await readSetting(catalog, setting)) === head.hash) continue;
    const line: WitnessedHead = { time: utcSeconds(clock()), institution: institution.id, ...head };
    await witness.tell(`${JSON.stringify(line)}\n`);
    await writeSetting(catalog, setting, head.hash);
    told.push(witness.name);
  }
  return told;
}

/**
 * Compares the journal with heads that left the machine.
 * @returns undefined where every one of them is in the journal, else what is wrong in a sentence
 */
export async function compareWithWitness(
  { catalog }: Holdings,
  heads: readonly JournalHead[],
): Promise<string | undefined> {
  const newest = await readHead(catalog);
  for (const { sequence, hash } of heads) {
    const found = await findEntryHash(catalog, sequence);
    if (found === hash) continue;
    return found === undefined
      ? `entry ${sequence}, which the witness knows, is gone: the journal ends with ${newest.sequence}; the archive was rolled back`
      : `entry ${sequence} is another one than the witness knows: the journal was rewritten`;
  }
  return undefined;
}

/**
 * Reads the heads in a file of a witness: its lines, or a receipt with the `head` that was printed on it.
 * @throws ArchiveError USAGE when there are none
 */
export function readWitnessFile(text: string): JournalHead[] {
  const heads = text.split('\n').flatMap((line) => headIn(line) ?? []);
  if (heads.length === 0)
    throw new ArchiveError('USAGE', 'The file of the witness holds no head of a journal. Name the right file.', {
      cause: new FormatError('witness', 'no line has a head'),
    });
  return heads;
}

function headIn(line: string): JournalHead | undefined {
  const [, printedSequence, printedHash] = /(?:^|[^0-9a-f])([0-9]+):([0-9a-f]{128})(?![0-9a-f])/.exec(line) ?? [];
  if (printedSequence && printedHash) return { sequence: Number(printedSequence), hash: printedHash };
  const [, sequence] = /"sequence":\s*([0-9]+)/.exec(line) ?? [];
  const [, hash] = /"hash":\s*"([0-9a-f]{128})"/.exec(line) ?? [];
  return sequence && hash ? { sequence: Number(sequence), hash } : undefined;
}
