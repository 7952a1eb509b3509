import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArchiveError, folderName, readWhole } from '../../base/index.ts';
import { stateOf } from '../../standards/ocfl/index.ts';
import { aipPaths } from '../../standards/packages/index.ts';
import { findRecord, listEntries } from '../data-management/index.ts';
import { integrityFiles, makeIntegrityReport, type ReportContext, versionEvidence } from '../preservation/index.ts';
import { type AipContents, aipContents } from './aip-contents.ts';
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
  const write = async (name: string, content: Uint8Array | string) => {
    await writeFile(join(folder, name), content);
    written.push(join(folder, name));
  };
  const history = await listEntries(holdings.catalog, {
    institution: holdings.institution.id,
    subject: recordId,
    limit: 10_000,
  });
  await write(
    'history.jsonl',
    history
      .reverse()
      .map((entry) => `${JSON.stringify(entry)}\n`)
      .join(''),
  );
  const verify = contents.entries.find(({ path }) => path === aipPaths.verifyText);
  if (verify) await write('VERIFY.txt', await readWhole(await verify.open(), longestText));
  const evidence = await versionEvidence(holdings, recordId, version);
  for (const { path } of evidence?.files ?? []) {
    const name = join('evidence', `${path}.ers`);
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await write(name, (await evidence?.recordOf(path)) ?? '');
  }
  const report = await makeIntegrityReport(holdings, recordId);
  for (const { path, content } of integrityFiles(report)) await write(path, content);
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
