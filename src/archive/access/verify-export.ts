import { bytesReader } from '../../base/index.ts';
import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import { type PackageVerification, type VerifyConfirmation, verifyPackage } from '../../standards/packages/index.ts';
import { validateDocument } from '../../standards/signatures/index.ts';
import { openPackage } from './open-package.ts';

/** What `trajno verify` tells. `embedded-only`: no anchor was given, so nothing can be PASSED. */
export interface ExportVerification {
  readonly result: PackageVerification['result'];
  readonly trust: 'given' | 'embedded-only';
  readonly checks: readonly {
    readonly id: string;
    readonly outcome: PackageVerification['result'];
    readonly detail: string;
    readonly place?: string;
    /** It tells something, and does not decide the result. */
    readonly informative?: true;
  }[];
}

/**
 * Verifies an exported package with no archive at hand: that it is whole and agrees with itself, and that the seal over
 * its metadata and the list of its documents leads to one of `anchors`.
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
  const { result, checks } = await verifyPackage(await openPackage(path), verifyConfirmation);
  if (result !== 'PASSED' || sealed) return { result, trust, checks };
  const detail =
    'The package agrees with itself. Nothing in it leads to a certificate that you trust: give one with --trust.';
  return { result: 'INDETERMINATE', trust, checks: [...checks, { id: 'trust', outcome: 'INDETERMINATE', detail }] };
}
