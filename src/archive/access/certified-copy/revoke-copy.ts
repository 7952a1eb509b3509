import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import { applyCopyRevoked, findCopy, type RegisteredCopy } from '../../data-management/index.ts';
import { type Holdings, journal } from '../../packaging/index.ts';
import type { CopyChannel } from './copy-request.ts';
import { registerEntryOf } from './register-entry.ts';

/** A change to the register, by a person. */
export interface CopyChange {
  /** The copy's number or id. */
  readonly copy: string;
  readonly actor: string;
}

/**
 * The copy with this number or id.
 * @throws ArchiveError COPY_UNKNOWN
 */
export async function registeredCopy({ catalog, institution }: Holdings, copy: string): Promise<RegisteredCopy> {
  const found = await findCopy(catalog, institution.id, copy);
  if (!found) throw new ArchiveError('COPY_UNKNOWN', `No certified copy ${copy} was issued here.`);
  return found;
}

/**
 * Revokes an issued copy: the public page and the revocation list tell it from then on. What was issued cannot be called
 * back and stays in the register.
 * @throws ArchiveError COPY_UNKNOWN | STATE_CONFLICT when it is revoked already
 */
export async function revokeCopy(
  holdings: Holdings,
  { copy, actor, reason }: CopyChange & { readonly reason: string },
): Promise<RegisteredCopy> {
  const found = await registeredCopy(holdings, copy);
  if (found.revoked)
    throw new ArchiveError('STATE_CONFLICT', `Copy ${found.number} was revoked at ${found.revoked.at}.`);
  await journal(
    holdings,
    entryOf(holdings, found, actor, 'certified-copy.revoked', { number: found.number, reason }),
    async (transaction, entries) => {
      for (const entry of entries) await applyCopyRevoked(transaction, entry);
    },
  );
  return registeredCopy(holdings, found.id);
}

/** How a copy was handed over, and what proves it (DOS-01 to 05). */
export interface Delivery {
  readonly channel: CopyChannel;
  /** When it was sent or handed over, a day. */
  readonly sentOn: string;
  /** The proof of sending or of receipt: the record in this archive that it is, or its SHA-256. */
  readonly proof?: { readonly record?: string; readonly sha256?: string };
  /** The day on which delivery has its legal effect, with its legal basis: entered, never computed (DOS-05). */
  readonly effectiveOn?: string;
  readonly legalBasis?: string;
}

/**
 * Records how an issued copy was delivered. There may be several: sending, then receipt.
 * @throws ArchiveError COPY_UNKNOWN; REQUEST_MALFORMED for a day of effect without its legal basis
 */
export async function recordDelivery(
  holdings: Holdings,
  { copy, actor, delivery }: CopyChange & { readonly delivery: Delivery },
): Promise<void> {
  const found = await registeredCopy(holdings, copy);
  if (delivery.effectiveOn && !delivery.legalBasis)
    throw new ArchiveError('REQUEST_MALFORMED', 'The day on which delivery takes effect needs its legal basis.');
  await journal(
    holdings,
    entryOf(holdings, found, actor, 'certified-copy.delivered', { number: found.number, ...delivery }),
  );
}

/**
 * Records that a paper copy of an issued copy was printed for signature and stamp (ZED-06).
 * @throws ArchiveError COPY_UNKNOWN
 */
export async function recordPrinting(holdings: Holdings, { copy, actor }: CopyChange): Promise<RegisteredCopy> {
  const found = await registeredCopy(holdings, copy);
  const pages = registerEntryOf(found)?.pages?.originals;
  const detail = { number: found.number, form: 'paper', ...(pages === undefined ? {} : { pages }) };
  await journal(holdings, entryOf(holdings, found, actor, 'certified-copy.printed', detail));
  return found;
}

function entryOf(
  { clock }: Holdings,
  { id: subject, institution }: RegisteredCopy,
  actor: string,
  type: 'certified-copy.revoked' | 'certified-copy.delivered' | 'certified-copy.printed',
  detail: Readonly<Record<string, unknown>>,
) {
  return { time: utcSeconds(clock()), institution, type, subject, actor, detail };
}
