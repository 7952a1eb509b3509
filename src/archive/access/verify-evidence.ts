import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import { type EvidenceRecordReport, validateDocument } from '../../standards/signatures/index.ts';
import { fileReader } from '../archival-storage/index.ts';
import type { ExportVerification } from './export-verification.ts';

/** What is verified, by whom it is trusted, and when. */
export interface EvidenceToVerify {
  /** The path of the evidence record, ASN.1 or XML. */
  readonly record: string;
  /** Paths of the files that it is to be over. */
  readonly files: readonly string[];
  /** DER certificates that the reader trusts; what lies in the record is never trusted by itself. */
  readonly anchors: readonly Uint8Array[];
  readonly validationTime: Date;
}

/**
 * Verifies an evidence record with no archive at hand (RFC 4998 5.3, RFC 6283 4.3): that it is over each file, and that its
 * time-stamps hold from the first to the newest.
 * @throws what opening a file throws
 */
export async function verifyEvidence({
  record,
  files,
  anchors,
  validationTime,
}: EvidenceToVerify): Promise<ExportVerification> {
  const report = await validateDocument({
    document: await fileReader(record),
    name: record,
    contents: await Promise.all(files.map(async (name) => ({ name, reader: await fileReader(name) }))),
    anchors,
    validationTime,
    examineEvidenceRecord,
  });
  const [evidence] = report.evidenceRecords;
  const trust = anchors.length > 0 ? 'given' : 'embedded-only';
  if (report.container !== 'ER' || !evidence) {
    const detail = report.error?.message ?? 'The file is no evidence record.';
    return { result: 'FAILED', trust, checks: [{ id: 'evidence-record', outcome: 'FAILED', detail }] };
  }
  const checks = [
    { id: 'evidence-record', outcome: evidence.indication, detail: evidence.reason },
    ...fileChecks(evidence, files),
    ...timestampChecks(evidence),
  ];
  // a renewal that is over something else leaves the whole undecided by EN 319 102-1, but nothing can ever mend it
  const isBroken = checks.some(({ outcome }) => outcome === 'FAILED');
  return { result: isBroken ? 'FAILED' : evidence.indication, trust, checks };
}

type Check = ExportVerification['checks'][number];

function fileChecks({ notCovered = [], timestamps }: EvidenceRecordReport, files: readonly string[]): Check[] {
  if (timestamps.length === 0) return [];
  return files.map((place): Check => {
    const isCovered = !notCovered.includes(place);
    const detail = isCovered ? 'The record is over this file.' : 'The record is not over this file as it is.';
    return { id: 'data-object', outcome: isCovered ? 'PASSED' : 'FAILED', detail, place };
  });
}

/** What has lapsed by now is settled by the next time-stamp, where the record as a whole passes. */
function timestampChecks({ indication, timestamps }: EvidenceRecordReport): Check[] {
  return timestamps.map(({ indication: own, productionTime, signedBy, reason }) => {
    const isRenewed = indication === 'PASSED' && own !== 'PASSED';
    const what = isRenewed ? 'It has lapsed since; the next time-stamp proves that it held.' : reason;
    return {
      id: 'archive-time-stamp',
      outcome: isRenewed ? 'PASSED' : own,
      detail: `${productionTime}, ${signedBy ?? 'unknown authority'}: ${what}`,
    };
  });
}
