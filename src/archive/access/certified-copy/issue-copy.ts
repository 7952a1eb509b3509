import { ArchiveError, type ArchiveErrorCode, utcSeconds, uuidV7 } from '../../../base/index.ts';
import {
  type CatalogRecord,
  findRecord,
  inTransaction,
  type JournalEntry,
  registerPath,
  takeNumbers,
} from '../../data-management/index.ts';
import { journal } from '../../packaging/index.ts';
import type { CopyContext, CopyRequest } from './copy-context.ts';
import { readFee } from './copy-fee.ts';
import { readCopySource } from './copy-source.ts';
import type { CopyStatement } from './copy-statement.ts';
import { type CopyFile, type MadeCopy, makeCopy } from './make-copy.ts';
import type { RegisterEntry } from './register-entry.ts';
import { containerSealPaths } from './seal-copy.ts';
import { verdictFor } from './state-copy.ts';
import { codeDigest, newTestCode, newVerificationCode } from './verification-code.ts';

/** A copy that is handed out. One with a test seal has no id: it is not registered. */
export interface IssuedCopy {
  readonly id?: string;
  readonly statement: CopyStatement;
  readonly files: readonly CopyFile[];
}

/** Refusals that are logged: that somebody asked, and why nothing was issued. */
const logged: readonly ArchiveErrorCode[] = ['COPY_FIXITY_FAILED', 'COPY_SIGNATURE_FAILED', 'COPY_NEEDS_DECISION'];

/**
 * Issues a certified copy of a record. The register entry and the seal lie in the store, and the journal names them in every
 * location, before the copy is handed out. With the built-in test seal the copy is made and says TEST on every page, and
 * is kept out of the register: nothing was issued.
 * @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT | COPY_FIXITY_FAILED | COPY_SIGNATURE_FAILED | COPY_NEEDS_DECISION |
 *   PAYMENT_INVALID | FILE_TOO_LARGE | TIMESTAMP_UNAVAILABLE
 */
export async function issueCopy(context: CopyContext, request: CopyRequest): Promise<IssuedCopy> {
  const record = await findRecord(context.catalog, context.institution.id, request.record);
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${request.record}.`);
  if (!['archived', 'awaiting'].includes(record.state))
    throw new ArchiveError('STATE_CONFLICT', 'Only a stored record can be copied.');
  try {
    return await makeAndRegister(context, record, request);
  } catch (error) {
    if (error instanceof ArchiveError && logged.includes(error.code)) await logRefusal(context, record, request, error);
    throw error;
  }
}

async function makeAndRegister(context: CopyContext, record: CatalogRecord, request: CopyRequest): Promise<IssuedCopy> {
  verdictFor(record, request.decision);
  if (request.fee) readFee(request.fee);
  const source = await readCopySource(context, record);
  const key = await context.sealingKey();
  const issuedAt = context.clock();
  if (key.isTest) {
    const identity = { number: 'TEST', code: newTestCode(context.random), issuedAt };
    const made = await makeCopy(context, source, request, key, identity);
    await journal(
      context,
      entryOf(context, record, request, 'certified-copy.tested', { verdict: made.statement.verdict }),
    );
    return made;
  }
  const number = await nextNumber(context, issuedAt);
  const code = newVerificationCode(context.random);
  const made = await makeCopy(context, source, request, key, { number, code, issuedAt });
  return { id: await register(context, record, request, made), statement: made.statement, files: made.files };
}

/** Numbers are taken before the certificate is sealed: one whose sealing failed is missing from the register. */
async function nextNumber({ catalog, institution }: CopyContext, at: Date): Promise<string> {
  const year = utcSeconds(at).slice(0, 4);
  const running = await inTransaction(catalog, (transaction) =>
    takeNumbers(transaction, institution.id, `certified-copy-${year}`, 1),
  );
  return `OK-${year}-${String(running).padStart(6, '0')}`;
}

async function register(
  context: CopyContext,
  record: CatalogRecord,
  { legalInterest, fee, channel, ...request }: CopyRequest,
  { statement, digests, seal }: MadeCopy,
): Promise<string> {
  const id = `urn:trajno:certified-copy:${uuidV7(context.clock, context.random)}`;
  const entry: RegisterEntry = {
    statement,
    ...(legalInterest ? { legalInterest } : {}),
    ...(fee ? { fee: readFee(fee) } : {}),
    ...(channel ? { channel } : {}),
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
    entry: entryOf(context, record, request, 'certified-copy.issued', detail),
    register: text,
  });
  return id;
}

async function logRefusal(
  context: CopyContext,
  record: CatalogRecord,
  request: CopyRequest,
  { code }: ArchiveError,
): Promise<JournalEntry> {
  return journal(context, entryOf(context, record, request, 'certified-copy.refused', { code }));
}

function entryOf(
  { clock }: CopyContext,
  record: CatalogRecord,
  { actor }: Pick<CopyRequest, 'actor'>,
  type: 'certified-copy.issued' | 'certified-copy.tested' | 'certified-copy.refused',
  detail: Readonly<Record<string, unknown>>,
) {
  const { id: subject, institution } = record;
  return { time: utcSeconds(clock()), institution, type, subject, actor, detail };
}
