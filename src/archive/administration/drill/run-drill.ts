import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import { exportRecord, verifyExport } from '../../access/index.ts';
import { openStorage } from '../../archival-storage/index.ts';
import { type Catalog, countByState, findRecords, openCatalog, readHead } from '../../data-management/index.ts';
import { journal } from '../../packaging/index.ts';
import type { EvidenceContext } from '../../preservation/index.ts';
import type { ActContext } from '../acts.ts';
import { replayLocation } from '../rebuild-catalog.ts';

/** The name of the job that runs a drill. */
export const drillJob = 'drill';

/** What a drill works with besides the archive itself. */
export interface DrillContext extends ActContext, Pick<EvidenceContext, 'timestampAnchors'> {
  /** Where it may make folders, which it removes again: they hold keys and documents for a while. */
  readonly drillFolder: string;
  /** Writes a backup into a folder. @returns the paths written */
  readonly backUp: (to: string) => Promise<readonly string[]>;
  /** DER certificates of the trust configuration, and of the archive's own seals. */
  readonly anchors: () => Promise<readonly Uint8Array[]>;
}

/** One part of a drill: what it was about, whether it came out well, and how long it took. */
export interface DrillPart {
  readonly part: 'backup' | 'rebuild' | 'export';
  readonly outcome: 'passed' | 'failed';
  readonly milliseconds: number;
  /** Counts of what was done. */
  readonly facts: Readonly<Record<string, number>>;
  /** Why it failed: a code, or what was found. */
  readonly reason?: string;
}

/** What a drill came to. */
export interface DrillReport {
  readonly time: string;
  readonly actor: string;
  readonly outcome: 'passed' | 'failed';
  readonly parts: readonly DrillPart[];
}

/** Records that are exported and verified. */
const sample = 5;

/**
 * A drill of what must work on the worst day (TDR-05, PEC-09): a backup is written and opened beside the archive, a catalog is
 * made from a location alone and compared with the one in use, and a sample of records is exported and verified with no archive
 * at hand. Nothing of the archive is changed but that the journal tells of it. A part that fails leaves the others to be done.
 */
export async function runDrill(
  context: DrillContext,
  actor: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<DrillReport> {
  await mkdir(context.drillFolder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(context.drillFolder, 'drill-'));
  const parts: DrillPart[] = [];
  try {
    for (const [part, work] of [
      ['backup', restoreBackup],
      ['rebuild', rebuildBeside],
      ['export', exportSample],
    ] as const) {
      const at = join(folder, part);
      await mkdir(at);
      parts.push(await timed(part, () => work(context, at)));
      onProgress(parts.length, 3);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const outcome = parts.every((one) => one.outcome === 'passed') ? 'passed' : 'failed';
  const time = utcSeconds(context.clock());
  await journal(context, {
    time,
    institution: context.institution.id,
    type: 'drill.finished',
    actor,
    detail: { outcome, parts },
  });
  return { time, actor, outcome, parts };
}

/** What a part did, and what it found to be wrong. */
interface Done {
  readonly facts: DrillPart['facts'];
  readonly wrong?: string;
}

async function timed(part: DrillPart['part'], work: () => Promise<Done>): Promise<DrillPart> {
  const began = performance.now();
  const passed = () => Math.round(performance.now() - began);
  try {
    const { facts, wrong } = await work();
    const outcome = wrong ? 'failed' : 'passed';
    return { part, outcome, milliseconds: passed(), facts, ...(wrong ? { reason: wrong } : {}) };
  } catch (error) {
    const reason = error instanceof ArchiveError ? error.code : `FAULT: ${(error as Error).message}`;
    return { part, outcome: 'failed', milliseconds: passed(), facts: {}, reason };
  }
}

/** The restored catalog must know as much as the journal did when the backup began. */
async function restoreBackup(context: DrillContext, folder: string): Promise<Done> {
  const before = await readHead(context.catalog);
  const written = await context.backUp(folder);
  const copy = written.find((path) => path.endsWith('catalog.sqlite'));
  const facts = { files: written.length };
  if (!copy) return { facts }; // a dump of PostgreSQL is restored by its own programs
  const restored = await openCatalog(copy);
  try {
    const head = await readHead(restored);
    const wrong = head.sequence < before.sequence ? 'the restored catalog is behind the journal' : undefined;
    return { facts: { ...facts, entries: head.sequence }, ...(wrong ? { wrong } : {}) };
  } finally {
    await restored.destroy();
  }
}

async function rebuildBeside(context: DrillContext, folder: string): Promise<Done> {
  const { catalog, storage, institution } = context;
  const [driver] = storage.active();
  if (!driver) throw new ArchiveError('LOCATION_UNAVAILABLE', 'There is no location to rebuild from.');
  const before = await stateOf(catalog, institution.id);
  const fresh = await openCatalog(join(folder, 'catalog.sqlite'));
  try {
    const { entries, objects, unreadable } = await replayLocation({
      ...context,
      catalog: fresh,
      storage: await openStorage([driver]),
    });
    const facts = { entries, objects, unreadable: unreadable.length };
    if (unreadable.length > 0) return { facts, wrong: 'records are unreadable in the location' };
    if (entries < before.sequence) return { facts, wrong: 'the location lacks entries of the journal' };
    const after = await stateOf(catalog, institution.id);
    const isStill = before.sequence === after.sequence && entries === after.sequence;
    const rebuilt = (await stateOf(fresh, institution.id)).records;
    if (isStill && rebuilt !== after.records) return { facts, wrong: 'the rebuilt catalog counts other records' };
    return { facts };
  } finally {
    await fresh.destroy();
  }
}

/** How far the journal is, and the records by state, to be compared. */
async function stateOf(catalog: Catalog, institution: string): Promise<{ sequence: number; records: string }> {
  const { sequence } = await readHead(catalog);
  const counts = Object.entries(await countByState(catalog, institution)).filter(([, count]) => count > 0);
  return { sequence, records: JSON.stringify(counts.sort()) };
}

async function exportSample(context: DrillContext, folder: string): Promise<Done> {
  const { catalog, institution, clock, random } = context;
  const { records } = await findRecords(catalog, {
    institution: institution.id,
    states: ['archived', 'awaiting'],
    limit: 500,
  });
  const chosen = records
    .map((record) => ({ record, at: random(4).toString() }))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .slice(0, sample);
  const anchors = [...(await context.anchors()), ...(await context.timestampAnchors())];
  let files = 0;
  for (const { record } of chosen) {
    const [path = '', ...beside] = await exportRecord(context, { record: record.id, form: 'zip', to: folder });
    files += 1 + beside.length;
    const { result, checks } = await verifyExport(path, anchors, clock());
    const failed = checks.find(({ outcome }) => outcome === 'FAILED');
    if (result === 'FAILED')
      return { facts: { records: chosen.length, files }, wrong: `${record.number}: ${failed?.detail ?? 'not whole'}` };
    await rm(path, { force: true });
  }
  return { facts: { records: chosen.length, files } };
}
