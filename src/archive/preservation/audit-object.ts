import { sha512Hex, utcSeconds } from '../../base/index.ts';
import {
  checkAgainst,
  checkObject,
  type FoundObject,
  inventoryName,
  type ObjectFault,
  objectPath,
} from '../../standards/ocfl/index.ts';
import {
  type LocationDriver,
  repairFiles,
  repairObject,
  type ExpectedObject as StoredObject,
} from '../archival-storage/index.ts';
import { type Holdings, journal } from '../packaging/index.ts';

/** An object that must be in every location; `recordId` is set when it is a record's AIP. */
export interface ExpectedObject extends StoredObject {
  readonly recordId?: string;
}

/** Something at a location that is not as it should be. */
export interface AuditFinding {
  readonly kind: 'damaged' | 'missing' | 'extra';
  readonly aip: string;
  readonly location: string;
  /** Below the object's folder; the object's own path for a whole object. */
  readonly path: string;
  readonly cause: string;
  readonly expected?: string;
  readonly found?: string;
  readonly repaired: boolean;
}

/** Compares an object that was read with what it must be, and repairs it. */
export async function examine(
  holdings: Holdings,
  driver: LocationDriver,
  expected: ExpectedObject,
  found: FoundObject | undefined,
): Promise<AuditFinding[]> {
  const location = driver.description.name;
  if (!found) {
    const repaired = await repairObject(holdings.storage, driver, expected);
    const finding = {
      kind: 'missing' as const,
      aip: expected.id,
      location,
      path: objectPath(expected.id),
      cause: 'OBJECT_MISSING',
      repaired,
    };
    await journalFindings(holdings, [finding]);
    return [finding];
  }
  const faults = await faultsOf(holdings, driver, expected, found);
  if (faults.length === 0) return [];
  const repaired = await repairFiles(holdings.storage, driver, expected, faults);
  const findings = faults.map(
    (fault): AuditFinding => ({
      kind: fault.kind === 'inventory' ? 'damaged' : fault.kind,
      aip: expected.id,
      location,
      path: fault.path,
      cause: causeOf(fault),
      ...('expected' in fault && fault.expected ? { expected: fault.expected } : {}),
      ...('found' in fault && fault.found ? { found: fault.found } : {}),
      repaired: repaired.has(fault.path),
    }),
  );
  await journalFindings(holdings, findings);
  return findings;
}

/** An inventory that is damaged cannot tell of the other files: a healthy location's does. */
async function faultsOf(
  holdings: Holdings,
  driver: LocationDriver,
  expected: ExpectedObject,
  found: FoundObject,
): Promise<ObjectFault[]> {
  const faults = checkObject(expected.id, found, expected.inventories);
  if (!faults.some(({ path }) => path === inventoryName)) return faults;
  const wanted = [...expected.inventories.values()].at(-1);
  for (const other of holdings.storage.active()) {
    if (other === driver) continue;
    const bytes = await other.readInventory(expected.id);
    if (bytes && sha512Hex(bytes) === wanted) return checkAgainst(bytes, found, expected.inventories);
  }
  return faults;
}

function causeOf(fault: ObjectFault): string {
  if (fault.kind === 'missing') return 'FILE_MISSING';
  if (fault.kind === 'extra') return 'FILE_NOT_IN_INVENTORY';
  return fault.path.endsWith(inventoryName) || fault.kind === 'inventory' ? 'INVENTORY_DIFFERS' : 'DIGEST_DIFFERS';
}

async function journalFindings(holdings: Holdings, findings: readonly AuditFinding[]): Promise<void> {
  const [first] = findings;
  if (!first) return;
  const entry = (type: 'copy.damaged' | 'copy.repaired', files: number) =>
    journal(holdings, {
      time: utcSeconds(holdings.clock()),
      institution: holdings.institution.id,
      type,
      subject: first.aip,
      actor: 'audit',
      detail: { location: first.location, causes: [...new Set(findings.map(({ cause }) => cause))], files },
    });
  await entry('copy.damaged', findings.length);
  const repaired = findings.filter((finding) => finding.repaired).length;
  if (repaired > 0) await entry('copy.repaired', repaired);
}
