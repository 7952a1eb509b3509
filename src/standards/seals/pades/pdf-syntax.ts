import { FormatError } from '../../../base/index.ts';

/**
 * A PDF object (ISO 32000-2 7.3) as far as an update needs to look into it: numbers, names, strings and keywords stay
 * the text they were written as (one character an octet), so that an object that is written again says the same.
 */
export type PdfValue =
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'reference'; readonly number: number; readonly generation: number }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'dictionary'; readonly entries: PdfDictionary };

export type PdfDictionary = ReadonlyMap<string, PdfValue>;

export const token = (text: string | number): PdfValue => ({ kind: 'token', text: String(text) });
export const reference = (number: number, generation = 0): PdfValue => ({ kind: 'reference', number, generation });
export const array = (items: readonly PdfValue[]): PdfValue => ({ kind: 'array', items });
export const dictionary = (entries: Readonly<Record<string, PdfValue>>): PdfValue => ({
  kind: 'dictionary',
  entries: new Map(Object.entries(entries)),
});

/** Thrown when the window ends inside an object: the caller reads a larger one. */
export class WindowTooSmall extends Error {}

const deepest = 64;
const whitespace = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const delimiters = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)));

/** Reads objects one after the other from a window of a file. */
export class PdfParser {
  readonly #bytes: Buffer;
  /** Where the next token is looked for. */
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  /** The next object. A dictionary that a stream follows is given without it. */
  value(depth = 0): PdfValue {
    if (depth > deepest) throw new FormatError('PDF', 'objects are nested too deeply');
    const text = this.token();
    if (text === '<<') return { kind: 'dictionary', entries: this.#entries(depth) };
    if (text === '[') return { kind: 'array', items: this.#items(depth) };
    if (!/^\d{1,10}$/.test(text)) return token(text);
    return this.#referenceAfter(text) ?? token(text);
  }

  /** The next token: a delimiter of `<< >> [ ]`, or a whole name, string, number or keyword. */
  token(): string {
    this.#skipSpace();
    const start = this.position;
    const first = this.#octet();
    const pair = this.#bytes.toString('latin1', start, start + 2);
    if (pair === '<<' || pair === '>>') this.position += 2;
    else if (first === 0x28) this.#skipString();
    else if (first === 0x3c) this.#skipPast(0x3e);
    else if (first === 0x5b || first === 0x5d || first === 0x7b || first === 0x7d) this.position += 1;
    else this.#skipRegular();
    return this.#bytes.toString('latin1', start, this.position);
  }

  /** The next token must be this one. */
  expect(text: string): void {
    const found = this.token();
    if (found !== text) throw new FormatError('PDF', `“${text}” was expected`, { offset: this.position });
  }

  /** The next token as a whole number. */
  integer(): number {
    const text = this.token();
    if (!/^\d{1,15}$/.test(text)) throw new FormatError('PDF', 'a number was expected', { offset: this.position });
    return Number(text);
  }

  /** CR LF or LF after the keyword `stream` (ISO 32000-2 7.3.8.1); some writers leave a lone CR. */
  skipLineEnd(): void {
    if (this.#octet() === 0x0d) this.position += 1;
    if (this.#octet() === 0x0a) this.position += 1;
  }

  #entries(depth: number): PdfDictionary {
    const entries = new Map<string, PdfValue>();
    for (let key = this.token(); key !== '>>'; key = this.token()) {
      if (!key.startsWith('/')) throw new FormatError('PDF', 'a name was expected as a key', { offset: this.position });
      entries.set(key.slice(1), this.value(depth + 1));
    }
    return entries;
  }

  #items(depth: number): PdfValue[] {
    const items: PdfValue[] = [];
    for (;;) {
      const start = this.position;
      if (this.token() === ']') return items;
      this.position = start;
      items.push(this.value(depth + 1));
    }
  }

  /** `12 0 R`, of which the first number was read. */
  #referenceAfter(number: string): PdfValue | undefined {
    const start = this.position;
    const generation = this.token();
    if (/^\d{1,5}$/.test(generation) && this.token() === 'R') return reference(Number(number), Number(generation));
    this.position = start;
    return undefined;
  }

  #skipSpace(): void {
    for (;;) {
      const octet = this.#octet();
      if (octet === 0x25) this.#skipComment();
      else if (whitespace.has(octet)) this.position += 1;
      else return;
    }
  }

  #skipComment(): void {
    for (let octet = this.#octet(); octet !== 0x0a && octet !== 0x0d; octet = this.#octet()) this.position += 1;
  }

  #skipString(): void {
    let open = 0;
    do {
      const octet = this.#octet();
      this.position += octet === 0x5c ? 2 : 1;
      if (octet === 0x28) open += 1;
      if (octet === 0x29) open -= 1;
    } while (open > 0);
  }

  #skipPast(end: number): void {
    while (this.#octet() !== end) this.position += 1;
    this.position += 1;
  }

  #skipRegular(): void {
    this.position += 1; // a name's solidus, or whatever starts the token
    for (let octet = this.#octet(); !whitespace.has(octet) && !delimiters.has(octet); octet = this.#octet())
      this.position += 1;
  }

  #octet(): number {
    const octet = this.#bytes[this.position];
    if (octet === undefined) throw new WindowTooSmall();
    return octet;
  }
}

/** The text of an object, to be written one octet a character. */
export function written(value: PdfValue): string {
  switch (value.kind) {
    case 'token':
      return value.text;
    case 'reference':
      return `${value.number} ${value.generation} R`;
    case 'array':
      return `[${value.items.map(written).join(' ')}]`;
    case 'dictionary':
      return `<<${[...value.entries].map(([key, entry]) => `/${key} ${written(entry)}`).join(' ')}>>`;
  }
}

/** A text string (ISO 32000-2 7.9.2.2) in hexadecimal, UTF-16BE. */
export function textString(text: string): PdfValue {
  const octets = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return token(`<${octets.toString('hex').toUpperCase()}>`);
}

/** A whole number of a dictionary, or nothing. */
export function integerIn(entries: PdfDictionary, key: string): number | undefined {
  const value = entries.get(key);
  return value?.kind === 'token' && /^\d{1,15}$/.test(value.text) ? Number(value.text) : undefined;
}

/** The whole numbers of an array in a dictionary, or nothing. */
export function integersIn(entries: PdfDictionary, key: string): number[] | undefined {
  const value = entries.get(key);
  if (value?.kind !== 'array') return undefined;
  return value.items.map((item) => (item.kind === 'token' ? Number(item.text) : Number.NaN));
}

/** The names of a dictionary's entry that is a name or an array of names. */
export function namesIn(entries: PdfDictionary, key: string): string[] {
  const value = entries.get(key);
  const items = value?.kind === 'array' ? value.items : value ? [value] : [];
  return items.map((item) => (item.kind === 'token' ? item.text : ''));
}
