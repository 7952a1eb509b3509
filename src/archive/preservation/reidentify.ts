import { ArchiveError, utcSeconds } from '../../base/index.ts';
import { aipPathOf } from '../../standards/packages/index.ts';
import { type FormatIdentification, type FormatSignatures, identifyFormat } from '../../standards/pronom/index.ts';
import {
  type CatalogFile,
  type CatalogRecord,
  countHeldRecords,
  findRecordAsKnown,
  heldRecordIds,
  putFormatIdentifications,
  queueOnce,
  readSetting,
  reidentifiedFiles,
  writeSetting,
} from '../data-management/index.ts';
import { type Holdings, journal } from '../packaging/index.ts';
import type { FormatSignaturesInUse } from './format-signatures.ts';

/** What a walk over the holdings found. */
export interface ReidentificationReport {
  readonly signatures: string;
  readonly records: number;
  readonly files: number;
  /** Files that are something else by these signatures than they were before. */
  readonly changed: number;
  /** Files that could not be read: an audit tells why. */
  readonly unread: number;
}

/** How a walk is made. */
interface ReidentificationRequest {
  readonly actor: string;
  readonly onProgress?: (progress: Progress) => void;
  /** After so many records the walk notes where it stands. */
  readonly recordsAtOnce?: number;
}

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Where a walk stands; it goes on from here after a restart, unless other signatures came into use meanwhile. */
interface Cursor {
  readonly signatures: string;
  readonly after: string;
  readonly report: ReidentificationReport;
}

/** The name of the job that runs `reidentify`. */
export const reidentifyJob = 'reidentify';

const cursorSetting = 'reidentification';
const identifiedSetting = 'formats-identified-with';

/**
 * Queues a walk over the holdings where the signatures in use are others than those of the last one, and none is queued.
 * @returns the job's id, or undefined where there is nothing to do
 */
export async function queueReidentification(
  { catalog, clock, institution }: Holdings,
  formatSignatures: FormatSignaturesInUse,
  actor: string,
): Promise<string | undefined> {
  const release = releaseOf(await formatSignatures({ fresh: true }));
  if ((await readSetting(catalog, identifiedSetting)) === release) return undefined;
  if ((await countHeldRecords(catalog, '')) === 0) {
    await writeSetting(catalog, identifiedSetting, release);
    return undefined;
  }
  return queueOnce(catalog, clock, { institution: institution.id, name: reidentifyJob, payload: { actor } });
}

/**
 * Identifies every original of the holdings anew with the signatures in use, by ranges. Where one is another format
 * now, the journal says so and the catalog shows it; packages stay as they are.
 */
export async function reidentify(
  holdings: Holdings,
  formatSignatures: FormatSignaturesInUse,
  request: ReidentificationRequest,
): Promise<ReidentificationReport> {
  const { actor, onProgress, recordsAtOnce = 50 } = request;
  const signatures = await formatSignatures({ fresh: true });
  const { catalog } = holdings;
  let { after, report } = await startOf(holdings, releaseOf(signatures));
  const total = report.records + (await countHeldRecords(catalog, after));
  for (;;) {
    const ids = await heldRecordIds(catalog, after, recordsAtOnce);
    if (ids.length === 0) break;
    for (const id of ids) report = await reidentifyRecord(holdings, signatures, id, actor, report);
    after = ids.at(-1) ?? after;
    const cursor: Cursor = { signatures: report.signatures, after, report };
    await writeSetting(catalog, cursorSetting, JSON.stringify(cursor));
    onProgress?.({ done: report.records, total });
  }
  await writeSetting(catalog, cursorSetting, '');
  await writeSetting(catalog, identifiedSetting, report.signatures);
  // Others may have been installed meanwhile: the job that asked for them found this one running.
  const latest = releaseOf(await formatSignatures({ fresh: true }));
  return latest === report.signatures ? report : reidentify(holdings, formatSignatures, request);
}

async function startOf(
  { catalog }: Holdings,
  signatures: string,
): Promise<{ after: string; report: ReidentificationReport }> {
  const text = await readSetting(catalog, cursorSetting);
  const cursor: Cursor | undefined = text ? JSON.parse(text) : undefined;
  if (cursor?.signatures === signatures) return cursor;
  return { after: '', report: { signatures, records: 0, files: 0, changed: 0, unread: 0 } };
}

async function reidentifyRecord(
  holdings: Holdings,
  signatures: FormatSignatures,
  id: string,
  actor: string,
  report: ReidentificationReport,
): Promise<ReidentificationReport> {
  const { catalog, institution } = holdings;
  const record = await findRecordAsKnown(catalog, institution.id, id);
  if (!record) return report; // disposed of meanwhile
  const { files } = record;
  const changes: FormatChange[] = [];
  let unread = 0;
  for (const file of files) {
    const now = await formatNow(holdings, signatures, record, file);
    if (!now) unread += 1;
    else if (now.format?.puid !== file.puid) changes.push({ file, format: now.format });
  }
  if (changes.length > 0) await enterChanges(holdings, record, changes, { signatures: report.signatures, actor });
  return {
    ...report,
    records: report.records + 1,
    files: report.files + files.length,
    changed: report.changed + changes.length,
    unread: report.unread + unread,
  };
}

interface FormatChange {
  readonly file: CatalogFile;
  readonly format: FormatIdentification | undefined;
}

/** What a file is now; `false` when no copy of it can be read whole, which is the audit's to report. */
async function formatNow(
  { storage }: Holdings,
  signatures: FormatSignatures,
  record: CatalogRecord,
  file: CatalogFile,
): Promise<{ format: FormatIdentification | undefined } | false> {
  try {
    const content = await storage.openState(record.id, aipPathOf(file), record.version);
    const [format] = await identifyFormat(signatures, content, file.originalName);
    return { format };
  } catch (error) {
    if (error instanceof ArchiveError) return false;
    throw error;
  }
}

/** One entry for a record. Files are named by their digests: names never stand in the journal. */
async function enterChanges(
  holdings: Holdings,
  record: CatalogRecord,
  changes: readonly FormatChange[],
  { signatures, actor }: { signatures: string; actor: string },
): Promise<void> {
  const files = changes.map(({ file, format }) => ({
    sha256: file.sha256,
    ...(file.puid ? { from: file.puid } : {}),
    ...(format?.puid ? { to: format.puid } : {}),
    name: format?.name ?? 'unidentified',
    mimeType: format?.mimeType ?? 'application/octet-stream',
    basis: format?.basis ?? 'extension',
  }));
  await journal(
    holdings,
    {
      time: utcSeconds(holdings.clock()),
      institution: record.institution,
      type: 'format.reidentified',
      subject: record.id,
      actor,
      detail: { signatures, files },
    },
    async (transaction, [entry]) => {
      if (entry) await putFormatIdentifications(transaction, record.id, reidentifiedFiles(entry));
    },
  );
}

/** The releases in a word: `V118/37`. */
function releaseOf({ versions }: FormatSignatures): string {
  return `${versions.droid}/${versions.container}`;
}
