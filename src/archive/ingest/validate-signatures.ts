import { type ValidationReport, validateDocument } from '../../standards/signatures/index.ts';
import type { CheckedFile, CheckedSubmission } from './check.ts';
import { type IngestContext, nowIn } from './submission.ts';

/** A checked submission and what was found of the signatures in and beside its files. */
export interface ValidatedSubmission extends CheckedSubmission {
  readonly validationTime: Date;
  /** By path, for the files that hold a signature or could have held one. */
  readonly reports: ReadonlyMap<string, ValidationReport>;
}

/**
 * Step 3. Validates every signature: inside a file, or detached over the files it is paired with. The verdict is kept
 * whatever it is; what follows from it is the profile's to say.
 */
export async function validateSignatures(
  context: IngestContext,
  checked: CheckedSubmission,
): Promise<ValidatedSubmission> {
  const validationTime = nowIn(context.clock);
  const anchors = await context.anchors();
  const reports = new Map<string, ValidationReport>();
  for (const file of checked.files) {
    const contents = contentsOf(file, checked.files);
    const report = await validateDocument({
      document: file.reader,
      name: file.originalName,
      contents,
      anchors,
      validationTime,
    });
    if (report.container !== 'none') reports.set(file.path, report);
  }
  return { ...checked, validationTime, reports };
}

/** Whether a signature was found that is certainly broken. What could not be decided is no failure. */
export function hasFailedSignature({ reports }: Pick<ValidatedSubmission, 'reports'>): boolean {
  return [...reports.values()].some(({ signatures }) =>
    signatures.some(({ indication }) => indication === 'TOTAL_FAILED'),
  );
}

function contentsOf(signature: CheckedFile, files: readonly CheckedFile[]) {
  return files
    .filter((file) => signature.signs.includes(file.path))
    .map((file) => ({
      name: file.originalName,
      reader: file.reader,
      digests: [
        { algorithm: 'sha256', value: file.sha256 },
        { algorithm: 'sha512', value: file.sha512 },
      ],
    }));
}
