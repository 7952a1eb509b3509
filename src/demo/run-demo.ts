import { X509Certificate } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportRecord, verifyExport } from '../archive/access/index.ts';
import { type CatalogRecord, countByState } from '../archive/data-management/index.ts';
import type { Clock } from '../base/index.ts';
import type { OpenArchive, Output } from '../service/cli/index.ts';
import { objectPath } from '../standards/ocfl/index.ts';
import { type SampleRecord, sampleDocuments } from './sample-documents.ts';

/** Where the demo writes. */
export interface DemoFolders {
  readonly dataFolder: string;
  readonly trustFolder: string;
}

/**
 * Shows the archive at work: makes really signed samples, archives them with visible progress, prints receipts, verdicts
 * and where the packages lie, and verifies one of them offline. In a folder where that was done it does nothing more.
 */
export async function runDemo(archive: OpenArchive, folders: DemoFolders, clock: Clock, out: Output): Promise<void> {
  const { context } = archive;
  const states = await countByState(context.catalog, context.institution.id);
  if (Object.keys(states).length > 0) {
    out.line(`The samples are in ${folders.dataFolder}. Delete the folder to see them made again.`);
    return;
  }
  out.line('DEMO: everything here is a sample, signed with test keys that are worth nothing to anyone.');
  out.line('Making signed documents…');
  const samples = await sampleDocuments(clock);
  await mkdir(folders.trustFolder, { recursive: true });
  for (const { name, pem } of samples.anchors) await writeFile(join(folders.trustFolder, `${name}.pem`), pem);
  const kept: CatalogRecord[] = [];
  for (const sample of samples.records) {
    kept.push(await archiveSample(archive, sample));
    out.progress(kept.length, samples.records.length, 'archived');
  }
  for (const record of kept) tellRecord(record, out);
  tellPlaces(archive, kept, out);
  await verifyOne(archive, folders, kept, clock, out);
}

async function archiveSample({ ingest }: OpenArchive, sample: SampleRecord): Promise<CatalogRecord> {
  const { title, ...fields } = sample.metadata;
  const { submission, intake, duplicateOf } = await ingest.receive({
    actor: 'demo',
    metadata: { profile: sample.profile, category: 'demo', fields, ...(title ? { title } : {}) },
    files: sample.files.map(({ name, bytes }) => ({ name, size: bytes.length, source: once(bytes) })),
  });
  return ingest.process(submission, { number: intake.recordNumber, ...(duplicateOf ? { duplicateOf } : {}) });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function tellRecord(record: CatalogRecord, out: Output): void {
  out.line('');
  out.line(`${record.number}  ${record.state}  ${record.title}`);
  if (record.receipt)
    out.line(
      `  receipt of archiving ${record.receipt.number}, ${record.receipt.time}, head of the journal ${record.receipt.head.slice(0, 20)}…`,
    );
  for (const { originalName, sha256 } of record.files) out.line(`  ${sha256.slice(0, 16)}…  ${originalName}`);
  for (const { indication, subIndication, signedBy, reason } of record.signatures) {
    out.line(`  ${indication}${subIndication ? `/${subIndication}` : ''}  ${signedBy ?? ''}`);
    if (reason) out.line(`    ${reason}`);
  }
  if (record.reason) out.line(`  ${record.reason.code}: ${record.reason.detail}`);
}

function tellPlaces({ context }: OpenArchive, kept: readonly CatalogRecord[], out: Output): void {
  const first = kept.find(({ version }) => version > 0);
  if (!first) return;
  out.line('');
  out.line(`Where the package of ${first.number} lies:`);
  for (const { description } of context.storage.locations)
    out.line(`  ${join(fileURLToPath(description.url), 'store', objectPath(first.id))}`);
}

/** With no archive at hand: only the exported package, and the anchor of the seal that confirmed it. */
async function verifyOne(
  archive: OpenArchive,
  { dataFolder }: DemoFolders,
  kept: readonly CatalogRecord[],
  clock: Clock,
  out: Output,
): Promise<void> {
  const sealed = kept.find(({ version, profile }) => version > 0 && profile.id === 'contract') ?? kept[0];
  if (!sealed) return;
  const [path = ''] = await exportRecord(archive.context, {
    record: sealed.id,
    form: 'zip',
    to: join(dataFolder, 'exported'),
  });
  const anchors = (await archive.ownAnchors()).map(({ pem }) => new X509Certificate(pem).raw);
  const { result, checks } = await verifyExport(path, anchors, clock());
  out.line('');
  out.line(`Exported and verified offline: ${path}`);
  for (const { outcome, detail } of checks) out.line(`  ${outcome.padEnd(13)} ${detail}`);
  out.line(`  ${result}`);
  out.line('');
}
