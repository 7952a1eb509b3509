import { bytesReader } from '../../base/index.ts';
import { type RecordDescription, sealedRecord } from '../../standards/packages/index.ts';
import { sealCades } from '../../standards/seals/index.ts';
import type { ContentReports } from './content/index.ts';
import type { AcceptedFinding } from './decisions-made.ts';
import type { DescribedSubmission } from './describe.ts';
import type { IngestContext } from './submission.ts';

/** A described submission and, where the profile asks for it, the signature over its sealed metadata. */
export interface ConfirmedSubmission extends DescribedSubmission {
  /** What people decided, for the package to tell. */
  readonly accepted: readonly AcceptedFinding[];
  /** What was read of the content. */
  readonly content: ContentReports;
  readonly confirmation?: Uint8Array;
}

/**
 * Step 6. Confirms fidelity and metadata by a detached signature over `record.json`, which lists the originals' digests:
 * one changed byte of either breaks it.
 */
export async function confirm(
  context: IngestContext,
  described: Omit<ConfirmedSubmission, 'confirmation'>,
): Promise<ConfirmedSubmission> {
  if (described.profile.confirmation === 'none') return described;
  return { ...described, confirmation: await confirmationOf(context, described.record) };
}

/** A detached CAdES signature over a record's sealed metadata (DER). */
export async function confirmationOf(
  context: Pick<IngestContext, 'confirmationSeal'>,
  record: RecordDescription,
): Promise<Uint8Array> {
  const signer = await context.confirmationSeal();
  return sealCades(bytesReader(sealedRecord(record)), signer, { detached: true, signingTime: record.packagedAt });
}
