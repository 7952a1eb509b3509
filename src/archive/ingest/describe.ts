import {
  fileKey,
  type RecordDescription,
  type RecordFile,
  type SignatureSummary,
} from '../../standards/packages/index.ts';
import { finalIndications, type ValidationReport } from '../../standards/signatures/index.ts';
import type { CheckedFile } from './check.ts';
import { withStatutoryFields } from './statutory-fields.ts';
import { type IngestContext, nowIn } from './submission.ts';
import type { ValidatedSubmission } from './validate-signatures.ts';

/** A validated submission, described as its package will describe it. */
export interface DescribedSubmission extends ValidatedSubmission {
  readonly record: RecordDescription;
}

/** Step 5. Puts together what is sealed: identifiers, metadata, the list of originals with digests, formats and verdicts. */
export function describe(context: IngestContext, validated: ValidatedSubmission, number: string): DescribedSubmission {
  const { submission, files, reports } = validated;
  const { descriptive = [], identifiers = [] } = submission.package ?? {};
  const packagedAt = nowIn(context.clock);
  const record: RecordDescription = {
    id: submission.id,
    version: 1,
    number,
    title: submission.title,
    ...(submission.language ? { language: submission.language } : {}),
    institution: context.institution,
    profile: submission.profile,
    ...(submission.category ? { category: submission.category } : {}),
    ...(submission.classification ? { classification: submission.classification } : {}),
    intake: { number: `P-${number}`, time: new Date(submission.receivedAt) },
    receivedAt: new Date(submission.receivedAt),
    archivedAt: packagedAt,
    packagedAt,
    metadata: submission.metadata,
    ...(identifiers.length > 0 ? { alternativeIdentifiers: identifiers } : {}),
    descriptive,
    files: files.map((file) => recordFile(file, reports.get(fileKey(file)))),
    software: context.software,
  };
  return { ...validated, record: { ...record, metadata: withStatutoryFields(validated.profile, record, reports) } };
}

/** A checked file as the package describes it, with what was found of its signatures. */
export function recordFile(file: CheckedFile, report: ValidationReport | undefined): RecordFile {
  const { format } = file;
  return {
    path: file.path,
    ...(file.representation ? { representation: file.representation } : {}),
    originalName: file.originalName,
    size: file.size,
    ...(file.modifiedAt ? { createdAt: new Date(file.modifiedAt) } : {}),
    mimeType: format.mimeType,
    format: {
      name: format.name,
      ...(format.version ? { version: format.version } : {}),
      ...(format.puid ? { puid: format.puid } : {}),
      basis: format.basis,
    },
    sha256: file.sha256,
    sha512: file.sha512,
    ...(file.scan.outcome === 'clean' ? { scannedBy: `${file.scan.scanner.name} ${file.scan.scanner.version}` } : {}),
    role: file.signs.length > 0 ? 'signature' : (file.role ?? 'content'),
    ...(file.signs.length > 0 ? { signs: file.signs } : {}),
    signatures: report ? signaturesOf(report) : [],
  };
}

function signaturesOf({ signatures, evidenceRecords, container }: ValidationReport): SignatureSummary[] {
  return container === 'ER' ? evidenceRecords.map(evidenceSummary) : signatures.map(summary);
}

/** An evidence record that came with the record stands among its signatures. */
function evidenceSummary(evidence: ValidationReport['evidenceRecords'][number]): SignatureSummary {
  const { type, indication, subIndication, reason, reasonCode } = evidence;
  return {
    format: type,
    indication: finalIndications[indication],
    ...(subIndication ? { subIndication } : {}),
    reason,
    reasonCode,
  };
}

function summary(signature: ValidationReport['signatures'][number]): SignatureSummary {
  const {
    format,
    indication,
    subIndication,
    reason,
    reasonCode,
    signedBy,
    signingCertSha256,
    sigValueSha256,
    claimedSigningTime,
    bestSignatureTime,
    qualification,
  } = signature;
  return {
    format,
    indication,
    ...(subIndication ? { subIndication } : {}),
    reason,
    reasonCode,
    ...(signedBy ? { signedBy } : {}),
    ...(signingCertSha256 ? { signingCertSha256 } : {}),
    ...(sigValueSha256 ? { sigValueSha256 } : {}),
    ...(claimedSigningTime ? { claimedSigningTime } : {}),
    ...(bestSignatureTime ? { bestSignatureTime } : {}),
    ...(qualification ? { qualification } : {}),
  };
}
