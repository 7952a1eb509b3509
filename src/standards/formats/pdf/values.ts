import { FormatError } from '../../../base/index.ts';

/** A PDF object (ISO 32000-1 7.3). Offsets are those of the file, for objects that stand in it directly. */
export type PdfValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly value: string }
  | {
      readonly kind: 'string';
      readonly bytes: Uint8Array;
      readonly hex: boolean;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'dictionary'; readonly entries: PdfEntries }
  | { readonly kind: 'reference'; readonly number: number; readonly generation: number }
  | {
      readonly kind: 'stream';
      readonly entries: PdfEntries;
      readonly dataOffset: number;
      readonly number: number;
      readonly generation: number;
    };

/** The entries of a dictionary, by name without the slash. */
export type PdfEntries = ReadonlyMap<string, PdfValue>;

export const pdfNull: PdfValue = { kind: 'null' };

/** The entries of a dictionary or stream; none for other values. */
export function entriesOf(value: PdfValue | undefined): PdfEntries {
  return value?.kind === 'dictionary' || value?.kind === 'stream' ? value.entries : new Map();
}

/** The items of an array; none for other values. */
export function itemsOf(value: PdfValue | undefined): readonly PdfValue[] {
  return value?.kind === 'array' ? value.items : [];
}

/** A whole number, or undefined. */
export function integerValue(value: PdfValue | undefined): number | undefined {
  return value?.kind === 'number' && Number.isSafeInteger(value.value) ? value.value : undefined;
}

/** The text of a name, or undefined. */
export function nameValue(value: PdfValue | undefined): string | undefined {
  return value?.kind === 'name' ? value.value : undefined;
}

/** A text string (7.9.2.2): UTF-16 or UTF-8 with a mark, else taken as Latin-1. */
export function textValue(value: PdfValue | undefined): string | undefined {
  if (value?.kind !== 'string') return undefined;
  const bytes = Buffer.from(value.bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const units = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return Buffer.from(units).swap16().toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  return bytes.toString('latin1');
}

const dateForm = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+\-Z])(?:(\d{2})'?(?:(\d{2})'?)?)?)?/;

/** A date (7.9.4), or undefined. */
export function dateValue(value: PdfValue | undefined): Date | undefined {
  const match = dateForm.exec(textValue(value) ?? '');
  if (!match) return undefined;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    sign,
    hours = '0',
    minutes = '0',
  ] = match;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(sign === '+' ? time - offset : sign === '-' ? time + offset : time);
}

/** The error of this format. */
export function malformedPdf(detail: string, offset?: number): FormatError {
  return new FormatError('PDF', detail, offset === undefined ? {} : { offset });
}
