import { readWhole, sha256Hex } from '../../../base/index.ts';
import { verdictHistory } from '../../data-management/index.ts';
import { type Holdings, openStoredVersion } from '../../packaging/index.ts';
import type { ValidationMaterial } from '../../trust-services/index.ts';
import { type VersionEvidence, versionEvidence } from '../evidence/index.ts';

const inPackage = 'metadata/preservation/validation-material/';
const besideReport = 'material/';
const kinds = [
  ['certificates', 'cer'],
  ['crls', 'crl'],
  ['ocspResponses', 'ocsp'],
] as const;
const largestList = 64 << 20;

/** Material that was kept, and where in the store each piece of it lies. */
export interface KeptMaterial {
  readonly material: ValidationMaterial;
  /** The archive's evidence records of the pieces: they prove that each was there when it was put under evidence. */
  evidence(): Promise<Uint8Array[]>;
}

interface Place {
  readonly id: string;
  readonly version: number;
  readonly path: string;
}

/**
 * The certificates, CRLs and OCSP responses that were collected for a record: when it was archived, in its package, and
 * when a verdict changed since, beside the report of that. Large lists lie once in the store; the package names them.
 * @throws ArchiveError LOCATION_CORRUPT
 */
export async function keptMaterial(holdings: Holdings, id: string, version: number): Promise<KeptMaterial> {
  const kept = { cer: [] as Uint8Array[], crl: [] as Uint8Array[], ocsp: [] as Uint8Array[] };
  const places = await readMaterial(holdings, kept, { id, version, path: inPackage });
  const past = await verdictHistory(holdings.catalog, id);
  for (const report of new Set(past.flatMap(({ report: one }) => one ?? [])))
    places.push(...(await readMaterial(holdings, kept, { id: report, version: 1, path: besideReport })));
  return {
    material: { certificates: kept.cer, crls: kept.crl, ocspResponses: kept.ocsp },
    evidence: () => evidenceOf(holdings, places),
  };
}

async function readMaterial(
  holdings: Holdings,
  kept: Record<'cer' | 'crl' | 'ocsp', Uint8Array[]>,
  { id, version, path: folder }: Place,
): Promise<Place[]> {
  const stored = await openStoredVersion(holdings, id, version);
  const places: Place[] = [];
  for (const path of stored.paths.filter((one) => one.startsWith(folder))) {
    const [, kind, shared] = /\.(cer|crl|ocsp)(\.json)?$/.exec(path) ?? [];
    if (kind !== 'cer' && kind !== 'crl' && kind !== 'ocsp') continue;
    const bytes = await stored.read(path);
    const place = shared ? sharedPlace(bytes) : { id, version, path };
    kept[kind].push(shared ? await sharedList(holdings, place) : bytes);
    places.push(place);
  }
  return places;
}

async function evidenceOf(holdings: Holdings, places: readonly Place[]): Promise<Uint8Array[]> {
  const records: Uint8Array[] = [];
  const opened = new Map<string, VersionEvidence | undefined>();
  for (const { id, version, path } of places) {
    const key = `${id} ${version}`;
    if (!opened.has(key)) opened.set(key, await versionEvidence(holdings, id, version));
    const record = await opened.get(key)?.recordOf(path);
    if (record) records.push(record);
  }
  return records;
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

function sharedPlace(reference: Uint8Array): Place {
  const { objectId, path } = JSON.parse(Buffer.from(reference).toString('utf8'));
  return { id: objectId, version: 1, path };
}

async function sharedList({ storage }: Holdings, { id, path }: Place): Promise<Uint8Array> {
  return readWhole(await storage.openState(id, path), largestList);
}
