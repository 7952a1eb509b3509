import { bytesReader } from '../../../base/index.ts';
import { readTimestampToken } from '../../../standards/formats/tsp/index.ts';
import type { ValidationPolicy } from '../../../standards/signatures/index.ts';
import { validateWithMaterial } from '../online/validate-with-material.ts';
import type { MaterialSource, ValidationMaterial } from '../online/validation-material.ts';

/** What was found of a token by now. */
export interface TimestampMaterial {
  readonly indication: 'PASSED' | 'INDETERMINATE' | 'FAILED';
  readonly subIndication?: string;
  readonly reason: string;
  /** Of the certificate that signed it. */
  readonly tsaCertSha256?: string;
  readonly material: ValidationMaterial;
}

/** By what a token is judged. */
export interface TimestampJudgement {
  readonly anchors: readonly Uint8Array[];
  readonly validationTime: Date;
  readonly source?: MaterialSource;
  /** Material that is at hand. */
  readonly known?: ValidationMaterial;
  readonly policy?: ValidationPolicy;
}

/**
 * Validates a token over the imprint that it names, and collects what shows that it holds. Before a renewal, revocation data
 * from after the token's time is what a later reader wants (RFC 4998 5.2: it is obtained and put in first).
 */
export async function collectTimestampMaterial(
  token: Uint8Array,
  { anchors, validationTime, source, known, policy }: TimestampJudgement,
): Promise<TimestampMaterial> {
  const { imprintDigest, imprint } = readTimestampToken(token);
  const digests = [{ algorithm: (imprintDigest ?? '').toLowerCase(), value: Buffer.from(imprint).toString('hex') }];
  const { report, material } = await validateWithMaterial(
    {
      document: bytesReader(token),
      name: 'timestamp.tst',
      contents: [{ name: 'imprint', digests }],
      anchors,
      validationTime,
      ...(policy ? { policy } : {}),
    },
    source,
    known,
  );
  const [timestamp] = report.timestamps;
  if (!timestamp) return { indication: 'FAILED', reason: report.error?.message ?? 'no time-stamp', material };
  const { indication, subIndication, reason, tsaCertSha256 } = timestamp;
  return {
    indication,
    ...(subIndication ? { subIndication } : {}),
    reason,
    ...(tsaCertSha256 ? { tsaCertSha256 } : {}),
    material,
  };
}
