import { ArchiveError, utcSeconds, uuidV7 } from '../../../base/index.ts';
import {
  applyCopyNumber,
  type CatalogRecord,
  inTransaction,
  registerPath,
  takeNumbers,
} from '../../data-management/index.ts';
import { journal } from '../../packaging/index.ts';
import type { CopyContext } from './copy-context.ts';
import { readFee } from './copy-fee.ts';
import type { CopyRequest } from './copy-request.ts';
import type { IssuedCopy } from './issued-copy.ts';
import type { SealingKey } from './issuer.ts';
import type { MadeCopy } from './make-copy.ts';
import type { PersonSignature } from './person-signature.ts';
import type { RegisterEntry } from './register-entry.ts';
import { containerSealPaths } from './seal-copy.ts';
import type { CopyIdentity } from './state-copy.ts';
import { codeDigest, newTestCode, newVerificationCode } from './verification-code.ts';

/** Number and code of the next copy; with a test key neither is of the register. */
export async function takeIdentity(context: CopyContext, key: SealingKey): Promise<CopyIdentity> {
  const issuedAt = context.clock();
  if (key.isTest) return { number: 'TEST', code: newTestCode(context.random), issuedAt };
  return { number: await nextNumber(context, issuedAt), code: newVerificationCode(context.random), issuedAt };
}

async function nextNumber({ catalog, institution }: CopyContext, at: Date): Promise<string> {
  const year = utcSeconds(at).slice(0, 4);
  const running = await inTransaction(catalog, (transaction) =>
    takeNumbers(transaction, institution.id, `certified-copy-${year}`, 1),
  );
  return `OK-${year}-${String(running).padStart(6, '0')}`;
}

/** Makes a copy whose number is taken. Where that fails the journal says that the number is void, so that the register has no gap unexplained. */
export async function voidingNumber<Made>(
  context: CopyContext,
  record: CatalogRecord,
  request: Pick<CopyRequest, 'actor'>,
  { number }: Pick<CopyIdentity, 'number'>,
  make: () => Promise<Made>,
): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    const code = error instanceof ArchiveError ? error.code : 'FAULT';
    await voidNumber(context, record, request, number, code);
    throw error;
  }
}

/** @param code of the refusal, `FAULT`, or why else nothing was issued */
export async function voidNumber(
  context: CopyContext,
  record: Pick<CatalogRecord, 'id' | 'institution'>,
  request: Pick<CopyRequest, 'actor'>,
  number: string,
  code: string,
): Promise<void> {
  if (number === 'TEST') return;
  await journal(
    context,
    copyEntry(context, record, request, 'certified-copy.voided', { number, code }),
    async (transaction, entries) => {
      for (const entry of entries) await applyCopyNumber(transaction, entry);
    },
  );
}

/**
 * Puts a copy into the register: its object in the store, then the journal in every location. A test copy is only noted.
 * @param signature the authorised person's own, where the certificate bears it
 */
export async function registerCopy(
  context: CopyContext,
  record: CatalogRecord,
  request: CopyRequest,
  { statement, digests, seal, files, pages }: MadeCopy,
  signature?: PersonSignature,
): Promise<IssuedCopy> {
  if (statement.isTest) {
    await journal(
      context,
      copyEntry(context, record, request, 'certified-copy.tested', { verdict: statement.verdict }),
    );
    return { statement, files };
  }
  const { requestedOn, legalInterest, fee, channel } = request;
  const id = `urn:trajno:certified-copy:${uuidV7(context.clock, context.random)}`;
  const entry: RegisterEntry = {
    statement,
    form: 'electronic',
    ...(pages === undefined ? {} : { pages }),
    ...(requestedOn ? { requestedOn } : {}),
    ...(legalInterest ? { legalInterest } : {}),
    ...(fee ? { fee: readFee(fee) } : {}),
    ...(channel ? { channel } : {}),
    ...(signature ? { personSignature: signature } : {}),
  };
  const text = JSON.stringify(entry);
  const detail = {
    ...{ number: statement.number, copy: id, codeSha256: codeDigest(statement.code) },
    ...{ verdict: statement.verdict, files: digests },
  };
  await context.registrar({
    object: {
      id,
      type: 'certified-copy',
      files: [
        { path: registerPath, content: Buffer.from(text) },
        { path: containerSealPaths.manifest, content: seal.manifest },
        { path: containerSealPaths.signature, content: seal.signature },
      ],
      created: context.clock(),
    },
    entry: copyEntry(context, record, request, 'certified-copy.issued', detail),
    register: text,
  });
  return { id, statement, files };
}

/** An entry of the journal about copies of a record. */
export function copyEntry(
  { clock }: CopyContext,
  { id: subject, institution }: Pick<CatalogRecord, 'id' | 'institution'>,
  { actor }: Pick<CopyRequest, 'actor'>,
  type: `certified-copy.${'issued' | 'tested' | 'refused' | 'prepared' | 'voided'}`,
  detail: Readonly<Record<string, unknown>>,
) {
  return { time: utcSeconds(clock()), institution, type, subject, actor, detail };
}
