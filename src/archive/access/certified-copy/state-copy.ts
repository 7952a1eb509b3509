import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import type { CatalogRecord } from '../../data-management/index.ts';
import type { CopyContext } from './copy-context.ts';
import type { CopyRequest } from './copy-request.ts';
import type { CopiedFile, CopySource } from './copy-source.ts';
import type { CopyStatement, StatedFile, StatedSignature } from './copy-statement.ts';
import type { SealFacts } from './issuer.ts';

/**
 * The worst of the latest verdicts on a record's signatures.
 * @throws ArchiveError COPY_SIGNATURE_FAILED for TOTAL_FAILED; COPY_NEEDS_DECISION for INDETERMINATE without a decision
 */
export function verdictFor(
  { signatures }: Pick<CatalogRecord, 'signatures'>,
  decision: string | undefined,
): CopyStatement['verdict'] {
  if (signatures.length === 0) return 'NONE';
  const failed = signatures.find(({ indication }) => indication === 'TOTAL_FAILED');
  if (failed)
    throw new ArchiveError(
      'COPY_SIGNATURE_FAILED',
      `A signature of the record has failed (TOTAL_FAILED${failed.subIndication ? `, ${failed.subIndication}` : ''}). No certified copy is issued; the package can be exported.`,
    );
  if (signatures.every(({ indication }) => indication === 'TOTAL_PASSED')) return 'TOTAL_PASSED';
  if (!decision?.trim())
    throw new ArchiveError(
      'COPY_NEEDS_DECISION',
      'The verdict on a signature is INDETERMINATE. Decide that a copy is issued all the same, and say why.',
    );
  return 'INDETERMINATE';
}

/** What names one copy. */
export interface CopyIdentity {
  readonly number: string;
  readonly code: string;
  readonly issuedAt: Date;
  /** The authorised person signs the certificate before it is sealed. */
  readonly isSignedByPerson?: boolean;
}

/** Everything that the copy states (CC-04). */
export function stateCopy(
  context: CopyContext,
  source: CopySource,
  request: CopyRequest,
  seal: SealFacts,
  { number, code, issuedAt, isSignedByPerson = false }: CopyIdentity,
): CopyStatement {
  const { issuer, publicUrl } = context;
  const { place: usualPlace, authorisedPerson, payee: _, ...stated } = issuer;
  const { record, evidence, batch } = source;
  const { credentialId: __, ...person } = request.person ?? authorisedPerson ?? {};
  const place = request.place ?? usualPlace;
  const verdict = verdictFor(record, request.decision);
  const at = utcSeconds(issuedAt);
  const page = publicUrl && `${publicUrl.replace(/\/+$/, '')}/verify/${code}`;
  return {
    statement: 'trajno-certified-copy-1',
    number,
    isTest: seal.isTest,
    code,
    ...(page ? { verifyAt: page, evidenceAt: `${page}/evidence` } : {}),
    issuedAt: at,
    ...(place ? { place } : {}),
    ...(request.purpose ? { purpose: request.purpose } : {}),
    ...(request.recipient ? { recipient: request.recipient } : {}),
    issuer: stated,
    ...('name' in person ? { authorisedPerson: person } : {}),
    ...(isSignedByPerson ? { personSignature: true } : {}),
    seal,
    record: recordFacts(source),
    files: source.files.map(fileFacts),
    signatures: signatureFacts(source),
    verdict,
    ...(verdict === 'INDETERMINATE'
      ? { decision: { by: request.actor, at, reason: request.decision?.trim() ?? '' } }
      : {}),
    preservation: {
      since: record.archivedAt ?? record.receivedAt,
      evidence: 'RFC 4998',
      evidenceSince: batch.createdAt,
      stampedAt: evidence.stampedAt,
      authority: batch.authority,
      isTest: evidence.isTest,
      provenUntil: evidence.expiresAt,
    },
    checkedAt: at,
    software: `${context.software.name} ${context.software.version}`,
  };
}

function recordFacts({ record, packageSha512 }: CopySource): CopyStatement['record'] {
  const origin = record.fields.izvorniOblik;
  return {
    id: record.id,
    number: record.number,
    title: record.title,
    profile: `${record.profile.id} ${record.profile.version}`,
    ...(record.category ? { category: record.category } : {}),
    ...(typeof origin === 'string' ? { origin } : {}),
    version: record.version,
    packageSha512,
    receivedAt: record.receivedAt,
    archivedAt: record.archivedAt ?? record.receivedAt,
    ...(record.receipt ? { receipt: record.receipt.number } : {}),
  };
}

function fileFacts({ file, name }: CopiedFile): StatedFile {
  return {
    name,
    originalName: file.originalName,
    size: file.size,
    sha256: file.sha256,
    sha512: file.sha512,
    mimeType: file.mimeType,
    format: file.formatName,
    ...(file.puid ? { puid: file.puid } : {}),
    ...(file.signs ? { signs: file.signs } : {}),
  };
}

function signatureFacts({ record, packaged }: CopySource): StatedSignature[] {
  return record.signatures.map((signature, index): StatedSignature => {
    const { indication, subIndication, validationTime } = signature;
    const now = { indication, ...(subIndication ? { subIndication } : {}), validatedAt: validationTime };
    const before = packaged[index];
    return {
      file: signature.file,
      format: signature.format,
      ...(signature.signedBy ? { signedBy: signature.signedBy } : {}),
      ...(signature.claimedSigningTime ? { claimedSigningTime: signature.claimedSigningTime } : {}),
      ...(signature.qualification ? { qualification: signature.qualification } : {}),
      atArchiving: before
        ? {
            indication: before.indication,
            ...(before.subIndication ? { subIndication: before.subIndication } : {}),
            validatedAt: record.archivedAt ?? record.receivedAt,
          }
        : now,
      now,
    };
  });
}
