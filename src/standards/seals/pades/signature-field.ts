import { FormatError } from '../../../base/index.ts';
import type { PdfDocument, PdfEntries, PdfValue } from '../../formats/pdf/index.ts';
import type { UpdatedObject } from './incremental-update.ts';
import {
  list,
  reference,
  textString,
  verbatim,
  type WrittenEntries,
  written,
  writtenDictionary,
} from './pdf-writing.ts';

/** The numbers of the objects that a signature adds. */
export interface SignatureObjects {
  readonly signature: number;
  readonly field: number;
}

/** A reference to an object. */
export type Reference = Extract<PdfValue, { kind: 'reference' }>;

const deepestPage = 64;

/**
 * The objects that change and the field that is added when a document gets a signature: the field with its invisible
 * widget, the first page that shows it, the form that lists it (ISO 32000-2 12.7.5.5). What is already there is written
 * again as it was, with the one entry more.
 * @throws FormatError
 */
export async function signatureField(
  pdf: PdfDocument,
  { signature, field }: SignatureObjects,
  name: string,
): Promise<UpdatedObject[]> {
  const page = await firstPage(pdf);
  const entries = dictionaryOf(await pdf.resolve(page), 'a page');
  return [
    { number: field, generation: 0, text: writtenDictionary(fieldWidget(name, signature, page)) },
    await withItem(pdf, page, entries, 'Annots', field),
    ...(await withField(pdf, field)),
  ];
}

/** Flags: Print and Locked, as PDF/A wants of every widget and nobody should move this one. */
function fieldWidget(name: string, signature: number, page: Reference): WrittenEntries {
  return new Map([
    ['Type', verbatim('/Annot')],
    ['Subtype', verbatim('/Widget')],
    ['FT', verbatim('/Sig')],
    ['T', textString(name)],
    ['V', reference(signature)],
    ['P', page],
    ['F', verbatim(132)],
    ['Rect', list([0, 0, 0, 0].map(verbatim))],
  ]);
}

/** The first leaf of the page tree (ISO 32000-2 7.7.3). */
export async function firstPage(pdf: PdfDocument): Promise<Reference> {
  let node = dictionaryOf(await pdf.resolve(pdf.trailer.get('Root')), 'the catalog').get('Pages');
  for (let depth = 0; depth < deepestPage; depth += 1) {
    if (node?.kind !== 'reference') throw new FormatError('PDF', 'the page tree is broken');
    const kids = await pdf.resolve(dictionaryOf(await pdf.resolve(node), 'a page').get('Kids'));
    if (kids.kind !== 'array') return node;
    node = kids.items[0];
  }
  throw new FormatError('PDF', 'the page tree is too deep');
}

/** The form with one field more: an object of its own, or an entry of the catalog. */
async function withField(pdf: PdfDocument, field: number): Promise<UpdatedObject[]> {
  const root = pdf.trailer.get('Root');
  if (root?.kind !== 'reference') throw new FormatError('PDF', 'the trailer names no catalog');
  const catalog = dictionaryOf(await pdf.resolve(root), 'the catalog');
  const form = catalog.get('AcroForm');
  if (form?.kind === 'reference') {
    const entries = withSignatureFlags(dictionaryOf(await pdf.resolve(form), 'the form'));
    const update = await withItem(pdf, form, entries, 'Fields', field);
    return update.number === form.number ? [update] : [update, updated(form, entries)];
  }
  const entries = withSignatureFlags(form ? dictionaryOf(form, 'the form') : new Map());
  const longer = new Map([
    ...entries,
    ['Fields', list([...(await itemsOf(pdf, entries, 'Fields')), reference(field)])],
  ]);
  return [updated(root, new Map([...catalog, ['AcroForm', verbatim(writtenDictionary(longer))]]))];
}

/** SignaturesExist and AppendOnly (ISO 32000-2 table 225). */
function withSignatureFlags(form: PdfEntries): PdfEntries {
  return new Map([...form, ['SigFlags', { kind: 'number', value: 3 }]]);
}

/** `owner` with a reference more in its array `key`; when the array is an object of its own, that one instead. */
async function withItem(
  pdf: PdfDocument,
  owner: Reference,
  entries: PdfEntries,
  key: string,
  item: number,
): Promise<UpdatedObject> {
  const longer = list([...(await itemsOf(pdf, entries, key)), reference(item)]);
  const listed = entries.get(key);
  if (listed?.kind === 'reference' && (await pdf.resolve(listed)).kind === 'array')
    return { number: listed.number, generation: listed.generation, text: written(longer) };
  return updated(owner, new Map([...entries, [key, longer]]));
}

async function itemsOf(pdf: PdfDocument, entries: PdfEntries, key: string): Promise<readonly PdfValue[]> {
  const listed = await pdf.resolve(entries.get(key));
  return listed.kind === 'array' ? listed.items : [];
}

function updated({ number, generation }: Reference, entries: WrittenEntries): UpdatedObject {
  return { number, generation, text: writtenDictionary(entries) };
}

/** The dictionary that a value must be. */
export function dictionaryOf(value: PdfValue, what: string): PdfEntries {
  if (value.kind !== 'dictionary') throw new FormatError('PDF', `${what} is no dictionary`);
  return value.entries;
}
