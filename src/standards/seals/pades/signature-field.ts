import { FormatError } from '../../../base/index.ts';
import type { UpdatedObject } from './incremental-update.ts';
import { dictionaryOf, type PdfObjects } from './pdf-objects.ts';
import {
  array,
  dictionary,
  type PdfDictionary,
  type PdfValue,
  reference,
  textString,
  token,
  written,
} from './pdf-syntax.ts';

/** The numbers of the objects that a signature adds. */
export interface SignatureObjects {
  readonly signature: number;
  readonly field: number;
}

const deepestPage = 64;

/**
 * The objects that change and the field that is added when a document gets a signature: the field with its invisible
 * widget, the first page that shows it, the form that lists it (ISO 32000-2 12.7.5.5). What is already there is written
 * again as it was, with the one entry more.
 * @throws FormatError
 */
export async function signatureField(
  pdf: PdfObjects,
  { signature, field }: SignatureObjects,
  name: string,
): Promise<UpdatedObject[]> {
  const root = rootReference(pdf);
  const catalog = dictionaryOf(await pdf.object(root.number), 'the catalog');
  const page = await firstPage(pdf, catalog);
  return [
    { number: field, generation: 0, text: written(fieldWidget(name, signature, page)) },
    await withAnnotation(pdf, page, field),
    ...(await withField(pdf, root, catalog, field)),
  ];
}

/** A reference to an object. */
export type Reference = Extract<PdfValue, { kind: 'reference' }>;

/** The catalog's reference (ISO 32000-2 7.5.5). */
export function rootReference(pdf: PdfObjects): Reference {
  const root = pdf.references.trailer.get('Root');
  if (root?.kind !== 'reference') throw new FormatError('PDF', 'the trailer names no catalog');
  return root;
}

/** Flags: Print and Locked, as PDF/A wants of every widget and nobody should move this one. */
function fieldWidget(name: string, signature: number, page: Reference): PdfValue {
  return dictionary({
    Type: token('/Annot'),
    Subtype: token('/Widget'),
    FT: token('/Sig'),
    T: textString(name),
    V: reference(signature),
    P: page,
    F: token(132),
    Rect: array([0, 0, 0, 0].map(token)),
  });
}

/** The first leaf of the page tree (ISO 32000-2 7.7.3). */
export async function firstPage(pdf: PdfObjects, catalog: PdfDictionary): Promise<Reference> {
  let node = catalog.get('Pages');
  for (let depth = 0; depth < deepestPage; depth += 1) {
    if (node?.kind !== 'reference') throw new FormatError('PDF', 'the page tree is broken');
    const kids = await pdf.resolved(dictionaryOf(await pdf.object(node.number), 'a page').get('Kids'));
    if (kids === undefined) return node;
    node = kids.kind === 'array' ? kids.items[0] : undefined;
  }
  throw new FormatError('PDF', 'the page tree is too deep');
}

/** The page with one annotation more, or its list of annotations where that is an object of its own. */
async function withAnnotation(pdf: PdfObjects, page: Reference, field: number): Promise<UpdatedObject> {
  const entries = dictionaryOf(await pdf.object(page.number), 'a page');
  return withItem(pdf, page, entries, 'Annots', field);
}

async function withField(
  pdf: PdfObjects,
  root: Reference,
  catalog: PdfDictionary,
  field: number,
): Promise<UpdatedObject[]> {
  const form = catalog.get('AcroForm');
  if (form?.kind === 'reference') {
    const entries = withSignatureFlags(dictionaryOf(await pdf.object(form.number), 'the form'));
    const update = await withItem(pdf, form, entries, 'Fields', field);
    const needsFlags = update.number !== form.number;
    return needsFlags ? [update, updated(form, entries)] : [update];
  }
  const inCatalog = withSignatureFlags(form ? dictionaryOf(form, 'the form') : new Map());
  const fields = inCatalog.get('Fields');
  const listed = await pdf.resolved(fields);
  const items = listed?.kind === 'array' ? listed.items : [];
  const withOneMore = new Map([...inCatalog, ['Fields', array([...items, reference(field)])]]);
  return [updated(root, new Map([...catalog, ['AcroForm', { kind: 'dictionary', entries: withOneMore }]]))];
}

/** SignaturesExist and AppendOnly (ISO 32000-2 table 225). */
function withSignatureFlags(form: PdfDictionary): PdfDictionary {
  return new Map([...form, ['SigFlags', token(3)]]);
}

/** `owner` with a reference more in its array `key`; when the array is an object of its own, that one instead. */
async function withItem(
  pdf: PdfObjects,
  owner: Reference,
  entries: PdfDictionary,
  key: string,
  item: number,
): Promise<UpdatedObject> {
  const list = entries.get(key);
  const resolved = await pdf.resolved(list);
  const items = resolved?.kind === 'array' ? resolved.items : [];
  const longer = array([...items, reference(item)]);
  if (list?.kind === 'reference' && resolved?.kind === 'array')
    return { number: list.number, generation: list.generation, text: written(longer) };
  return updated(owner, new Map([...entries, [key, longer]]));
}

function updated({ number, generation }: Reference, entries: PdfDictionary): UpdatedObject {
  return { number, generation, text: written({ kind: 'dictionary', entries }) };
}
