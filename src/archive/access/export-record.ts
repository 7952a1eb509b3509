import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArchiveError, folderName, readWhole } from '../../base/index.ts';
import { stateOf } from '../../standards/ocfl/index.ts';
import { aipPaths } from '../../standards/packages/index.ts';
import { findRecord } from '../data-management/index.ts';
import type { ReportContext } from '../preservation/index.ts';
import { type AipContents, aipContents } from './aip-contents.ts';
import { sinceArchiving } from './since-archiving.ts';
import { type WrittenForm, writePackageFiles } from './write-package-files.ts';

/** What to export, and how. */
export interface ExportRequest extends WrittenForm {
  readonly record: string;
  readonly version?: number;
}

const longestText = 16 << 20;

/**
 * Writes a record's AIP, byte for byte as it is kept, and beside it what is not in it: the history since it was packaged,
 * an evidence record for each of its files where its batch has been closed, a sealed integrity report, the schemas it refers to, and how to check it.
 * @returns the paths written: the package first, then what goes with it
 * @throws ArchiveError RECORD_UNKNOWN
 */
export async function exportRecord(holdings: ReportContext, request: ExportRequest): Promise<string[]> {
  const { catalog, storage, institution } = holdings;
  const record = await findRecord(catalog, institution.id, request.record);
  if (!record || record.version === 0)
    throw new ArchiveError('RECORD_UNKNOWN', `There is no stored record ${request.record}.`);
  const version = request.version ?? record.version;
  const contents = await aipContents(storage, record.id, version);
  const written = await writePackageFiles(contents, request);
  const companion = join(request.to, `${folderName(record.id)}.with`);
  await rm(companion, { recursive: true, force: true });
  await mkdir(companion, { recursive: true });
  return [written, ...(await writeCompanions(holdings, record.id, version, contents, companion))];
}

async function writeCompanions(
  holdings: ReportContext,
  recordId: string,
  version: number,
  contents: AipContents,
  folder: string,
): Promise<string[]> {
  const written: string[] = [];
  const write = async (name: string, content: Uint8Array) => {
    await writeFile(join(folder, name), content);
    written.push(join(folder, name));
  };
  const verify = contents.entries.find(({ path }) => path === aipPaths.verifyText);
  if (verify) await write('VERIFY.txt', await readWhole(await verify.open(), longestText));
  for await (const { path, content } of sinceArchiving(holdings, { record: recordId, version })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await write(path, content);
  }
  for (const id of await referredObjects(contents)) {
    const inventory = await holdings.storage.readInventory(id);
    for (const path of inventory ? stateOf(inventory).keys() : [])
      if (path !== 'type.json')
        await write(path, await readWhole(await holdings.storage.openState(id, path), longestText));
  }
  return written;
}

/** The shared objects that the package's PREMIS names. */
async function referredObjects(contents: AipContents): Promise<string[]> {
  const premis = contents.entries.find(({ path }) => path === aipPaths.premis);
  if (!premis) return [];
  const text = Buffer.from(await readWhole(await premis.open(), 1 << 30)).toString('utf8');
  return [...new Set(text.match(/urn:trajno:representation-information:[0-9a-f]{48}/g) ?? [])];
}
