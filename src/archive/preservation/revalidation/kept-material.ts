import { readWhole } from '../../../base/index.ts';
import { type Holdings, openStoredVersion } from '../../packaging/index.ts';
import type { ValidationMaterial } from '../../trust-services/index.ts';

const folder = 'metadata/preservation/validation-material/';
const largestList = 64 << 20;

/**
 * The certificates, CRLs and OCSP responses that were collected for a record when it was archived. Large lists lie once in
 * the store; the package names them.
 * @throws ArchiveError LOCATION_CORRUPT
 */
export async function keptMaterial(holdings: Holdings, id: string, version: number): Promise<ValidationMaterial> {
  const stored = await openStoredVersion(holdings, id, version);
  const kept = { cer: [] as Uint8Array[], crl: [] as Uint8Array[], ocsp: [] as Uint8Array[] };
  for (const path of stored.paths.filter((one) => one.startsWith(folder))) {
    const [, kind, shared] = /\.(cer|crl|ocsp)(\.json)?$/.exec(path) ?? [];
    if (kind !== 'cer' && kind !== 'crl' && kind !== 'ocsp') continue;
    const bytes = await stored.read(path);
    kept[kind].push(shared ? await sharedList(holdings, bytes) : bytes);
  }
  return { certificates: kept.cer, crls: kept.crl, ocspResponses: kept.ocsp };
}

async function sharedList({ storage }: Holdings, reference: Uint8Array): Promise<Uint8Array> {
  const { objectId, path } = JSON.parse(Buffer.from(reference).toString('utf8'));
  return readWhole(await storage.openState(objectId, path), largestList);
}
