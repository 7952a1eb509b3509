import type { PdfDocument } from './document.ts';
import { entriesOf, itemsOf, nameValue, type PdfValue } from './values.ts';

/** Actions that run a program, start one, or send something away (ISO 32000-2 12.6.4). */
const activeActions: readonly string[] = [
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'Rendition',
  'RichMediaExecute',
];
const activeKeys: readonly string[] = ['JS', 'JavaScript', 'XFA', 'RichMediaContent'];
const mostObjects = 20_000;

/**
 * Whether a reader of a PDF could be made to run something: scripts, actions that start programs or send forms, XFA. All that
 * is reached from the document's root is looked at.
 * @returns undefined where there is more than anybody looks through
 * @throws FormatError when it is malformed
 */
export async function hasActiveContent(document: PdfDocument): Promise<boolean | undefined> {
  const seen = new Set<number>();
  const waiting: PdfValue[] = [...document.trailer.values()];
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (value.kind === 'reference') {
      if (seen.has(value.number)) continue;
      seen.add(value.number);
      if (seen.size > mostObjects) return undefined;
      waiting.push(await document.resolve(value));
      continue;
    }
    const entries = entriesOf(value);
    if (activeKeys.some((key) => entries.has(key))) return true;
    if (activeActions.includes(nameValue(await document.resolve(entries.get('S'))) ?? '')) return true;
    waiting.push(...entries.values(), ...itemsOf(value));
  }
  return false;
}
