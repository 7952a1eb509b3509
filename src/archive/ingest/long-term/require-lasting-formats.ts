import { ArchiveError } from '../../../base/index.ts';
import type { RecordDescription } from '../../../standards/packages/index.ts';
import type { Profile } from '../../profiles/index.ts';
import { needsLastingFormats, officeExtension, stem } from './long-term.ts';

/** PDF/A in its parts and levels, as PRONOM tells them by what they claim. */
const pdfa = /^fmt\/(95|354|476|477|478|479|480|481|1910|1911|1912)$/;

/**
 * The same gate for a record that is there: before it becomes one that is kept over five years, or gets more office documents.
 * @throws ArchiveError RENDITION_NEEDED
 */
export function requireLastingFormats(profile: Profile, record: RecordDescription): void {
  if (!needsLastingFormats(profile, record)) return;
  const lasting = record.files.filter(({ format }) => pdfa.test(format?.puid ?? ''));
  const lacking = record.files.find(
    ({ mimeType, originalName }) =>
      officeExtension(mimeType) !== undefined &&
      !lasting.some((file) => stem(file.originalName) === stem(originalName)),
  );
  if (lacking)
    throw new ArchiveError(
      'RENDITION_NEEDED',
      `“${lacking.originalName}” is an office document, and the record would be kept over five years. Add its PDF/A under the same name first.`,
    );
}
