import {
  type CatalogRecord,
  type CopyFileDigest,
  filesOfCopy,
  findBatch,
  findCopiesByFile,
  findCopyByCode,
  findCoverage,
  findRecord,
  type RegisteredCopy,
} from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import type { CopyStatement } from './copy-statement.ts';
import { registerEntryOf } from './register-entry.ts';
import { codeDigest, isTestCode, readVerificationCode } from './verification-code.ts';

/** What anybody who holds a copy is told of it: nothing that the copy does not say itself. */
export interface PublicCopy {
  readonly number: string;
  readonly issuedAt: string;
  readonly issuer?: CopyStatement['issuer'];
  readonly place?: string;
  readonly standing: 'stands' | 'revoked';
  readonly revokedAt?: string;
  readonly verdict?: string;
  readonly recordNumber?: string;
  /** Only where the record's profile allows it. */
  readonly title?: string;
  /** Whether the archive still keeps the record. */
  readonly isKept: boolean;
  readonly files: readonly { readonly name: string; readonly size: number; readonly mimeType: string }[];
  readonly handedOut: readonly CopyFileDigest[];
  readonly seal?: CopyStatement['seal'];
  readonly preservation?: {
    readonly since: string;
    readonly evidenceSince: string;
    readonly provenUntil: string;
    readonly isTest: boolean;
  };
}

/** What is told of a code. */
export type CodeAnswer =
  | { readonly status: 'issued'; readonly code: string; readonly copy: PublicCopy }
  /** The code of a test copy: nothing was issued. */
  | { readonly status: 'test'; readonly code: string }
  | { readonly status: 'unknown' };

/** What is told of a file by its digest; codes are not told, they are the holder's. */
export interface FileAnswer {
  readonly sha256: string;
  readonly status: 'handed-out' | 'unknown';
  readonly copies: readonly {
    readonly number: string;
    readonly role: string;
    readonly issuedAt: string;
    readonly standing: 'stands' | 'revoked';
    readonly revokedAt?: string;
  }[];
}

/** Whether a record's title may be told to the public. */
export type MayShowTitle = (record: CatalogRecord) => boolean;

/**
 * What is told of a code, however it was typed.
 * @param typed what came; no code at all is answered like one that was never given
 */
export async function answerForCode(holdings: Holdings, typed: string, mayShow: MayShowTitle): Promise<CodeAnswer> {
  const code = readVerificationCode(typed);
  if (!code) return { status: 'unknown' };
  if (isTestCode(code)) return { status: 'test', code };
  const found = await findCopyByCode(holdings.catalog, codeDigest(code));
  if (!found) return { status: 'unknown' };
  return { status: 'issued', code, copy: await publicCopy(holdings, found, mayShow) };
}

/** What is told of a file, by its SHA-256. */
export async function answerForFile({ catalog }: Holdings, sha256: string): Promise<FileAnswer> {
  const found = await findCopiesByFile(catalog, sha256, mostCopies);
  const copies = found.map(({ copy, role }) => ({
    ...{ number: copy.number, role, issuedAt: copy.issuedAt },
    ...standingOf(copy),
  }));
  return { sha256, status: copies.length > 0 ? 'handed-out' : 'unknown', copies };
}

const mostCopies = 20;

async function publicCopy(holdings: Holdings, copy: RegisteredCopy, mayShow: MayShowTitle): Promise<PublicCopy> {
  const { catalog, institution } = holdings;
  const statement = registerEntryOf(copy)?.statement;
  const record = await findRecord(catalog, copy.institution ?? institution.id, copy.recordId);
  const isKept = record !== undefined && record.state !== 'disposed';
  return {
    number: copy.number,
    issuedAt: copy.issuedAt,
    ...standingOf(copy),
    ...(statement ? { issuer: statement.issuer, verdict: statement.verdict, seal: statement.seal } : {}),
    ...(statement?.place ? { place: statement.place } : {}),
    ...(statement ? { recordNumber: statement.record.number } : {}),
    ...(record && isKept && mayShow(record) ? { title: record.title } : {}),
    isKept,
    files: (statement?.files ?? []).map(({ name, size, mimeType }) => ({ name, size, mimeType })),
    handedOut: await filesOfCopy(catalog, copy.id),
    ...(isKept && statement ? await preservationNow(holdings, copy.recordId, statement) : {}),
  };
}

function standingOf({ revoked }: RegisteredCopy) {
  return revoked ? { standing: 'revoked' as const, revokedAt: revoked.at } : { standing: 'stands' as const };
}

/** As it is today: renewed since the copy was issued, perhaps. */
async function preservationNow(
  { catalog }: Holdings,
  recordId: string,
  { record, preservation }: CopyStatement,
): Promise<Pick<PublicCopy, 'preservation'>> {
  const coverage = await findCoverage(catalog, recordId, record.version);
  const batch = coverage && (await findBatch(catalog, coverage.batchId));
  if (!batch) return {};
  const { createdAt: evidenceSince, expiresAt: provenUntil, isTest } = batch;
  return { preservation: { since: preservation.since, evidenceSince, provenUntil, isTest } };
}
