import { ArchiveError, type ArchiveErrorCode, utcSeconds } from '../../../base/index.ts';
import {
  type AipDescription,
  aipPathOf,
  fileKey,
  type PreservationEvent,
  safeFileNames,
} from '../../../standards/packages/index.ts';
import { findIntake, updateSubmission } from '../../data-management/index.ts';
import { submissionFile } from '../../packaging/index.ts';
import { type CheckedFile, type CheckedSubmission, formatOf } from '../check.ts';
import { scanFiles } from '../malware/index.ts';
import type { IngestContext, MadeRendition, Submission } from '../submission.ts';
import { needsLastingFormats, officeExtension, stem } from './long-term.ts';
import { type ClaimingFile, claimingFiles, toldOfClaims } from './pdfa-of-files.ts';

/** A submission that passed the gate, or why it waits. */
export interface GatedSubmission {
  readonly checked: CheckedSubmission;
  readonly reports: AipDescription['validationReports'];
  readonly events: readonly Omit<PreservationEvent, 'id'>[];
  /** Documents that have a PDF/A beside them now: a second person compares them. */
  readonly renditions: number;
  readonly error?: ArchiveError;
}

const preservation = 'preservation';

/**
 * Step 3a. The format gate (U86 13, ZEDEIUP 61): what PDFs claim is read and verified; office documents of what is kept over five
 * years need a PDF/A in `representations/preservation`, which came with them under the same name, or is made by
 * LibreOffice. The original stays what and where it is; where there is no PDF/A the record waits, and is told how to go on.
 */
export async function formatGate(
  context: IngestContext,
  checked: CheckedSubmission,
  createdAt: Date,
): Promise<GatedSubmission> {
  const { profile, submission } = checked;
  if (profile.longTermFormats === undefined) return { checked, reports: [], events: [], renditions: 0 };
  const received = await claimingFiles(checked.files, context.tools?.verifyPdfa);
  const office = checked.files.filter(isOfficeOriginal);
  if (office.length === 0 || !needsLastingFormats(profile, submission))
    return { checked, ...toldOfClaims(received, createdAt), renditions: 0 };
  const work = new Map<CheckedFile, FoundRendition>();
  const made: MadeRendition[] = [...(submission.renditions ?? [])];
  for (const file of office) {
    const found = attachedTo(file, received) ?? (await renditionOf(context, checked, file, made));
    if ('why' in found) {
      const error = refusal('RENDITION_NEEDED', file.originalName, found.why);
      return { checked, ...toldOfClaims(received, createdAt), renditions: 0, error };
    }
    work.set(file, found);
  }
  const pairs = [...work];
  const placed = placedFiles(checked.files, pairs);
  const claiming = [
    ...received.map((one) => ({ ...one, file: placed.find(({ staged }) => staged === one.file.staged) ?? one.file })),
    ...pairs.flatMap(([, { made: rendition, claiming: claim }]) => (rendition && claim ? [claim] : [])),
  ];
  const told = toldOfClaims(claiming, createdAt);
  return {
    checked: { ...checked, submission: { ...submission, renditions: made }, files: placed },
    reports: told.reports,
    events: [...told.events, ...pairs.map(([source, found]) => migrationEvent(source, found, createdAt))],
    renditions: pairs.length,
  };
}

interface FoundRendition {
  readonly file: CheckedFile;
  readonly made?: MadeRendition;
  readonly claiming?: ClaimingFile;
}

function isOfficeOriginal({ format, representation }: CheckedFile): boolean {
  return officeExtension(format.mimeType) !== undefined && representation !== preservation;
}

/** A PDF/A of the same name that came with the document, unless veraPDF found it to be none. */
function attachedTo(source: CheckedFile, claiming: readonly ClaimingFile[]): FoundRendition | undefined {
  const fitting = claiming.find(
    ({ file, verdict }) => stem(file.originalName) === stem(source.originalName) && verdict?.compliant !== false,
  );
  return fitting && { file: { ...fitting.file, representation: preservation } };
}

/** The one that was made before, or a new one, staged and written down before anybody compares it. */
async function renditionOf(
  context: IngestContext,
  { profile, submission }: CheckedSubmission,
  source: CheckedFile,
  made: MadeRendition[],
): Promise<FoundRendition | { readonly why: string }> {
  const known = made.find(({ of }) => of === fileKey(source));
  if (known) return readMade(context, profile, submission, known);
  const convert = context.tools?.convertOffice;
  if (!convert) return { why: 'no conversion is configured' };
  const answer = await convert(source.reader, officeExtension(source.format.mimeType) ?? '');
  if ('failure' in answer) return { why: `LibreOffice ${answer.failure}` };
  const staged = `r${made.length}`;
  const digests = await context.storage.stage(submission.id, staged, single(answer.content));
  const name = source.originalName.replace(/(\.[^./]+)?$/, '.pdf');
  const rendition: MadeRendition = {
    of: fileKey(source),
    tool: answer.tool,
    madeAt: utcSeconds(context.clock()),
    file: {
      staged,
      path: safeFileNames([name])[0] ?? staged,
      originalName: name,
      ...digests,
      representation: preservation,
    },
  };
  const found = await readMade(context, profile, submission, rendition);
  if (!found.claiming) return { why: `${answer.tool} made a PDF that is no PDF/A` };
  if (found.claiming.verdict?.compliant === false) return { why: `${answer.tool} made a PDF/A that veraPDF refuses` };
  made.push(rendition);
  await keepWithSubmission(context, submission.id, made);
  return found;
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function readMade(
  context: IngestContext,
  profile: CheckedSubmission['profile'],
  submission: Submission,
  made: MadeRendition,
): Promise<FoundRendition> {
  const [scanned] = await scanFiles(context, submission.id, [made.file], { profile, accepted: true });
  if (!scanned) throw new Error('a rendition was not scanned');
  const reader = await context.storage.readStaged(submission.id, made.file.staged);
  const format = await formatOf(context, reader, made.file.originalName);
  const file: CheckedFile = { ...scanned, reader, format, signs: [] };
  const [claiming] = await claimingFiles([file], context.tools?.verifyPdfa);
  return { file, made, ...(claiming ? { claiming } : {}) };
}

/** In staging and in the catalog: what a person compares is what is packaged, whatever happens meanwhile. */
async function keepWithSubmission(
  context: IngestContext,
  id: string,
  renditions: readonly MadeRendition[],
): Promise<void> {
  const intake = await findIntake(context.catalog, id);
  if (!intake) throw new Error(`intake ${id} is not in the catalog`);
  const text = JSON.stringify({ ...(JSON.parse(intake.submission) as Submission), renditions });
  await context.storage.writeStaged(id, submissionFile, Buffer.from(text));
  await context.storage.sync();
  await updateSubmission(context.catalog, id, text);
}

/** Renditions in their representation, with what signs them. */
function placedFiles(
  files: readonly CheckedFile[],
  pairs: readonly (readonly [CheckedFile, FoundRendition])[],
): CheckedFile[] {
  const attached = pairs.filter(([, { made }]) => !made).map(([, { file }]) => file.staged);
  const paths = files.filter(({ staged }) => attached.includes(staged)).map(({ path }) => path);
  const isMoved = ({ staged, signs }: CheckedFile) =>
    attached.includes(staged) || (signs.length > 0 && signs.every((path) => paths.includes(path)));
  return [
    ...files.map((file) => (isMoved(file) ? { ...file, representation: preservation } : file)),
    ...pairs.flatMap(([, { file, made }]) => (made ? [file] : [])),
  ];
}

/** Both digests, the tool and its version (U86-10). */
function migrationEvent(
  source: CheckedFile,
  { file, made }: FoundRendition,
  time: Date,
): Omit<PreservationEvent, 'id'> {
  const how = made ? made.tool : 'attached by the producer';
  return {
    type: 'migration',
    dateTime: made ? new Date(made.madeAt) : time,
    detail: `${how}: source SHA-256 ${source.sha256}, PDF/A SHA-256 ${file.sha256}`,
    outcome: 'success',
    agentIds: ['software'],
    objectIds: [aipPathOf(source), aipPathOf(file)],
  };
}

function refusal(code: ArchiveErrorCode, name: string, why: string): ArchiveError {
  return new ArchiveError(
    code,
    `“${name}” is an office document that is kept over five years, and has no PDF/A beside it: ${why}. Save it as PDF/A, return this record and send both files together under the same name; or try again when conversion works.`,
  );
}
