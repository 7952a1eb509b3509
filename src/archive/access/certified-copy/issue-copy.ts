import { ArchiveError, type ArchiveErrorCode } from '../../../base/index.ts';
import { type CatalogRecord, findRecord } from '../../data-management/index.ts';
import { journal } from '../../packaging/index.ts';
import type { CopyContext } from './copy-context.ts';
import { readFee } from './copy-fee.ts';
import { copyEntry, registerCopy, takeIdentity, voidingNumber } from './copy-identity.ts';
import { type CopyRequest, checkRequestDay } from './copy-request.ts';
import { readCopySource } from './copy-source.ts';
import type { IssuedCopy } from './issued-copy.ts';
import { drawCertificate, sealCopy } from './make-copy.ts';
import { verdictFor } from './state-copy.ts';

/** Refusals that are logged: that somebody asked, and why nothing was issued. */
const logged: readonly ArchiveErrorCode[] = ['COPY_FIXITY_FAILED', 'COPY_SIGNATURE_FAILED', 'COPY_NEEDS_DECISION'];

/**
 * Issues a certified copy of a record. The register entry and the seal lie in the store, and the journal names them in every
 * location, before the copy is handed out. With the built-in test seal the copy is made and says TEST on every page, and
 * is kept out of the register: nothing was issued.
 * @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT | COPY_FIXITY_FAILED | COPY_SIGNATURE_FAILED | COPY_NEEDS_DECISION |
 *   PERSON_SIGNATURE_REQUIRED | PAYMENT_INVALID | REQUEST_MALFORMED | FILE_TOO_LARGE | SEAL_UNAVAILABLE | TIMESTAMP_UNAVAILABLE
 */
export async function issueCopy(context: CopyContext, request: CopyRequest): Promise<IssuedCopy> {
  const record = await copiedRecord(context, request.record);
  if (await context.asksPersonSignature(record))
    throw new ArchiveError(
      'PERSON_SIGNATURE_REQUIRED',
      'The authorised person signs copies of this kind of record. Prepare the certificate, have it signed, and return it.',
    );
  return loggingRefusals(context, record, request, async () => {
    checkRequest(record, request, context.clock());
    const source = await readCopySource(context, record);
    const key = await context.sealingKey();
    const identity = await takeIdentity(context, key);
    const made = await voidingNumber(context, record, request, identity, async () =>
      sealCopy(context, source, request, key, await drawCertificate(context, source, request, key, identity)),
    );
    return registerCopy(context, record, request, made);
  });
}

/**
 * Issues a copy, once for a key: who asks again because the answer did not arrive gets the same copy.
 * @param key none, or an empty one, for a copy that is issued anew each time
 * @throws ArchiveError as `issueCopy` and `IssuedCopies.once`
 */
export async function issueOnce(context: CopyContext, key: string, request: CopyRequest): Promise<IssuedCopy> {
  if (key === '') return issueCopy(context, request);
  const whole = JSON.stringify([context.institution.id, request.actor, key]);
  return context.issued.once(whole, JSON.stringify(request), () => issueCopy(context, request));
}

/** @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT */
export async function copiedRecord(context: CopyContext, idOrNumber: string): Promise<CatalogRecord> {
  const record = await findRecord(context.catalog, context.institution.id, idOrNumber);
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${idOrNumber}.`);
  if (!['archived', 'awaiting'].includes(record.state))
    throw new ArchiveError('STATE_CONFLICT', 'Only a stored record can be copied.');
  return record;
}

/** What forbids a copy before anything is read. @throws ArchiveError as `issueCopy` */
export function checkRequest(record: CatalogRecord, { decision, fee, requestedOn }: CopyRequest, now: Date): void {
  verdictFor(record, decision);
  if (fee) readFee(fee);
  if (requestedOn) checkRequestDay(requestedOn, now);
}

/** That a copy was refused, and why, is an entry of the journal (CC-05). */
export async function loggingRefusals<Made>(
  context: CopyContext,
  record: CatalogRecord,
  request: Pick<CopyRequest, 'actor'>,
  make: () => Promise<Made>,
): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof ArchiveError && logged.includes(error.code))
      await journal(context, copyEntry(context, record, request, 'certified-copy.refused', { code: error.code }));
    throw error;
  }
}
