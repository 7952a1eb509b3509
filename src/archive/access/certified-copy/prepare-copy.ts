import { ArchiveError, sha256Hex, utcSeconds, uuidV7 } from '../../../base/index.ts';
import type { CatalogRecord } from '../../data-management/index.ts';
import { journal } from '../../packaging/index.ts';
import type { CopyContext } from './copy-context.ts';
import { copyEntry, registerCopy, takeIdentity, voidingNumber, voidNumber } from './copy-identity.ts';
import type { CopyRequest } from './copy-request.ts';
import { type CopySource, readCopySource } from './copy-source.ts';
import { checkRequest, copiedRecord, loggingRefusals } from './issue-copy.ts';
import type { IssuedCopy } from './issued-copy.ts';
import { drawCertificate, sealCopy } from './make-copy.ts';
import { checkPersonSignature } from './person-signature.ts';
import type { PreparedCopy } from './prepared-copies.ts';

const daysToSign = 7;

/**
 * Prepares a copy whose certificate the authorised person signs before it is sealed: with one's card and its software, or
 * in the cloud. Its number is taken; when nobody signs within a week it is void.
 * @throws ArchiveError as `issueCopy`; PERSON_SIGNATURE_REQUIRED while nobody is named who could sign
 */
export async function prepareCopy(context: CopyContext, request: CopyRequest): Promise<PreparedCopy> {
  const record = await copiedRecord(context, request.record);
  await voidOverdue(context);
  const person = request.person ?? context.issuer.authorisedPerson;
  if (!person?.certificateSerial)
    throw new ArchiveError(
      'PERSON_SIGNATURE_REQUIRED',
      'Name the authorised person with the serial number of their certificate: `issuer.authorisedPerson` in config.json.',
    );
  return loggingRefusals(context, record, request, async () => {
    checkRequest(record, request, context.clock());
    const source = await readCopySource(context, record);
    const key = await context.sealingKey();
    const identity = { ...(await takeIdentity(context, key)), isSignedByPerson: true };
    return voidingNumber(context, record, request, identity, async () => {
      const { statement, certificate } = await drawCertificate(context, source, request, key, identity);
      const prepared: PreparedCopy = {
        id: uuidV7(context.clock, context.random),
        institution: record.institution,
        recordId: record.id,
        request,
        statement,
        expiresAt: utcSeconds(new Date(identity.issuedAt.getTime() + daysToSign * 86_400_000)),
      };
      await context.prepared.keep(prepared, certificate);
      const detail = { number: statement.number, certificateSha256: sha256Hex(certificate) };
      await journal(context, copyEntry(context, record, request, 'certified-copy.prepared', detail));
      return prepared;
    });
  });
}

/**
 * Issues a prepared copy, its certificate as the authorised person signed it.
 * @param copy id or number
 * @throws ArchiveError COPY_UNKNOWN | PERSON_SIGNATURE_REFUSED; STATE_CONFLICT when record or seal are others by now; and as `issueCopy`
 */
export async function completeCopy(context: CopyContext, copy: string, signed: Uint8Array): Promise<IssuedCopy> {
  const prepared = await context.prepared.find(context.institution.id, copy);
  const { request, statement } = prepared;
  const record = await copiedRecord(context, prepared.recordId);
  const serial = statement.authorisedPerson?.certificateSerial ?? '';
  const drawn = await context.prepared.certificate(prepared);
  const signature = await checkPersonSignature(context, record, drawn, signed, serial);
  return context.prepared.whileTaken(prepared, async () => {
    const issued = await loggingRefusals(context, record, request, async () => {
      checkRequest(record, request, context.clock());
      const source = await readCopySource(context, record);
      const key = await context.sealingKey();
      if (!isStillOf(statement, source) || sha256Hex(key.signer.chain[0]) !== statement.seal.certificateSha256)
        throw new ArchiveError(
          'STATE_CONFLICT',
          'The record or the seal changed since the certificate was prepared. Withdraw it, and prepare another.',
        );
      const made = await sealCopy(context, source, request, key, { statement, certificate: signed });
      return registerCopy(context, record, request, made, signature);
    });
    await context.prepared.remove(prepared);
    return issued;
  });
}

/** The same originals, the same version, the same verdicts. */
function isStillOf({ record, files, signatures }: PreparedCopy['statement'], source: CopySource): boolean {
  const verdicts = (all: readonly { readonly indication: string }[]) => all.map(({ indication }) => indication).join();
  return (
    record.version === source.record.version &&
    record.packageSha512 === source.packageSha512 &&
    files.length === source.files.length &&
    verdicts(signatures.map(({ now }) => now)) === verdicts(source.record.signatures)
  );
}

/** Gives up a prepared copy; its number is void. @throws ArchiveError COPY_UNKNOWN | STATE_CONFLICT */
export async function withdrawPrepared(context: CopyContext, copy: string, actor: string): Promise<void> {
  const prepared = await context.prepared.find(context.institution.id, copy);
  await giveUp(context, prepared, actor, 'WITHDRAWN');
}

async function voidOverdue(context: CopyContext): Promise<void> {
  const now = utcSeconds(context.clock());
  for (const prepared of await context.prepared.list(context.institution.id))
    if (prepared.expiresAt < now) await giveUp(context, prepared, prepared.request.actor, 'NOT_SIGNED');
}

async function giveUp(context: CopyContext, prepared: PreparedCopy, actor: string, code: string): Promise<void> {
  const record: Pick<CatalogRecord, 'id' | 'institution'> = {
    id: prepared.recordId,
    institution: prepared.institution,
  };
  await context.prepared.whileTaken(prepared, async () => {
    await voidNumber(context, record, { actor }, prepared.statement.number, code);
    await context.prepared.remove(prepared);
  });
}
