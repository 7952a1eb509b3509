import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import { fileKey } from '../../standards/packages/index.ts';
import { type DetachedContent, joinMaterial, type ValidationReport } from '../../standards/signatures/index.ts';
import { type ValidationMaterial, validateWithMaterial } from '../trust-services/index.ts';
import type { CheckedFile, CheckedSubmission } from './check.ts';
import { type IngestContext, nowIn } from './submission.ts';

/** By `fileKey`, for the files that hold a signature or could have held one. */
export type ValidationReports = ReadonlyMap<string, ValidationReport>;

/** A checked submission and what was found of the signatures in and beside its files. */
export interface ValidatedSubmission extends CheckedSubmission {
  readonly validationTime: Date;
  readonly reports: ValidationReports;
  /** What was fetched to come to these verdicts. */
  readonly material: ValidationMaterial;
}

/** A file that a detached signature may cover. */
export type SignedContent = Pick<
  CheckedFile,
  'path' | 'representation' | 'originalName' | 'reader' | 'sha256' | 'sha512'
>;

/**
 * Step 4. Validates every signature: inside a file, or detached over the files it is paired with. The verdict is kept
 * whatever it is; what follows from it is the profile's to say.
 */
export async function validateSignatures(
  context: IngestContext,
  checked: CheckedSubmission,
): Promise<ValidatedSubmission> {
  const validationTime = nowIn(context.clock);
  return {
    ...checked,
    validationTime,
    ...(await validateFiles(context, checked.files, checked.files, validationTime)),
  };
}

/** @param contents the files among which detached signatures find what they sign */
export async function validateFiles(
  context: IngestContext,
  files: readonly CheckedFile[],
  contents: readonly SignedContent[],
  validationTime: Date,
): Promise<Pick<ValidatedSubmission, 'reports' | 'material'>> {
  const anchors = await context.anchors();
  const trustedLists = await context.trustedLists?.current();
  const reports = new Map<string, ValidationReport>();
  const collected: ValidationMaterial[] = [];
  for (const file of files) {
    const request = {
      document: file.reader,
      sha256: file.sha256,
      name: file.originalName,
      contents: contents.filter((content) => isSignedBy(content, file)).map(detachedContent),
      anchors,
      ...(trustedLists ? { trustedLists } : {}),
      validationTime,
      ...(context.validationPolicy ? { policy: context.validationPolicy } : {}),
      examineEvidenceRecord,
    };
    const { report, material } = await validateWithMaterial(request, context.materialSource);
    if (report.container !== 'none') reports.set(fileKey(file), report);
    collected.push(material);
  }
  return { reports, material: joinMaterial(collected) };
}

function isSignedBy({ path, representation }: SignedContent, signature: CheckedFile): boolean {
  return representation === signature.representation && signature.signs.includes(path);
}

/** Whether a signature, or an evidence record, was found that is certainly broken. What could not be decided is no failure. */
export function hasFailedSignature(reports: ValidationReports): boolean {
  return [...reports.values()].some(
    ({ container, signatures, evidenceRecords }) =>
      signatures.some(({ indication }) => indication === 'TOTAL_FAILED') ||
      (container === 'ER' && evidenceRecords.some(({ indication }) => indication === 'FAILED')),
  );
}

/** Whether any signature was found, whatever its verdict. */
export function hasSignature(reports: ValidationReports): boolean {
  return [...reports.values()].some(({ signatures }) => signatures.length > 0);
}

function detachedContent({ originalName, reader, sha256, sha512 }: SignedContent): DetachedContent {
  return {
    name: originalName,
    reader,
    digests: [
      { algorithm: 'sha256', value: sha256 },
      { algorithm: 'sha512', value: sha512 },
    ],
  };
}
