import {
  aipPathOf,
  originalRepresentation,
  type RecordDescription,
  type RecordFile,
  safeFileNames,
} from '../../standards/packages/index.ts';
import { openStoredVersion } from '../packaging/index.ts';
import type { ValidationMaterial } from '../trust-services/index.ts';
import { type CheckedFile, checkFiles, formatOf } from './check.ts';
import { recordFile } from './describe.ts';
import { inGroups } from './in-groups.ts';
import { signatureFault } from './signature-fault.ts';
import { stageFiles } from './stage-files.ts';
import { type IngestContext, nowIn, type OfferedFile } from './submission.ts';
import { type ValidationReports, validateFiles } from './validate-signatures.ts';

/** Files that come to a stored record: received, checked and validated as at intake. */
export interface AddedFiles {
  readonly staged: readonly CheckedFile[];
  readonly files: readonly RecordFile[];
  readonly reports: ValidationReports;
  readonly material: ValidationMaterial;
  readonly receivedAt: Date;
}

/**
 * Receives files for a record that has some. A detached signature among them may sign what the record has.
 * @throws ArchiveError as at intake; SIGNATURE_FAILED unless the profile archives failed signatures, FILE_NOT_SCANNED
 * unless it archives files that the scanner does not look into
 */
export async function addFiles(
  context: IngestContext,
  offered: AsyncIterable<OfferedFile> | Iterable<OfferedFile>,
  earlier: RecordDescription,
): Promise<AddedFiles> {
  const receivedAt = nowIn(context.clock);
  const profile = (await context.profiles.current()).find(earlier.profile.id, earlier.profile.version);
  const beside = earlier.files.filter(
    ({ representation }) => (representation ?? originalRepresentation) === originalRepresentation,
  );
  const names = beside.map(({ originalName }) => originalName);
  const originals = await stageFiles(context, earlier.id, () => profile, offered, names);
  const taken = [...new Set(beside.map(({ path }) => path.split('/')[0] ?? path))];
  const paths = safeFileNames([...taken, ...originals.map((file) => file.originalName)]).slice(taken.length);
  const staged = originals.map((file, index) => ({ ...file, path: paths[index] ?? file.staged }));
  const held = await heldFiles(context, earlier, beside);
  const { files } = await checkFiles(context, profile, earlier.id, staged, { held });
  const { reports, material } = await validateFiles(context, files, [...held, ...files], receivedAt);
  const { signature: _signature, ...rules } = profile; // the record has the signatures that it must have
  const fault = signatureFault(rules, reports);
  if (fault && fault.consequence !== 'archive') throw fault.error;
  return {
    staged: files,
    files: files.map((file) => recordFile(file, reports.get(file.path))),
    reports,
    material,
    receivedAt,
  };
}

async function heldFiles(context: IngestContext, { id, version }: RecordDescription, files: readonly RecordFile[]) {
  const stored = await openStoredVersion(context, id, version);
  return inGroups(files, async (file) => {
    const reader = await stored.open(aipPathOf(file));
    const { path, originalName, sha256, sha512 } = file;
    return { path, originalName, sha256, sha512, reader, format: await formatOf(context, reader, originalName) };
  });
}
