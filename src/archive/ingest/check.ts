import type { ByteReader } from '../../base/index.ts';
import { identifyFormat } from '../../standards/pronom/index.ts';
import { namedDigests } from '../../standards/signatures/index.ts';
import { checkContent, type Pairing, pairSignatures } from './checks/index.ts';
import type { Profile } from './profiles.ts';
import type { IngestContext, Submission, SubmittedFile } from './submission.ts';

/** What a file's content was found to be. */
export type Format = Awaited<ReturnType<typeof identifyFormat>>[number];

/** A file that passed the checks. */
export interface CheckedFile extends SubmittedFile {
  readonly reader: ByteReader;
  readonly format: Format;
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

const unknownFormat: Format = { name: 'unidentified', mimeType: 'application/octet-stream', basis: 'extension' };

/**
 * Step 2. Identifies every file by its content, refuses what cannot be kept, and pairs detached signatures with what
 * they sign, by name and by digest.
 * @throws ArchiveError with the code and the file of the first refusal
 */
export async function check(context: IngestContext, submission: Submission): Promise<CheckedSubmission> {
  const profile = context.profiles.find(submission.profile.id, submission.profile.version);
  const identified = await Promise.all(
    submission.files.map(async (file) => {
      const reader = await context.storage.readStaged(submission.id, file.staged);
      const [format = unknownFormat] = await identifyFormat(reader, file.originalName);
      await checkContent({ name: file.originalName, reader, format }, profile, context.limits);
      return { ...file, reader, format };
    }),
  );
  const { pairs, unmatched } = await pairSignatures(identified, namedDigests);
  return {
    submission,
    profile,
    files: identified.map((file) => ({ ...file, signs: signedBy(pairs, file.path) })),
    warnings: unmatched.length > 0 ? ['SIGNATURE_WITHOUT_CONTENT'] : [],
  };
}

function signedBy(pairs: readonly Pairing[], signature: string): string[] {
  return pairs.filter((pair) => pair.signature === signature).flatMap((pair) => pair.signs);
}
