import { bytesReader } from '../../base/index.ts';
import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import { type VerifyConfirmation, verifyPackage } from '../../standards/packages/index.ts';
import { validateDocument } from '../../standards/signatures/index.ts';
import type { ExportVerification } from './export-verification.ts';
import { openPackage } from './open-package.ts';
import { resultOf } from './verification-check.ts';
import { verifyProofs } from './verify-export-proofs.ts';

/**
 * Verifies an exported package with no archive at hand: that it is whole and agrees with itself, and that the seal over
 * its metadata and the list of its documents, or an evidence record over them, leads to one of `anchors`.
 * @param anchors DER certificates that the reader trusts; what lies in the package is never trusted by itself
 * @throws ArchiveError USAGE when there is no package at `path`
 */
export async function verifyExport(
  path: string,
  anchors: readonly Uint8Array[],
  validationTime: Date,
): Promise<ExportVerification> {
  const trust = anchors.length > 0 ? 'given' : 'embedded-only';
  let sealed = false;
  const verifyConfirmation: VerifyConfirmation = async (record, signature) => {
    const report = await validateDocument({
      document: bytesReader(signature),
      name: 'record.json.p7s',
      contents: [{ name: 'record.json', reader: bytesReader(record) }],
      anchors,
      validationTime,
      examineEvidenceRecord,
    });
    const [seal] = report.signatures;
    if (!seal || report.signatures.length > 1)
      return { outcome: 'FAILED', detail: 'The confirmation is not one signature.' };
    const detail = `${seal.signedBy ?? 'unknown signer'}: ${seal.reason}`;
    if (seal.indication === 'TOTAL_FAILED') return { outcome: 'FAILED', detail };
    sealed = seal.indication === 'TOTAL_PASSED';
    return { outcome: sealed ? 'PASSED' : 'INDETERMINATE', detail };
  };
  const reader = await openPackage(path);
  const found = await verifyPackage(reader, verifyConfirmation);
  const proofs = found.result === 'FAILED' ? undefined : await verifyProofs(path, reader, { anchors, validationTime });
  const checks: ExportVerification['checks'] = [...found.checks, ...(proofs?.checks ?? [])];
  const result = resultOf(checks);
  if (result !== 'PASSED' || sealed || proofs?.isRecordProven) return { result, trust, checks };
  const detail =
    'The package agrees with itself. Nothing in it leads to a certificate that you trust: give one with --trust.';
  return { result: 'INDETERMINATE', trust, checks: [...checks, { id: 'trust', outcome: 'INDETERMINATE', detail }] };
}
