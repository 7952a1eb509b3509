import type { ByteReader } from '../../base/index.ts';
import { type FormatIdentification, identifyFormat } from '../../standards/pronom/index.ts';
import { namedDigests } from '../../standards/signatures/index.ts';
import type { Profile } from '../profiles/index.ts';
import { checkContent, type FileToPair, pairSignatures } from './checks/index.ts';
import type { DecisionsMade } from './decisions-made.ts';
import { inGroups } from './in-groups.ts';
import { type ScannedFile, scanFiles } from './malware/index.ts';
import type { IngestContext, Submission, SubmittedFile } from './submission.ts';

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

const unknownFormat = { name: 'unidentified', mimeType: 'application/octet-stream', basis: 'extension' } as const;

/**
 * Step 3. Scans every file for malware before anything looks into it, identifies it by its content, refuses what cannot
 * be kept, and pairs detached signatures with what they sign, by name and by digest.
 * @throws ArchiveError with the code and the file of the first refusal
 */
export async function check(
  context: IngestContext,
  submission: Submission,
  decisions: DecisionsMade,
): Promise<CheckedSubmission> {
  const profile = (await context.profiles.current()).find(submission.profile.id, submission.profile.version);
  const accepted = context.scanner !== undefined && (await decisions.acceptanceOf('FILE_NOT_SCANNED')) !== undefined;
  const options = { accepted };
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
  const identified = await inGroups(scanned, (file) => identify(context, profile, stagingId, file));
  return pairFiles(identified, held);
}

type IdentifiedFile = Omit<CheckedFile, 'signs'>;

async function identify(
  context: IngestContext,
  profile: Profile,
  stagingId: string,
  file: ScannedFile,
): Promise<IdentifiedFile> {
  const reader = await context.storage.readStaged(stagingId, file.staged);
  const format = await formatOf(context, reader, file.originalName);
  await checkContent({ name: file.originalName, reader, format }, profile, context.limits);
  return { ...file, reader, format };
}

/** A detached signature signs what lies in its own representation. */
async function pairFiles(
  files: readonly IdentifiedFile[],
  held: readonly FileToPair[],
): Promise<Pick<CheckedSubmission, 'files' | 'warnings'>> {
  const signs = new Map<IdentifiedFile, readonly string[]>();
  let lone = 0;
  for (const representation of new Set(files.map((file) => file.representation))) {
    const own = files.filter((file) => file.representation === representation);
    const others = representation === undefined ? held : [];
    const { pairs, unmatched } = await pairSignatures([...others, ...own], namedDigests);
    lone += unmatched.filter((path) => own.some((file) => file.path === path)).length;
    const covered = new Map<string, string[]>();
    for (const pair of pairs) covered.set(pair.signature, [...(covered.get(pair.signature) ?? []), ...pair.signs]);
    for (const file of own) signs.set(file, covered.get(file.path) ?? []);
  }
  return {
    files: files.map((file) => ({ ...file, signs: signs.get(file) ?? [] })),
    warnings: lone > 0 ? ['SIGNATURE_WITHOUT_CONTENT'] : [],
  };
}

/** What a file is by its content; "unidentified" when nothing speaks for anything. */
export async function formatOf(
  { formatSignatures }: Pick<IngestContext, 'formatSignatures'>,
  reader: ByteReader,
  name: string,
): Promise<FormatIdentification> {
  const signatures = await formatSignatures();
  const [format] = await identifyFormat(signatures, reader, name);
  return format ?? { ...unknownFormat, signatures: signatures.versions };
}
