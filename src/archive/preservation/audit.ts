import { ArchiveError, utcSeconds, uuidV7 } from '../../base/index.ts';
import { inventoryName, objectPath } from '../../standards/ocfl/index.ts';
import type { LocationDriver } from '../archival-storage/index.ts';
import {
  countExpectedObjects,
  expectedObjects,
  type JournalHead,
  knownLocations,
  putCopies,
} from '../data-management/index.ts';
import { catchUpWithJournal, type Holdings, journal, storeObject } from '../packaging/index.ts';
import { auditCatalog } from './audit-catalog.ts';
import { auditJournal } from './audit-journal.ts';
import { type AuditFinding, type ExpectedObject, examine } from './audit-object.ts';
import { auditRegister } from './audit-register.ts';
import { type AuditRow, type AuditRows, auditRows } from './audit-rows.ts';
import { auditEvidence, type EvidenceAudit, type EvidenceFinding } from './evidence/index.ts';
import { findExtraObjects } from './extra-objects.ts';
import { compareWithWitness } from './witness.ts';

/** What an audit read and found. */
export interface AuditReport {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly copies: number;
  readonly bytes: number;
  /** SHA-512, hexadecimal: what a hash tree over a row for each copy that was read leads to; the rows lie beside the report. */
  readonly rowsRoot?: string;
  readonly damaged: readonly AuditFinding[];
  readonly missing: readonly AuditFinding[];
  readonly extra: readonly AuditFinding[];
  /** `intact`, or what is wrong with the journal, in a sentence. */
  readonly journal: string;
  /** What differs from what was time-stamped, and evidence that does not hold. */
  readonly evidence: readonly EvidenceFinding[];
  /** Records whose catalog rows differ from their package. */
  readonly catalog: readonly { readonly aip: string; readonly cause: string; readonly repaired: boolean }[];
}

/** How an audit is run. */
export interface AuditRequest {
  readonly actor: string;
  /** Only this location; all active ones when left out. */
  readonly location?: string;
  /** Heads of the journal that a witness holds. */
  readonly witnessed?: readonly JournalHead[];
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

const objectsAtOnce = 32;
const batchesInFlight = 4;

/**
 * Reads every copy of every object to its last byte and compares bytes, OCFL inventories, journal and catalog.
 * What is damaged, missing or too much is repaired from a healthy copy where there is one; then the whole is compared with
 * its evidence, and the journal with what a witness knows of it. Every finding is an entry of
 * the journal, the report an object of the store.
 * @throws ArchiveError LOCATION_UNAVAILABLE when the location asked for is catching up
 */
export async function audit(holdings: EvidenceAudit, request: AuditRequest): Promise<AuditReport> {
  const { catalog, storage, clock } = holdings;
  const started = clock();
  const broken = await auditJournal(holdings);
  if (!broken) await catchUpWithJournal(holdings);
  const drivers = storage
    .active()
    .filter(({ description }) => !request.location || description.name === request.location);
  if (drivers.length === 0)
    throw new ArchiveError(
      'LOCATION_UNAVAILABLE',
      `“${request.location}” is catching up and is not read. Bring it back first: trajno location bring-back ${request.location}.`,
    );
  const findings: AuditFinding[] = [];
  const catalogFindings: { aip: string; cause: string; repaired: boolean }[] = [];
  const rows = auditRows();
  let [copies, bytes, done] = [0, 0, 0];
  let batches = 0;
  const total = drivers.length * (await countExpectedObjects(catalog));
  for (const [index, driver] of drivers.entries()) {
    await inBatches(expectedObjects(catalog), async (batch) => {
      const place = batches++;
      const outcome = await auditBatch(holdings, driver, batch, index === 0);
      rows.put(place, outcome.rows);
      findings.push(...outcome.findings);
      catalogFindings.push(...outcome.catalog);
      copies += batch.length;
      bytes += outcome.bytes;
      done += batch.length;
      request.onProgress?.({ done, total });
    });
    findings.push(...(await auditRoot(holdings, driver)));
    for await (const extra of findExtraObjects(holdings, driver, !broken)) findings.push(extra);
  }
  if (!broken) catalogFindings.push(...(await auditRegister(holdings)));
  const rolledBack = broken ? undefined : await compareWithWitness(holdings, request.witnessed ?? []);
  const evidence = request.location ? [] : await auditEvidence(holdings);
  const { root: rowsRoot, files: rowFiles } = rows.finish();
  const report: AuditReport = {
    id: `urn:trajno:audit:${uuidV7(clock, holdings.random)}`,
    startedAt: utcSeconds(started),
    finishedAt: utcSeconds(clock()),
    copies,
    bytes,
    ...(rowsRoot ? { rowsRoot } : {}),
    damaged: findings.filter(({ kind }) => kind === 'damaged'),
    missing: findings.filter(({ kind }) => kind === 'missing'),
    extra: findings.filter(({ kind }) => kind === 'extra'),
    journal: broken ?? rolledBack ?? 'intact',
    evidence,
    catalog: catalogFindings,
  };
  await keepReport(holdings, report, rowFiles, request.actor);
  return report;
}

/** The files that make a folder a storage root, and say whose. */
async function auditRoot({ catalog }: Holdings, driver: LocationDriver): Promise<AuditFinding[]> {
  const { name } = driver.description;
  const known = (await knownLocations(catalog)).find((location) => location.name === name);
  const repaired = known ? await driver.repairRoot(known.identity) : [];
  return repaired.map((path) => ({
    kind: 'damaged',
    aip: 'storage root',
    location: name,
    path,
    cause: 'DIGEST_DIFFERS',
    repaired: true,
  }));
}

/** Reads a batch of objects in one location, repairs what can be repaired, and notes when each copy was read. */
export async function auditBatch(
  holdings: Holdings,
  driver: LocationDriver,
  batch: readonly ExpectedObject[],
  compareCatalog: boolean,
) {
  const found = await driver.readObjects(batch.map(({ id }) => objectPath(id)));
  const now = utcSeconds(holdings.clock());
  const findings: AuditFinding[] = [];
  const copies: Parameters<typeof putCopies>[1][number][] = [];
  const rows: AuditRow[] = [];
  let bytes = 0;
  for (const [index, expected] of batch.entries()) {
    const object = found[index];
    for (const file of object?.files ?? []) bytes += file.size;
    const outcome = await examine(holdings, driver, expected, object);
    findings.push(...outcome);
    const broken = outcome.find((finding) => finding.repaired === false);
    const state = broken ? (broken.kind === 'missing' ? 'missing' : 'damaged') : 'whole';
    const inventory = object?.files.find(({ path }) => path === inventoryName);
    rows.push({
      copy: expected.id,
      location: driver.description.name,
      ...(inventory ? { inventorySha512: inventory.sha512 } : {}),
      state: !broken && outcome.length > 0 ? 'repaired' : state,
      verifiedAt: now,
    });
    copies.push({ objectId: expected.id, location: driver.description.name, state, verifiedAt: now });
  }
  await putCopies(holdings.catalog, copies);
  // A damaged copy is no witness against the catalog.
  const whole = batch.map(({ id }, index) => (findings.some(({ aip }) => aip === id) ? undefined : found[index]));
  const differing = compareCatalog ? await auditCatalog(holdings, batch, whole) : [];
  return { findings, bytes, rows, catalog: differing };
}

/** The report is an object of the store; its outcome, without names of files, an entry of the journal. */
async function keepReport(
  holdings: Holdings,
  report: AuditReport,
  rowFiles: ReturnType<AuditRows['finish']>['files'],
  actor: string,
): Promise<void> {
  const content = Buffer.from(`${JSON.stringify(report)}\n`);
  await storeObject(holdings, {
    id: report.id,
    type: 'audit-report',
    files: [{ path: 'report.json', content }, ...rowFiles],
    created: holdings.clock(),
  });
  const { id, copies, bytes, rowsRoot, damaged, missing, extra, catalog } = report;
  const all = [...damaged, ...missing, ...extra];
  await journal(holdings, {
    time: report.finishedAt,
    institution: holdings.institution.id,
    type: 'audit.finished',
    subject: id,
    actor,
    detail: {
      copies,
      bytes,
      ...(rowsRoot ? { rowsRoot } : {}),
      damaged: damaged.length,
      missing: missing.length,
      extra: extra.length,
      repaired: all.filter((finding) => finding.repaired).length,
      catalog: catalog.length,
      evidence: report.evidence.length,
      journal: report.journal === 'intact' ? 'intact' : 'broken',
    },
  });
}

/** Works on batches of `source`, several at once. */
async function inBatches<Item>(source: AsyncIterable<Item>, work: (batch: Item[]) => Promise<void>): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let batch: Item[] = [];
  const start = () => {
    const task: Promise<void> = work(batch)
      .catch((error) => void failures.push(error))
      .finally(() => running.delete(task));
    running.add(task);
    batch = [];
  };
  for await (const item of source) {
    batch.push(item);
    if (batch.length < objectsAtOnce) continue;
    start();
    if (running.size >= batchesInFlight) await Promise.race(running);
    if (failures.length > 0) break;
  }
  if (batch.length > 0) start();
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
