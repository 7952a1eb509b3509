import { ArchiveError, type ByteReader } from '../../../base/index.ts';
import type { FormatIdentification } from '../../../standards/pronom/index.ts';
import type { Profile } from '../../profiles/index.ts';
import { checkContainer } from './containers.ts';
import type { SubmissionLimits } from './limits.ts';
import { checkPdf } from './pdf.ts';
import { encrypted } from './refusals.ts';

/** A received file and what it was identified as. */
export interface FileToCheck {
  readonly name: string;
  readonly reader: ByteReader;
  readonly format: Pick<FormatIdentification, 'mimeType' | 'name'> & Partial<FormatIdentification>;
}

/**
 * Refuses what cannot be kept for decades or would harm whoever opens it: formats the profile does not allow, encrypted
 * and cut off documents, archives that explode.
 * @throws ArchiveError FORMAT_NOT_ALLOWED | DOCUMENT_ENCRYPTED | DOCUMENT_BROKEN | ARCHIVE_BOMB
 */
export async function checkContent(
  file: FileToCheck,
  profile: Pick<Profile, 'id' | 'formats'>,
  limits: SubmissionLimits,
): Promise<void> {
  checkFormat(file, profile);
  const { kind, mimeType, puid } = file.format;
  if (kind === 'office-encrypted' || kind === 'cms-encrypted') throw encrypted(file.name);
  if (mimeType === 'application/pdf') await checkPdf(file);
  if (puid === 'x-fmt/263' || (file.format.basis === 'container' && (await isZip(file.reader))))
    await checkContainer(file, limits.containers);
}

/** @throws ArchiveError FORMAT_NOT_ALLOWED */
function checkFormat({ name, format }: FileToCheck, profile: Pick<Profile, 'id' | 'formats'>): void {
  const { formats } = profile;
  const allowed = (pattern: string) =>
    pattern === format.mimeType ||
    pattern === format.puid ||
    (pattern.endsWith('/*') && format.mimeType.startsWith(pattern.slice(0, -1)));
  if (formats === '*' || formats.some(allowed)) return;
  throw new ArchiveError(
    'FORMAT_NOT_ALLOWED',
    `“${name}” is ${format.name || format.mimeType}, which profile “${profile.id}” does not take. Send it as one of: ${formats.join(', ')}; or choose another profile.`,
  );
}

async function isZip(reader: ByteReader): Promise<boolean> {
  const start = Buffer.from(await reader.read(0, 4)).toString('latin1');
  return start.startsWith('PK');
}
