import {
  type IndexedEntry,
  listCertifiedCopies,
  listEntries,
  type RegisteredCopy,
} from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import type { CopyStatement } from './copy-statement.ts';
import type { CopyPages } from './issued-copy.ts';
import type { PersonSignature } from './person-signature.ts';
import { registerEntryOf } from './register-entry.ts';
import { registeredCopy } from './revoke-copy.ts';

/** A line of the register of issued copies (CC-03). */
export interface RegisterLine {
  readonly id: string;
  readonly number: string;
  readonly issuedAt: string;
  readonly issuedBy: string;
  readonly record: string;
  readonly recordNumber: string;
  readonly purpose?: string;
  readonly recipient?: string;
  readonly requestedOn?: string;
  readonly legalInterest?: string;
  /** `310,00 RSD` */
  readonly fee?: string;
  /** The day on which it was paid, and the amount. */
  readonly paidOn?: string;
  readonly paidAmount?: string;
  readonly channel?: string;
  readonly form?: 'electronic';
  readonly pages?: CopyPages;
  readonly personSignature?: PersonSignature;
  readonly person?: string;
  readonly verdict?: string;
  readonly revokedAt?: string;
  readonly revokedReason?: string;
}

/** What became of an issued copy: deliveries, printings, revocation, from the journal, oldest first. */
export interface CopyHistory {
  readonly line: RegisterLine;
  readonly statement?: CopyStatement;
  readonly events: readonly IndexedEntry[];
}

/** The register, newest first. @param query of one record, or of all; `before` is the `next` of the page before */
export async function listCopies(
  { catalog, institution }: Holdings,
  { recordId, before, limit }: { readonly recordId?: string; readonly before?: number; readonly limit: number },
): Promise<{ readonly copies: readonly RegisterLine[]; readonly next?: number }> {
  const found = await listCertifiedCopies(catalog, {
    institution: institution.id,
    limit: limit + 1,
    ...(recordId === undefined ? {} : { recordId }),
    ...(before === undefined ? {} : { before }),
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { copies: page.map(registerLine), ...(found.length > limit && last ? { next: last.sequence } : {}) };
}

/** One copy with all that was recorded of it. @throws ArchiveError COPY_UNKNOWN */
export async function copyHistory(holdings: Holdings, copy: string): Promise<CopyHistory> {
  const found = await registeredCopy(holdings, copy);
  const { catalog, institution } = holdings;
  const entries = await listEntries(catalog, { institution: institution.id, subject: found.id, limit: 1000 });
  const statement = registerEntryOf(found)?.statement;
  return { line: registerLine(found), ...(statement ? { statement } : {}), events: entries.reverse() };
}

function registerLine(copy: RegisteredCopy): RegisterLine {
  const { id, number, issuedAt, issuedBy, recordId, revoked, paid } = copy;
  const entry = registerEntryOf(copy);
  const { statement, ...added } = entry ?? {};
  return {
    ...{ id, number, issuedAt, issuedBy, record: recordId, recordNumber: statement?.record.number ?? '' },
    ...(statement?.purpose ? { purpose: statement.purpose } : {}),
    ...(statement?.recipient ? { recipient: statement.recipient } : {}),
    ...(statement?.authorisedPerson ? { person: statement.authorisedPerson.name } : {}),
    ...(statement ? { verdict: statement.verdict } : {}),
    ...added,
    ...(paid ? { paidOn: paid.on, paidAmount: paid.amount } : {}),
    ...(revoked ? { revokedAt: revoked.at, revokedReason: revoked.reason } : {}),
  };
}
