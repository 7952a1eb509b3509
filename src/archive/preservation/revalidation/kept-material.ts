import { readWhole, sha256Hex } from '../../../base/index.ts';
import { verdictHistory } from '../../data-management/index.ts';
import { type Holdings, openStoredVersion, type StoredVersion } from '../../packaging/index.ts';
import type { ValidationMaterial } from '../../trust-services/index.ts';

const inPackage = 'metadata/preservation/validation-material/';
const besideReport = 'material/';
const kinds = [
  ['certificates', 'cer'],
  ['crls', 'crl'],
  ['ocspResponses', 'ocsp'],
] as const;
const largestList = 64 << 20;

/**
 * The certificates, CRLs and OCSP responses that were collected for a record: when it was archived, in its package, and
 * when a verdict changed since, beside the report of that. Large lists lie once in the store; the package names them.
 * @throws ArchiveError LOCATION_CORRUPT
 */
export async function keptMaterial(holdings: Holdings, id: string, version: number): Promise<ValidationMaterial> {
  const kept = { cer: [] as Uint8Array[], crl: [] as Uint8Array[], ocsp: [] as Uint8Array[] };
  await readMaterial(holdings, kept, await openStoredVersion(holdings, id, version), inPackage);
  const past = await verdictHistory(holdings.catalog, id);
  for (const report of new Set(past.flatMap(({ report: one }) => one ?? [])))
    await readMaterial(holdings, kept, await openStoredVersion(holdings, report, 1), besideReport);
  return { certificates: kept.cer, crls: kept.crl, ocspResponses: kept.ocsp };
}

async function readMaterial(
  holdings: Holdings,
  kept: Record<'cer' | 'crl' | 'ocsp', Uint8Array[]>,
  stored: StoredVersion,
  folder: string,
): Promise<void> {
  for (const path of stored.paths.filter((one) => one.startsWith(folder))) {
    const [, kind, shared] = /\.(cer|crl|ocsp)(\.json)?$/.exec(path) ?? [];
    if (kind !== 'cer' && kind !== 'crl' && kind !== 'ocsp') continue;
    const bytes = await stored.read(path);
    kept[kind].push(shared ? await sharedList(holdings, bytes) : bytes);
  }
}

/** What was fetched beyond what was known, as files of a report's object, each under its SHA-256. */
export function materialBeyond(
  known: ValidationMaterial,
  found: readonly ValidationMaterial[],
): { readonly path: string; readonly content: Uint8Array }[] {
  const files = new Map<string, Uint8Array>();
  for (const [kind, ending] of kinds) {
    const before = new Set(known[kind].map(sha256Hex));
    for (const der of found.flatMap((one) => one[kind])) {
      const name = sha256Hex(der);
      if (!before.has(name)) files.set(`${besideReport}${name}.${ending}`, der);
    }
  }
  return [...files].map(([path, content]) => ({ path, content }));
}

async function sharedList({ storage }: Holdings, reference: Uint8Array): Promise<Uint8Array> {
  const { objectId, path } = JSON.parse(Buffer.from(reference).toString('utf8'));
  return readWhole(await storage.openState(objectId, path), largestList);
}
