import { setTimeout } from 'node:timers/promises';
import { ArchiveError, sha512Hex, utcSeconds } from '../../base/index.ts';
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
import { findRecord, versionsOf } from '../data-management/index.ts';
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

/**
 * Compares an object that was read with what it must be, and repairs it. Before anything is repaired it is read again under
 * the record's lock: what looked damaged may have been a new version on its way.
 */
export async function examine(
  holdings: Holdings,
  driver: LocationDriver,
  expected: ExpectedObject,
  found: FoundObject | undefined,
): Promise<AuditFinding[]> {
  if (found && (await faultsOf(holdings, expected, found)).length === 0) return [];
  const unlock = expected.recordId === undefined ? async () => {} : await lockedForRepair(holdings, expected.id);
  if (!unlock) return [];
  try {
    const current = expected.recordId === undefined ? expected : await expectedNow(holdings, expected.id);
    if (!current) return [];
    const [again] = await driver.readObjects([objectPath(expected.id)]);
    const findings = again
      ? await mended(holdings, driver, current, again)
      : [await restored(holdings, driver, current)];
    await journalFindings(holdings, findings);
    return findings;
  } finally {
    await unlock();
  }
}

/** Waits while someone changes the record; undefined when it is still being changed after that: the next audit reads it. */
async function lockedForRepair({ lockRecord }: Holdings, id: string): Promise<(() => Promise<void>) | undefined> {
  for (let attempt = 0; attempt < 40; attempt++) {
    try {
      return await lockRecord(id);
    } catch (error) {
      if (!(error instanceof ArchiveError && error.code === 'STATE_CONFLICT')) throw error;
      await setTimeout(250);
    }
  }
  return undefined;
}

/** What the catalog expects of a record now; undefined when it was disposed of meanwhile. */
async function expectedNow({ catalog, institution }: Holdings, id: string): Promise<ExpectedObject | undefined> {
  const record = await findRecord(catalog, institution.id, id);
  if (!record || record.version === 0 || record.state === 'disposed') return undefined;
  const versions = await versionsOf(catalog, id);
  const inventories = new Map(versions.map(({ version, inventorySha512 }) => [`v${version}`, inventorySha512]));
  return { id, recordId: id, inventories };
}

async function restored(holdings: Holdings, driver: LocationDriver, expected: ExpectedObject): Promise<AuditFinding> {
  return {
    kind: 'missing',
    aip: expected.id,
    location: driver.description.name,
    path: objectPath(expected.id),
    cause: 'OBJECT_MISSING',
    repaired: await repairObject(holdings.storage, driver, expected),
  };
}

async function mended(
  holdings: Holdings,
  driver: LocationDriver,
  expected: ExpectedObject,
  found: FoundObject,
): Promise<AuditFinding[]> {
  const faults = await faultsOf(holdings, expected, found);
  const repaired = await repairFiles(holdings.storage, driver, expected, faults);
  return faults.map(
    (fault): AuditFinding => ({
      kind: fault.kind === 'inventory' ? 'damaged' : fault.kind,
      aip: expected.id,
      location: driver.description.name,
      path: fault.path,
      cause: causeOf(fault),
      ...('expected' in fault && fault.expected ? { expected: fault.expected } : {}),
      ...('found' in fault && fault.found ? { found: fault.found } : {}),
      repaired: repaired.has(fault.path),
    }),
  );
}

/** An inventory that is damaged cannot tell of the other files: the newest version's own does, here or in another location. */
async function faultsOf(holdings: Holdings, expected: ExpectedObject, found: FoundObject): Promise<ObjectFault[]> {
  const faults = checkObject(expected.id, found, expected.inventories);
  if (!faults.some(({ path }) => path === inventoryName)) return faults;
  const [head, wanted] = [...expected.inventories].at(-1) ?? [];
  for (const location of holdings.storage.active()) {
    const bytes = head && (await location.readInventory(expected.id, head));
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
