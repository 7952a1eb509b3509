import type { PdfDocument } from './document.ts';
import {
  dateValue,
  entriesOf,
  integerValue,
  itemsOf,
  malformedPdf,
  nameValue,
  type PdfEntries,
  type PdfValue,
  textValue,
} from './values.ts';

/** A signature dictionary (ISO 32000-1 12.8.1) and the fields that lead to it. */
export interface PdfSignature {
  readonly fieldNames: readonly string[];
  readonly filter?: string;
  readonly subFilter?: string;
  readonly type?: string;
  readonly byteRange: readonly number[];
  /** The value as it stands, padding included. */
  readonly contents?: Uint8Array;
  /** Where the value stands, delimiters included; absent in an object stream. */
  readonly contentsStart?: number;
  readonly contentsEnd?: number;
  /** M, the claimed signing time. */
  readonly claimedSigningTime?: Date;
  readonly entries: PdfEntries;
  /** P of a certification signature's DocMDP: 1 no changes, 2 forms, 3 forms and annotations. */
  readonly docMdp?: number;
}

const mostFields = 20_000;
const deepest = 32;

/**
 * The signatures that the document's form reaches, in the order of their place in the file.
 * @throws FormatError
 */
export async function readSignatureFields(document: PdfDocument): Promise<PdfSignature[]> {
  const root = entriesOf(await document.resolve(document.trailer.get('Root')));
  const form = entriesOf(await document.resolve(root.get('AcroForm')));
  const found = new Map<string, { value: PdfValue; names: string[] }>();
  const seen = new Set<string>();
  let fields = 0;
  const visit = async (value: PdfValue, prefix: string, inheritedType: string | undefined, depth: number) => {
    if (depth > deepest || ++fields > mostFields) throw malformedPdf('too many fields');
    if (value.kind === 'reference') {
      if (seen.has(`${value.number}`)) return;
      seen.add(`${value.number}`);
    }
    const field = entriesOf(await document.resolve(value));
    const partial = textValue(await document.resolve(field.get('T')));
    const name = [prefix, partial].filter((part) => part).join('.');
    const type = nameValue(await document.resolve(field.get('FT'))) ?? inheritedType;
    const signature = field.get('V');
    if (type === 'Sig' && signature) {
      const key = signature.kind === 'reference' ? `${signature.number}` : `direct ${found.size}`;
      const before = found.get(key);
      if (before) before.names.push(name);
      else found.set(key, { value: signature, names: [name] });
    }
    for (const kid of itemsOf(await document.resolve(field.get('Kids')))) await visit(kid, name, type, depth + 1);
  };
  for (const field of itemsOf(await document.resolve(form.get('Fields')))) await visit(field, '', undefined, 0);
  const signatures: PdfSignature[] = [];
  for (const { value, names } of found.values()) {
    const entries = entriesOf(await document.resolve(value));
    if (entries.has('Contents') || entries.has('ByteRange'))
      signatures.push(await readSignature(document, entries, names));
  }
  return signatures.sort((one, other) => endOf(one) - endOf(other));
}

function endOf({ byteRange }: PdfSignature): number {
  return (byteRange[2] ?? 0) + (byteRange[3] ?? 0);
}

async function readSignature(
  document: PdfDocument,
  entries: PdfEntries,
  fieldNames: readonly string[],
): Promise<PdfSignature> {
  const value = async (key: string) => document.resolve(entries.get(key));
  const [filter, subFilter, type] = [
    nameValue(await value('Filter')),
    nameValue(await value('SubFilter')),
    nameValue(await value('Type')),
  ];
  const contents = await value('Contents');
  const range = await Promise.all(itemsOf(await value('ByteRange')).map((item) => document.resolve(item)));
  const claimed = dateValue(await value('M'));
  const docMdp = await readDocMdp(document, entries);
  return {
    fieldNames,
    ...(filter ? { filter } : {}),
    ...(subFilter ? { subFilter } : {}),
    ...(type ? { type } : {}),
    byteRange: range.map((item) => integerValue(item) ?? Number.NaN),
    ...(contents.kind === 'string' ? { contents: contents.bytes } : {}),
    ...(contents.kind === 'string' && Number.isSafeInteger(contents.start)
      ? { contentsStart: contents.start, contentsEnd: contents.end }
      : {}),
    ...(claimed ? { claimedSigningTime: claimed } : {}),
    entries,
    ...(docMdp === undefined ? {} : { docMdp }),
  };
}

async function readDocMdp(document: PdfDocument, entries: PdfEntries): Promise<number | undefined> {
  for (const item of itemsOf(await document.resolve(entries.get('Reference')))) {
    const reference = entriesOf(await document.resolve(item));
    if (nameValue(await document.resolve(reference.get('TransformMethod'))) !== 'DocMDP') continue;
    const parameters = entriesOf(await document.resolve(reference.get('TransformParams')));
    return integerValue(await document.resolve(parameters.get('P'))) ?? 2;
  }
  return undefined;
}

/** How many pages the document says that it has. */
export async function readPageCount(document: PdfDocument): Promise<number | undefined> {
  const root = entriesOf(await document.resolve(document.trailer.get('Root')));
  const pages = entriesOf(await document.resolve(root.get('Pages')));
  return integerValue(await document.resolve(pages.get('Count')));
}
