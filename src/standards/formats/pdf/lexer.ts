import { malformedPdf, type PdfValue, pdfNull } from './values.ts';

/** Bytes of the file from `base` on, and where the reading stands. */
export interface Cursor {
  readonly bytes: Uint8Array;
  /** Offset in the file of the first byte. */
  readonly base: number;
  /** Whether the file ends where the bytes end. */
  readonly complete: boolean;
  at: number;
}

/** Thrown when the window ends inside an object: the caller reads more and starts again. */
export class WindowTooSmall extends Error {}

const deepest = 64;
const mostItems = 500_000;

const isWhite = table('\0\t\n\f\r ');
const isDelimiter = table('()<>[]{}/%');

function table(characters: string): readonly boolean[] {
  const marks = new Array<boolean>(256).fill(false);
  for (const character of characters) marks[character.charCodeAt(0)] = true;
  return marks;
}

function peek(cursor: Cursor): number | undefined {
  const octet = cursor.bytes[cursor.at];
  if (octet === undefined && !cursor.complete) throw new WindowTooSmall();
  return octet;
}

/** Passes white space and comments. */
export function skipWhite(cursor: Cursor): void {
  for (let octet = peek(cursor); octet !== undefined; octet = peek(cursor)) {
    if (octet === 0x25) {
      while (octet !== undefined && octet !== 0x0a && octet !== 0x0d) {
        cursor.at++;
        octet = peek(cursor);
      }
    } else if (!isWhite[octet]) return;
    else cursor.at++;
  }
}

/** The word up to the next white space or delimiter. */
export function readWord(cursor: Cursor): string {
  const start = cursor.at;
  for (let octet = peek(cursor); octet !== undefined && !isWhite[octet] && !isDelimiter[octet]; octet = peek(cursor)) {
    cursor.at++;
    if (cursor.at - start > 256) throw malformedPdf('a word too long', cursor.base + start);
  }
  return Buffer.from(cursor.bytes.subarray(start, cursor.at)).toString('latin1');
}

/** Reads the next object; a dictionary followed by `stream` becomes a stream. */
export function readValue(cursor: Cursor, depth = 0): PdfValue {
  if (depth > deepest) throw malformedPdf('nested too deeply', cursor.base + cursor.at);
  skipWhite(cursor);
  const octet = peek(cursor);
  switch (octet) {
    case undefined:
      throw malformedPdf('the file ends where an object was expected', cursor.base + cursor.at);
    case 0x2f:
      return readName(cursor);
    case 0x28:
      return readLiteralString(cursor);
    case 0x5b:
      return readArray(cursor, depth);
    case 0x3c:
      return cursor.bytes[cursor.at + 1] === 0x3c ? readDictionary(cursor, depth) : readHexString(cursor);
    default:
      return readKeywordOrNumber(cursor);
  }
}

function readName(cursor: Cursor): PdfValue {
  cursor.at++;
  const word = readWord(cursor);
  const value = word.replace(/#([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { kind: 'name', value };
}

const escapes: Readonly<Record<number, number>> = { 110: 0x0a, 114: 0x0d, 116: 0x09, 98: 0x08, 102: 0x0c };

function readLiteralString(cursor: Cursor): PdfValue {
  const start = cursor.base + cursor.at;
  const bytes: number[] = [];
  let open = 0;
  do {
    const octet = peek(cursor);
    if (octet === undefined) throw malformedPdf('a string without end', start);
    cursor.at++;
    if (octet === 0x5c) readEscape(cursor, bytes);
    else {
      if (octet === 0x28 && ++open === 1) continue;
      if (octet === 0x29 && --open === 0) break;
      bytes.push(octet);
    }
  } while (open > 0);
  return { kind: 'string', bytes: Uint8Array.from(bytes), hex: false, start, end: cursor.base + cursor.at };
}

function readEscape(cursor: Cursor, bytes: number[]): void {
  const octet = peek(cursor) ?? 0x5c;
  cursor.at++;
  if (octet === 0x0d) {
    if (peek(cursor) === 0x0a) cursor.at++;
  } else if (octet >= 0x30 && octet <= 0x37) {
    let value = octet - 0x30;
    for (let digits = 1; digits < 3; digits++) {
      const next = peek(cursor);
      if (next === undefined || next < 0x30 || next > 0x37) break;
      value = value * 8 + next - 0x30;
      cursor.at++;
    }
    bytes.push(value & 0xff);
  } else if (octet !== 0x0a) bytes.push(escapes[octet] ?? octet);
}

function readHexString(cursor: Cursor): PdfValue {
  const start = cursor.at;
  const end = cursor.bytes.indexOf(0x3e, start);
  if (end < 0) {
    if (!cursor.complete) throw new WindowTooSmall();
    throw malformedPdf('a string without end', cursor.base + start);
  }
  let digits = Buffer.from(cursor.bytes.subarray(start + 1, end)).toString('latin1');
  if (!/^[0-9a-fA-F]*$/.test(digits)) {
    digits = digits.replace(/[\0\t\n\f\r ]/g, '');
    if (!/^[0-9a-fA-F]*$/.test(digits))
      throw malformedPdf('a hexadecimal string of something else', cursor.base + start);
  }
  cursor.at = end + 1;
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  return { kind: 'string', bytes, hex: true, start: cursor.base + start, end: cursor.base + end + 1 };
}

function readArray(cursor: Cursor, depth: number): PdfValue {
  cursor.at++;
  const items: PdfValue[] = [];
  for (;;) {
    skipWhite(cursor);
    if (peek(cursor) === 0x5d) break;
    items.push(readValue(cursor, depth + 1));
    if (items.length > mostItems) throw malformedPdf('too many items', cursor.base + cursor.at);
  }
  cursor.at++;
  return { kind: 'array', items };
}

function readDictionary(cursor: Cursor, depth: number): PdfValue {
  cursor.at += 2;
  const entries = new Map<string, PdfValue>();
  for (;;) {
    skipWhite(cursor);
    if (peek(cursor) === 0x3e) break;
    const key = readValue(cursor, depth + 1);
    if (key.kind !== 'name') throw malformedPdf('a dictionary key that is no name', cursor.base + cursor.at);
    const value = readValue(cursor, depth + 1);
    if (!entries.has(key.value)) entries.set(key.value, value);
    if (entries.size > mostItems) throw malformedPdf('too many entries', cursor.base + cursor.at);
  }
  cursor.at++;
  if (peek(cursor) !== 0x3e) throw malformedPdf('a dictionary without end', cursor.base + cursor.at);
  cursor.at++;
  return { kind: 'dictionary', entries };
}

const keywords: Readonly<Record<string, PdfValue>> = {
  true: { kind: 'boolean', value: true },
  false: { kind: 'boolean', value: false },
  null: pdfNull,
};

function readKeywordOrNumber(cursor: Cursor): PdfValue {
  const start = cursor.at;
  const word = readWord(cursor);
  const keyword = keywords[word];
  if (keyword) return keyword;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word))
    throw malformedPdf(`“${word}” where an object was expected`, cursor.base + start);
  const value = Number(word);
  return readReference(cursor, value) ?? { kind: 'number', value };
}

/** `number generation R`; when what follows is something else, the cursor goes back. */
function readReference(cursor: Cursor, number: number): PdfValue | undefined {
  if (!Number.isSafeInteger(number) || number < 0) return undefined;
  const back = cursor.at;
  skipWhite(cursor);
  const generation = readWord(cursor);
  if (/^\d{1,5}$/.test(generation)) {
    skipWhite(cursor);
    if (peek(cursor) === 0x52) {
      cursor.at++;
      const next = peek(cursor);
      if (next === undefined || isWhite[next] || isDelimiter[next])
        return { kind: 'reference', number, generation: Number(generation) };
    }
  }
  cursor.at = back;
  return undefined;
}

/** Reads `number generation obj` and the object, at the start of the window. */
export function readIndirectObject(cursor: Cursor): { number: number; generation: number; value: PdfValue } {
  const start = cursor.base + cursor.at;
  skipWhite(cursor);
  const number = readWord(cursor);
  skipWhite(cursor);
  const generation = readWord(cursor);
  skipWhite(cursor);
  const keyword = readWord(cursor);
  if (keyword !== 'obj' || !/^\d+$/.test(number) || !/^\d+$/.test(generation))
    throw malformedPdf('an indirect object was expected', start);
  const value = readValue(cursor);
  if (value.kind !== 'dictionary') return { number: Number(number), generation: Number(generation), value };
  skipWhite(cursor);
  const after = readWord(cursor);
  if (after !== 'stream') return { number: Number(number), generation: Number(generation), value };
  if (peek(cursor) === 0x0d) cursor.at++;
  if (peek(cursor) === 0x0a) cursor.at++;
  const id = { number: Number(number), generation: Number(generation) };
  return { ...id, value: { kind: 'stream', entries: value.entries, dataOffset: cursor.base + cursor.at, ...id } };
}
