import {
  applyCopyIssued,
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
  const revocations = await entriesOf(holdings, 'certified-copy.revoked');
  const revoked = new Map(revocations.map((entry) => [entry.subject ?? '', entry]));
  const issued = new Set<string>();
  const wrong: Finding[] = [];
  for (let after = 0; ; ) {
    const entries = await entriesAfter(catalog, after, ['certified-copy.issued'], atOnce);
    const rows = await registeredCopies(catalog, entries.map(idOf));
    for (const entry of entries) {
      issued.add(idOf(entry));
      const row = rows.find(({ id }) => id === idOf(entry));
      if (await putRight(holdings, entry, revoked.get(idOf(entry)), row)) wrong.push(finding(idOf(entry)));
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

async function entriesOf({ catalog }: Holdings, type: 'certified-copy.revoked'): Promise<Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const page = await entriesAfter(catalog, all.at(-1)?.sequence ?? 0, [type], atOnce);
    all.push(...page);
    if (page.length < atOnce) return all;
  }
}

/** @returns whether the row was another one than journal and store tell */
async function putRight(
  holdings: Holdings,
  entry: Entry,
  revocation: Entry | undefined,
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
    (row.revoked?.reason ?? undefined) === revocation?.detail.reason;
  if (isSame) return false;
  await inTransaction(holdings.catalog, async (transaction) => {
    await removeRegistered(transaction, [idOf(entry)]);
    await applyCopyIssued(transaction, entry, register);
    if (revocation) await applyCopyRevoked(transaction, revocation);
  });
  return true;
}

function sameFiles(files: readonly CopyFileDigest[], { detail }: Entry): boolean {
  const line = ({ role, sha256 }: CopyFileDigest) => `${role} ${sha256}`;
  const stated = (detail.files as readonly CopyFileDigest[]).map(line).sort();
  return stated.join('\n') === files.map(line).sort().join('\n');
}
