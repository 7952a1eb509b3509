import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ArchiveError } from '../../base/index.ts';
import { aipPathOf } from '../../standards/packages/index.ts';
import { findRecord } from '../data-management/index.ts';
import { closeBatch, type EvidenceContext, type VersionEvidence, versionEvidence } from '../preservation/index.ts';

/** What is exported, and where to. */
export interface EvidenceExport {
  readonly record: string;
  readonly to: string;
}

/**
 * Writes each original file of a record with its evidence record beside it, `NAME` and `NAME.ers` (RFC 4998, DER): who has
 * both needs no archive to check them. A record that waits for its batch has it closed now.
 * @returns the paths written
 * @throws ArchiveError RECORD_UNKNOWN | TIMESTAMP_UNAVAILABLE | LOCATION_CORRUPT
 */
export async function exportEvidence(
  context: EvidenceContext,
  { record: wanted, to }: EvidenceExport,
): Promise<string[]> {
  const { catalog, storage, institution } = context;
  const record = await findRecord(catalog, institution.id, wanted);
  if (!record || record.version === 0) throw new ArchiveError('RECORD_UNKNOWN', `There is no stored record ${wanted}.`);
  const evidence = await evidenceNow(context, record.id, record.version);
  await mkdir(to, { recursive: true });
  const written: string[] = [];
  const taken = new Set<string>();
  for (const file of record.files) {
    const path = aipPathOf(file);
    const name = freeName(taken, path);
    const target = join(to, name);
    const content = await storage.openState(record.id, path, record.version);
    await pipeline(content.stream(), createWriteStream(target));
    await writeFile(`${target}.ers`, await evidence.recordOf(path));
    written.push(target, `${target}.ers`);
  }
  return written;
}

/** The evidence of a version, whose batch is closed now where it still waits. */
export async function evidenceNow(context: EvidenceContext, id: string, version: number): Promise<VersionEvidence> {
  const found = await versionEvidence(context, id, version);
  if (found) return found;
  await closeBatch(context);
  const made = await versionEvidence(context, id, version);
  if (!made) throw new ArchiveError('STATE_CONFLICT', 'The record is not under evidence yet. Try again in a moment.');
  return made;
}

/** The file's name; where two representations have the same, the folder's before it. */
function freeName(taken: Set<string>, path: string): string {
  const plain = basename(path);
  const name = taken.has(plain) ? `${basename(dirname(dirname(path)))}-${plain}` : plain;
  taken.add(name);
  return name;
}
