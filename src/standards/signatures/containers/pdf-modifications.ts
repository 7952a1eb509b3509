import { FormatError } from '../../../base/index.ts';
import {
  type ChangedObject,
  changedObjects,
  differingKeys,
  entriesOf,
  itemsOf,
  nameValue,
  openPdf,
  type PdfDocument,
  type PdfValue,
  prefixReader,
  sameValue,
} from '../../formats/pdf/index.ts';
import type { ModificationCode, ModificationNote } from '../signed-document.ts';

const messages: Readonly<Record<ModificationCode, string>> = {
  LATER_REVISIONS: 'The file goes on after what was signed.',
  NOT_ANALYSED: 'What the later revisions change could not be analysed.',
  SIGNATURES_ADDED: 'Signatures were added later.',
  FORM_FILLED: 'Form fields were filled in or changed later.',
  ANNOTATIONS_CHANGED: 'Annotations were added or changed later.',
  PAGE_CONTENT_CHANGED: 'What pages show was changed later: look at the version that was signed.',
  OTHER_OBJECTS_CHANGED: 'Other parts of the document were changed later: look at the version that was signed.',
};

/** What a certification signature lets change, by its DocMDP (ISO 32000-1 12.8.2.2). */
const allowedBy: Readonly<Record<number, readonly ModificationCode[]>> = {
  1: ['LATER_REVISIONS'],
  2: ['LATER_REVISIONS', 'SIGNATURES_ADDED', 'FORM_FILLED'],
  3: ['LATER_REVISIONS', 'SIGNATURES_ADDED', 'FORM_FILLED', 'ANNOTATIONS_CHANGED'],
};

/**
 * What came into the file after `end`, where the signed revision ends: by the objects of that revision that are others
 * now. It is told beside the verdict, whatever the verdict is.
 * @param docMdp permissions of the signature, where it certifies the document
 */
export async function laterModifications(
  document: PdfDocument,
  end: number,
  docMdp: number | undefined,
): Promise<ModificationNote[]> {
  const bytes = document.reader.size - end;
  const codes = new Set<ModificationCode>(['LATER_REVISIONS']);
  try {
    const before = await openPdf(prefixReader(document.reader, end));
    for (const object of await changedObjects(before, document, end)) {
      const code = await kindOf(object, before, document);
      if (code) codes.add(code);
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    codes.add('NOT_ANALYSED');
  }
  const allowed = docMdp === undefined ? undefined : allowedBy[docMdp];
  return [...codes].map((code) => ({
    code,
    bytes,
    message: messages[code],
    ...(allowed ? { allowed: allowed.includes(code) } : {}),
  }));
}

const bookkeepingOfCatalog = ['AcroForm', 'DSS', 'Extensions', 'Metadata', 'Version', 'Perms'];

/** Undefined: bookkeeping that changes with every update. */
async function kindOf(
  { then, now }: ChangedObject,
  before: PdfDocument,
  after: PdfDocument,
): Promise<ModificationCode | undefined> {
  if (then.kind === 'array') return kindOfList(then, now, after);
  const entries = entriesOf(then);
  const type = nameValue(entries.get('Type'));
  const differing = differingKeys(entries, entriesOf(now));
  if (type === 'Metadata' || type === 'XRef' || type === 'ObjStm' || isInformation(then, before)) return undefined;
  if (type === 'Catalog') {
    if (!differing.every((key) => bookkeepingOfCatalog.includes(key))) return 'OTHER_OBJECTS_CHANGED';
    return kindOfForm(
      await before.resolve(entries.get('AcroForm')),
      await after.resolve(entriesOf(now).get('AcroForm')),
      before,
      after,
    );
  }
  if (type === 'Page') {
    if (!differing.every((key) => key === 'Annots' || key === 'Tabs')) return 'PAGE_CONTENT_CHANGED';
    return kindOfList(
      await before.resolve(entries.get('Annots')),
      await after.resolve(entriesOf(now).get('Annots')),
      after,
    );
  }
  if (type === 'Pages' || then.kind === 'stream') return 'PAGE_CONTENT_CHANGED';
  if (entries.has('Fields')) return kindOfForm(then, now, before, after);
  if (nameValue(entries.get('FT')) === 'Sig') return 'SIGNATURES_ADDED';
  if (entries.has('FT') || nameValue(entries.get('Subtype')) === 'Widget') return 'FORM_FILLED';
  if (type === 'Annot' || entries.has('Rect')) return 'ANNOTATIONS_CHANGED';
  return 'OTHER_OBJECTS_CHANGED';
}

/** A form may get more fields; its other entries are how it is drawn. */
async function kindOfForm(
  then: PdfValue,
  now: PdfValue,
  before: PdfDocument,
  after: PdfDocument,
): Promise<ModificationCode | undefined> {
  const [old, current] = [entriesOf(then).get('Fields'), entriesOf(now).get('Fields')];
  return kindOfList(await before.resolve(old), await after.resolve(current), after);
}

function isInformation(value: PdfValue, { trailer }: PdfDocument): boolean {
  const entries = entriesOf(value);
  return trailer.has('Info') && value.kind === 'dictionary' && (entries.has('Producer') || entries.has('CreationDate'));
}

/** A list of fields or annotations that grew: by what was added. One that lost something, or other lists, are told. */
async function kindOfList(then: PdfValue, now: PdfValue, after: PdfDocument): Promise<ModificationCode | undefined> {
  const [old, current] = [itemsOf(then), itemsOf(now)];
  const lost = old.some((item) => !current.some((one) => sameValue(one, item)));
  const added = current.filter((item) => !old.some((one) => sameValue(one, item)));
  if (lost) return 'ANNOTATIONS_CHANGED';
  for (const item of added) {
    const entries = entriesOf(await after.resolve(item));
    const parent = entriesOf(await after.resolve(entries.get('Parent')));
    if (nameValue(entries.get('FT') ?? parent.get('FT')) !== 'Sig') return 'ANNOTATIONS_CHANGED';
  }
  return added.length > 0 ? 'SIGNATURES_ADDED' : undefined;
}
