import type { PdfValue } from '../../formats/pdf/index.ts';

/** What an update writes: what was read, lists with an item more, and pieces whose exact text matters. */
export type WrittenValue =
  | PdfValue
  | { readonly kind: 'verbatim'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly WrittenValue[] };

export type WrittenEntries = ReadonlyMap<string, WrittenValue>;

export const verbatim = (text: string | number): WrittenValue => ({ kind: 'verbatim', text: String(text) });
export const reference = (number: number, generation = 0): WrittenValue => ({ kind: 'reference', number, generation });
export const list = (items: readonly WrittenValue[]): WrittenValue => ({ kind: 'list', items });

/** A text string (ISO 32000-2 7.9.2.2) in hexadecimal, UTF-16BE. */
export function textString(text: string): WrittenValue {
  return verbatim(hexString(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()));
}

const hexString = (octets: Uint8Array) => `<${Buffer.from(octets).toString('hex').toUpperCase()}>`;

/** A dictionary's text, one octet a character. */
export function writtenDictionary(entries: WrittenEntries): string {
  return `<<${[...entries].map(([key, value]) => `${writtenName(key)} ${written(value)}`).join(' ')}>>`;
}

/** The text of an object, one octet a character. Strings are written in hexadecimal, which says the same in any place. */
export function written(value: WrittenValue): string {
  switch (value.kind) {
    case 'verbatim':
      return value.text;
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'number':
      return writtenNumber(value.value);
    case 'name':
      return writtenName(value.value);
    case 'string':
      return hexString(value.bytes);
    case 'reference':
      return `${value.number} ${value.generation} R`;
    case 'array':
    case 'list':
      return `[${value.items.map(written).join(' ')}]`;
    case 'dictionary':
      return writtenDictionary(value.entries);
    case 'stream':
      throw new TypeError('a stream is never written again');
  }
}

/** PDF knows no exponents (ISO 32000-2 7.3.3). */
function writtenNumber(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(10).replace(/0+$/, '');
}

/** Octets outside the regular characters are written as `#xx` (ISO 32000-2 7.3.5). */
function writtenName(name: string): string {
  const escaped = name.replace(
    /[^!-~]|[#()<>[\]{}/%]/g,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
  return `/${escaped}`;
}
