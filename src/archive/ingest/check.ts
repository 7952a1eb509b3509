import type { ByteReader } from '../../base/index.ts';
import { type FormatIdentification, identifyFormat } from '../../standards/pronom/index.ts';
import { namedDigests } from '../../standards/signatures/index.ts';
import { checkContent, type FileToPair, pairSignatures } from './checks/index.ts';
import { type ScannedFile, scanFiles } from './malware/index.ts';
import type { Profile } from './profiles.ts';
import type { IngestContext, IntakeFacts, Submission, SubmittedFile } from './submission.ts';

/** A file that passed the checks. */
export interface CheckedFile extends ScannedFile {
  readonly reader: ByteReader;
  readonly format: FormatIdentification;
  /** For a detached signature: the paths of what it signs. */
  readonly signs: readonly string[];
}

/** A submission whose files were identified and found acceptable. */
export interface CheckedSubmission {
  readonly submission: Submission;
  readonly profile: Profile;
  readonly files: readonly CheckedFile[];
  readonly warnings: readonly string[];
}

const unknownFormat: FormatIdentification = {
  name: 'unidentified',
  mimeType: 'application/octet-stream',
  basis: 'extension',
};

/**
 * Step 2. Scans every file for malware before anything looks into it, identifies it by its content, refuses what cannot
 * be kept, and pairs detached signatures with what they sign, by name and by digest.
 * @throws ArchiveError with the code and the file of the first refusal
 */
export async function check(
  context: IngestContext,
  submission: Submission,
  { accepted }: Pick<IntakeFacts, 'accepted'> = {},
): Promise<CheckedSubmission> {
  const profile = context.profiles.find(submission.profile.id, submission.profile.version);
  const options = { accepted: accepted !== undefined };
  return { submission, profile, ...(await checkFiles(context, profile, submission.id, submission.files, options)) };
}

/**
 * The same for files that come to a record that has some.
 * @param options `held`: the files that the record has, which detached signatures may sign; `accepted`: a person takes
 * files that the scanner does not look into
 */
export async function checkFiles(
  context: IngestContext,
  profile: Profile,
  stagingId: string,
  staged: readonly SubmittedFile[],
  { held = [], accepted = false }: { readonly held?: readonly FileToPair[]; readonly accepted?: boolean } = {},
): Promise<Pick<CheckedSubmission, 'files' | 'warnings'>> {
  const scanned = await scanFiles(context, stagingId, staged, { accepted, profile });
  const identified = await Promise.all(
    scanned.map(async (file) => {
      const reader = await context.storage.readStaged(stagingId, file.staged);
      const format = await formatOf(reader, file.originalName);
      await checkContent({ name: file.originalName, reader, format }, profile, context.limits);
      return { ...file, reader, format };
    }),
  );
  const { pairs, unmatched } = await pairSignatures([...held, ...identified], namedDigests);
  const lone = unmatched.filter((path) => identified.some((file) => file.path === path));
  return {
    files: identified.map((file) => ({
      ...file,
      signs: pairs.filter((pair) => pair.signature === file.path).flatMap((pair) => pair.signs),
    })),
    warnings: lone.length > 0 ? ['SIGNATURE_WITHOUT_CONTENT'] : [],
  };
}

/** What a file is by its content; "unidentified" when nothing speaks for anything. */
export async function formatOf(reader: ByteReader, name: string): Promise<FormatIdentification> {
  const [format = unknownFormat] = await identifyFormat(reader, name);
  return format;
}
