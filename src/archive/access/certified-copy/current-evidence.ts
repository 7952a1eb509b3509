import { ArchiveError, readWhole } from '../../../base/index.ts';
import { aipPathOf } from '../../../standards/packages/index.ts';
import { type AsicEntry, packAsic } from '../../../standards/seals/index.ts';
import { findCopyByCode, findRecord, type RegisteredCopy } from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import { versionEvidence } from '../../preservation/index.ts';
import { registerEntryOf } from './register-entry.ts';
import { containerSealPaths } from './seal-copy.ts';
import { codeDigest, readVerificationCode } from './verification-code.ts';

const largestSeal = 16 << 20;

/** The evidence of an issued copy as it is now. */
export interface CurrentEvidence {
  readonly number: string;
  /** A ZIP: `NAME.ers` for each original, and the container's seal with the evidence of its two files. */
  readonly zip: Uint8Array;
}

/**
 * The current evidence of an issued copy: renewed since, it proves later what the copy alone cannot prove any more. No
 * time-stamp is asked for: what waits for its batch is left out.
 * @throws ArchiveError COPY_UNKNOWN
 */
export async function currentEvidence(holdings: Holdings, typed: string): Promise<CurrentEvidence> {
  const code = readVerificationCode(typed);
  const copy = code && (await findCopyByCode(holdings.catalog, codeDigest(code)));
  if (!copy) throw new ArchiveError('COPY_UNKNOWN', 'No certified copy with this code was issued here.');
  const entries = [...(await evidenceOfOriginals(holdings, copy)), ...(await evidenceOfSeal(holdings, copy))];
  return { number: copy.number, zip: await packAsic(entries) };
}

async function evidenceOfOriginals(holdings: Holdings, copy: RegisteredCopy): Promise<AsicEntry[]> {
  const record = await findRecord(holdings.catalog, copy.institution, copy.recordId);
  const statement = registerEntryOf(copy)?.statement;
  if (!record || record.state === 'disposed' || !statement) return [];
  const evidence = await versionEvidence(holdings, record.id, statement.record.version);
  if (!evidence) return [];
  const entries: AsicEntry[] = [];
  for (const { name, sha256 } of statement.files) {
    const file = record.files.find((one) => one.sha256 === sha256);
    if (file) entries.push({ name: `${name}.ers`, bytes: await evidence.recordOf(aipPathOf(file)) });
  }
  return entries;
}

async function evidenceOfSeal(holdings: Holdings, { id }: RegisteredCopy): Promise<AsicEntry[]> {
  const evidence = await versionEvidence(holdings, id, 1);
  const entries: AsicEntry[] = [];
  for (const path of Object.values(containerSealPaths)) {
    const name = path.slice('META-INF/'.length);
    entries.push({ name, bytes: await readWhole(await holdings.storage.openState(id, path, 1), largestSeal) });
    if (evidence) entries.push({ name: `${name}.ers`, bytes: await evidence.recordOf(path) });
  }
  return entries;
}
