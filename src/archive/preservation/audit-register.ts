import {
  applyCopyIssued,
  applyCopyPaid,
  applyCopyRevoked,
  type CopyFileDigest,
  entriesAfter,
  filesOfCopy,
  inTransaction,
  type JournalEntry,
  type RegisteredCopy,
  registeredCopies,
  registerPath,
  removeRegistered,
} from '../data-management/index.ts';
import { type Holdings, storeReader } from '../packaging/index.ts';

type Entry = Pick<JournalEntry, 'sequence' | 'time' | 'institution' | 'subject' | 'actor' | 'detail' | 'type' | 'hash'>;
type Finding = { readonly aip: string; readonly cause: string; readonly repaired: boolean };

const atOnce = 200;

/**
 * Compares the register of issued copies with the journal and the store, and puts it right: whoever edits a row must not
 * make a copy that was never issued, nor one that was revoked stand.
 */
export async function auditRegister(holdings: Holdings): Promise<Finding[]> {
  const { catalog } = holdings;
  const there = (await registeredCopies(catalog)).map(({ id }) => id); // before the entries: what comes meanwhile is left be
  const later = {
    revoked: await entriesBySubject(holdings, 'certified-copy.revoked'),
    paid: await entriesBySubject(holdings, 'certified-copy.paid'),
  };
  const issued = new Set<string>();
  const wrong: Finding[] = [];
  for (let after = 0; ; ) {
    const entries = await entriesAfter(catalog, after, ['certified-copy.issued'], atOnce);
    const rows = await registeredCopies(catalog, entries.map(idOf));
    for (const entry of entries) {
      issued.add(idOf(entry));
      const row = rows.find(({ id }) => id === idOf(entry));
      const told = { entry, revocation: later.revoked.get(idOf(entry)), payment: later.paid.get(idOf(entry)) };
      if (await putRight(holdings, told, row)) wrong.push(finding(idOf(entry)));
    }
    if (entries.length < atOnce) break;
    after = entries.at(-1)?.sequence ?? after;
  }
  const forged = there.filter((id) => !issued.has(id));
  if (forged.length > 0) await removeRegistered(catalog, forged);
  return [...wrong, ...forged.map(finding)];
}

const idOf = ({ detail }: Pick<Entry, 'detail'>) => String(detail.copy);
const finding = (aip: string): Finding => ({ aip, cause: 'CATALOG_ROW_DIFFERS', repaired: true });

async function entriesBySubject(
  { catalog }: Holdings,
  type: 'certified-copy.revoked' | 'certified-copy.paid',
): Promise<Map<string, Entry>> {
  const all = new Map<string, Entry>();
  for (let after = 0; ; ) {
    const page = await entriesAfter(catalog, after, [type], atOnce);
    for (const entry of page) all.set(entry.subject ?? '', entry);
    if (page.length < atOnce) return all;
    after = page.at(-1)?.sequence ?? after;
  }
}

/** What the journal has of a copy: that it was issued, and what became of it. */
interface ToldCopy {
  readonly entry: Entry;
  readonly revocation: Entry | undefined;
  readonly payment: Entry | undefined;
}

/** @returns whether the row was another one than journal and store tell */
async function putRight(
  holdings: Holdings,
  { entry, revocation, payment }: ToldCopy,
  row: (RegisteredCopy & { readonly codeSha256: string }) | undefined,
): Promise<boolean> {
  const stored = await storeReader(holdings).readObjectFile(idOf(entry), registerPath);
  const register = stored ? Buffer.from(stored).toString('utf8') : (row?.register ?? '');
  const isSame =
    row !== undefined &&
    row.register === register &&
    row.number === entry.detail.number &&
    row.codeSha256 === entry.detail.codeSha256 &&
    row.recordId === entry.subject &&
    row.issuedAt === entry.time &&
    sameFiles(await filesOfCopy(holdings.catalog, row.id), entry) &&
    row.revoked?.at === revocation?.time &&
    (row.revoked?.reason ?? undefined) === revocation?.detail.reason &&
    row.paid?.on === payment?.detail.paidOn &&
    row.paid?.amount === payment?.detail.amount;
  if (isSame) return false;
  await inTransaction(holdings.catalog, async (transaction) => {
    await removeRegistered(transaction, [idOf(entry)]);
    await applyCopyIssued(transaction, entry, register);
    if (revocation) await applyCopyRevoked(transaction, revocation);
    if (payment) await applyCopyPaid(transaction, payment);
  });
  return true;
}

function sameFiles(files: readonly CopyFileDigest[], { detail }: Entry): boolean {
  const line = ({ role, sha256 }: CopyFileDigest) => `${role} ${sha256}`;
  const stated = (detail.files as readonly CopyFileDigest[]).map(line).sort();
  return stated.join('\n') === files.map(line).sort().join('\n');
}
