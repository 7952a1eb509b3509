import type { RecordDescription } from '../../../standards/packages/index.ts';
import type { Profile } from '../../profiles/index.ts';

const years = 5;

/** What retention is known by: the category as it stood in the list, or else the field that the officer filled in. */
type Retention = Pick<RecordDescription, 'classification' | 'metadata'>;

/** Whether the record is kept permanently or over five years (ZEDEIUP 61, U86 13), and the profile holds that against formats. */
export function needsLastingFormats(
  { longTermFormats }: Pick<Profile, 'longTermFormats'>,
  { classification, metadata }: Retention,
): boolean {
  if (longTermFormats !== 'pdf-a') return false;
  const period = classification?.period ?? String(metadata.rokCuvanja ?? '');
  return period.startsWith('trajno') || Number(period) > years;
}

const officeTypes: Readonly<Record<string, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/rtf': 'rtf',
  'text/rtf': 'rtf',
};

/** How an office format is called at the end of names; undefined for what is none. */
export function officeExtension(mimeType: string): string | undefined {
  return officeTypes[mimeType.split(/[;,]/)[0]?.trim() ?? ''];
}

/** Name without its ending: what a document and its PDF/A have in common. */
export function stem(name: string): string {
  return name.replace(/\.[^./]+$/, '').toLowerCase();
}
