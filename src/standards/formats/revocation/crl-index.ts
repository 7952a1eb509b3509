import { type Asn1Element, childAt, skimChildren } from '../asn1/index.ts';

/** Below this a walk costs nothing. */
const large = 32 << 10;
/** Where entries of large lists stand, by their serial numbers: an open-addressed table of starts, each plus one. */
const tables = new WeakMap<Asn1Element, Uint32Array>();

/**
 * The entries of a list with this serial number, in the order of the list. A large list is walked once, however many
 * certificates are looked for in it.
 * @param serial contents of the INTEGER
 * @throws FormatError
 */
export function entriesWithSerial(entries: Asn1Element, serial: Uint8Array): Asn1Element[] {
  const found: Asn1Element[] = [];
  if (entries.content.length < large) {
    skimChildren(entries, (start, contentStart, end) => {
      if (holdsSerial(entries.content, contentStart, serial)) found.push(childAt(entries, start, end));
      return false;
    });
    return found;
  }
  const table = tables.get(entries) ?? tableOf(entries);
  tables.set(entries, table);
  for (let slot = slotOf(serial, 0, serial.length, table); table[slot]; slot = (slot + 1) & (table.length - 1)) {
    const start = (table[slot] ?? 0) - 1;
    // what stands at a start in the table was skimmed before: the first element is the entry
    skimChildren({ ...entries, content: entries.content.subarray(start) }, (_, contentStart, end) => {
      if (holdsSerial(entries.content, start + contentStart, serial)) found.push(childAt(entries, start, start + end));
      return true;
    });
  }
  return found;
}

function tableOf(entries: Asn1Element): Uint32Array {
  const { content } = entries;
  const starts: [start: number, contentStart: number][] = [];
  skimChildren(entries, (start, contentStart) => {
    if (content[contentStart] === 2) starts.push([start, contentStart]);
    return false;
  });
  const table = new Uint32Array(2 ** Math.ceil(Math.log2(2 * starts.length + 2)));
  for (const [start, contentStart] of starts) {
    const length = content[contentStart + 1] ?? 0;
    let slot = slotOf(content, contentStart + 2, length, table);
    while (table[slot]) slot = (slot + 1) & (table.length - 1);
    table[slot] = start + 1;
  }
  return table;
}

/** FNV-1a. */
function slotOf(bytes: Uint8Array, from: number, length: number, { length: slots }: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + length && at < bytes.length; at++)
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) & (slots - 1);
}

/** An entry's contents start with the INTEGER of the serial: compared in place, since most entries are not ours. */
export function holdsSerial(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  if (bytes[at] !== 2 || bytes[at + 1] !== wanted.length) return false;
  for (let index = 0; index < wanted.length; index++) if (bytes[at + 2 + index] !== wanted[index]) return false;
  return true;
}
