import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { packageFolders, readIngestReport } from '../../archive/access/index.ts';
import { type CatalogRecord, findRecord } from '../../archive/data-management/index.ts';
import {
  groupFiles,
  invalid,
  isPassing,
  type OfferedFile,
  type OfferedMetadata,
  type ReceivedSubmission,
  readMetadataTable,
  resumeIntakes,
} from '../../archive/ingest/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode, OpenArchive, Output } from './command.ts';
import { presentArchived, presentFailure, presentWaiting } from './present-record.ts';

const atOnce = 96;

/** `trajno archive FILE… [--together] [--list LIST] [--profile ID] [--metadata FILE.json|FILE.csv] [--json]` */
export const archiveFiles: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      together: { type: 'boolean', default: false },
      list: { type: 'string' },
      profile: { type: 'string' },
      metadata: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0 && !values.list) throw new ArchiveError('USAGE', 'Name at least one file or folder.');
  const isTable = /\.csv$/i.test(values.metadata ?? '');
  if (isTable && values.together)
    throw new ArchiveError('USAGE', 'A table describes files that are records of their own.');
  const metadata = await readMetadata(isTable ? undefined : values.metadata, values.profile);
  const groups: readonly Group[] = [
    ...(await namedGroups(positionals, values.together)).map((group) => ({ ...group, metadata })),
    ...(values.list ? await readList(values.list, metadata) : []),
  ];
  if (groups.length === 0) throw new ArchiveError('USAGE', 'There is no file in what was named.');
  const archive = await openArchive();
  try {
    const described = isTable && values.metadata ? await describedGroups(archive, groups, values.metadata) : groups;
    await resumeIntakes(archive.context, archive.ingest, archive.isAlive, {
      onFailure: (error) => out.message(`An earlier submission still waits: ${(error as Error).message}`),
    });
    let done = 0;
    const onBytes = await bytesProgress(groups, out);
    const results = await inParallel(described, async (group) => {
      const result = await archiveGroup(archive, group, onBytes);
      done += 1;
      if (groups.length > 1) out.progress(done, groups.length, 'archived');
      return result;
    });
    if (values.json) out.json({ records: results.map(({ shown }) => shown) });
    else for (const { lines } of results) lines.forEach(out.line);
    return Math.max(...results.map(({ exit }) => exit)) as ExitCode;
  } finally {
    await archive.close();
  }
};

/** Files that become one record, and what is said of them. */
interface Group {
  readonly files: readonly string[];
  /** The folder of a producer's package, all of whose files these are. */
  readonly packageFolder?: string;
  readonly metadata: OfferedMetadata;
}

interface GroupResult {
  readonly shown: object;
  readonly lines: readonly string[];
  readonly exit: ExitCode;
}

/**
 * Each file is a record, detached signatures going with what they sign; each folder that is a producer's package is one.
 * @param together one record of all, unless a package is all that was named
 */
async function namedGroups(paths: readonly string[], together: boolean): Promise<Omit<Group, 'metadata'>[]> {
  const packages: string[] = [];
  if (!together || paths.length === 1) for (const path of paths) packages.push(...(await packageFolders(path)));
  const isInPackage = (file: string) => packages.some((folder) => file.startsWith(`${resolve(folder)}${sep}`));
  const files = (await listFiles(paths)).filter((file) => !isInPackage(resolve(file)));
  const loose = together ? [files] : groupFiles(files, (file) => file);
  const taken = packages.map(async (packageFolder) => ({ packageFolder, files: await listFiles([packageFolder]) }));
  return [
    ...loose.filter((group) => group.length > 0).map((group) => ({ files: group })),
    ...(await Promise.all(taken)),
  ];
}

/**
 * Each group with what the table says of its first file.
 * @throws ArchiveError METADATA_INVALID before anything is archived
 */
async function describedGroups({ context }: OpenArchive, groups: readonly Group[], path: string): Promise<Group[]> {
  const bytes = await readFile(path).catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  const table = readMetadataTable(bytes, await context.profiles.current(), groups[0]?.metadata ?? {});
  const own = ({ files, packageFolder }: Group) => relative(dirname(path), packageFolder ?? files[0] ?? '');
  const faults = table.faultsOf(groups.map(own));
  if (faults.length > 0) throw invalid(faults);
  return groups.map((group) => ({ ...group, metadata: table.of(own(group)) }));
}

/** Few large files show how many megabytes have come; many files show how many are done. */
async function bytesProgress(groups: readonly Group[], out: Output): Promise<(bytes: number) => void> {
  if (groups.length > 10) return () => {};
  const sizes = await Promise.all(groups.flatMap(({ files }) => files).map(async (file) => (await stat(file)).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  let received = 0;
  return (bytes) => {
    received += bytes;
    if (total < 50e6) return;
    if (received < total) out.progress(megabytes(received), megabytes(total), 'MB received');
    else out.message(`${megabytes(total)} MB received; checking, storing and reading back…`);
  };
}

async function archiveGroup(
  { ingest, context }: OpenArchive,
  { files, packageFolder, metadata }: Group,
  onBytes: (bytes: number) => void,
): Promise<GroupResult> {
  let received: ReceivedSubmission | undefined;
  try {
    const nameOf = (path: string) => (packageFolder === undefined ? basename(path) : relative(packageFolder, path));
    received = await ingest.receive({
      actor: 'operator',
      metadata,
      files: offered(files, nameOf, onBytes),
      ...(packageFolder === undefined ? {} : { packageFolder: basename(resolve(packageFolder)) }),
    });
    const facts = {
      number: received.intake.recordNumber,
      ...(received.duplicateOf ? { duplicateOf: received.duplicateOf } : {}),
    };
    const record = await ingest.process(received.submission, facts);
    return { ...presentArchived(record, await readIngestReport(context, record)), exit: exitFor(record) };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const record = received && (await findRecord(context.catalog, context.institution.id, received.submission.id));
    if (record) return { ...presentWaiting(record, error), exit: 3 };
    const names = packageFolder === undefined ? files.map((file) => basename(file)) : [basename(packageFolder)];
    return { ...presentFailure(names, error), exit: isPassing(error) ? 3 : 1 };
  }
}

/**
 * A line a record: the files parted by `|`, or the folder of a producer's package; after a TAB its metadata file if it has one of its own. Paths are from the
 * list's folder.
 * @throws ArchiveError USAGE
 */
async function readList(path: string, common: OfferedMetadata): Promise<Group[]> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return Promise.all(
    lines.map(async (line) => {
      const [names = '', metadata] = line.split('\t');
      const paths = names.split('|').map((name) => resolve(dirname(path), name));
      const files = await listFiles(paths);
      const [packageFolder] = paths.length === 1 ? await packageFolders(paths[0] ?? '') : [];
      const own = metadata ? await readMetadata(resolve(dirname(path), metadata), common.profile) : {};
      const isPackage = packageFolder !== undefined && packageFolder === paths[0];
      return { files, metadata: { ...common, ...own }, ...(isPackage ? { packageFolder } : {}) };
    }),
  );
}

function exitFor({ state }: CatalogRecord): ExitCode {
  return state === 'archived' || state === 'awaiting' ? 0 : 1;
}

async function* offered(
  paths: readonly string[],
  nameOf: (path: string) => string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<OfferedFile> {
  for (const path of paths) {
    const { size, mtime } = await stat(path);
    yield { name: nameOf(path), source: contentOf(path, onBytes), size, modifiedAt: mtime };
  }
}

async function* contentOf(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 19 })) {
    yield chunk;
    onBytes(chunk.length);
  }
}

/** The files named, and those in the folders named, in order of name. @throws ArchiveError USAGE for what cannot be read */
async function listFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch((cause) => {
      throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
    });
    if (!facts.isDirectory()) {
      found.push(path);
      continue;
    }
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    found.push(
      ...entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort(),
    );
  }
  return found;
}

async function readMetadata(path: string | undefined, profile: string | undefined): Promise<OfferedMetadata> {
  let metadata: OfferedMetadata = {};
  if (path !== undefined) {
    try {
      metadata = JSON.parse(await readFile(path, 'utf8'));
    } catch (cause) {
      throw new ArchiveError('USAGE', `“${path}” is no JSON file that can be read.`, { cause });
    }
  }
  return profile === undefined ? metadata : { ...metadata, profile };
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as Item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
