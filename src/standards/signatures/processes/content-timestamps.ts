import { failed, hasSubIndication } from '../indication.ts';
import type { SignatureFacts } from '../signed-document.ts';
import type { BasicConclusion } from './basic-validation.ts';
import type { JudgedTimestamp } from './timestamp-validation.ts';

/**
 * What content time-stamps settle (EN 319 102-1 5.3.4): they were there before the signature was, so that one made after
 * the certificate was revoked or had expired shows that the signature was, too. Nothing can mend that.
 */
export function settledByContentTimestamps(
  basic: BasicConclusion,
  { signingCertificate }: SignatureFacts,
  timestamps: readonly JudgedTimestamp[],
): BasicConclusion {
  const { conclusion } = basic;
  const notBefore = latestContentTime(timestamps);
  if (conclusion.indication === 'PASSED' || !notBefore || !signingCertificate) return basic;
  const { finding, notes } = conclusion;
  if (finding.certificate !== signingCertificate || !finding.time || notBefore <= finding.time) return basic;
  const settled = hasSubIndication(conclusion, 'REVOKED_NO_POE')
    ? failed('REVOKED', finding, notes)
    : hasSubIndication(conclusion, 'OUT_OF_BOUNDS_NO_POE', 'OUT_OF_BOUNDS_NOT_REVOKED') &&
        finding.code === 'CERTIFICATE_EXPIRED'
      ? failed('EXPIRED', finding, notes)
      : conclusion;
  return { ...basic, conclusion: settled, blocks: { ...basic.blocks, 'basic-validation': settled } };
}

const overContent = ['CONTENT_TIMESTAMP', 'ALL_DATA_OBJECTS_TIMESTAMP', 'INDIVIDUAL_DATA_OBJECTS_TIMESTAMP'];

function latestContentTime(timestamps: readonly JudgedTimestamp[]): Date | undefined {
  const [latest] = timestamps
    .filter(({ facts, basic }) => overContent.includes(facts.type) && basic.conclusion.indication === 'PASSED')
    .map(({ facts }) => facts.productionTime)
    .sort((one, other) => other.getTime() - one.getTime());
  return latest;
}
