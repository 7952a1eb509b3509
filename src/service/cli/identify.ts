import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ArchiveError, FormatError } from '../../base/index.ts';
import {
  combineSignatureFiles,
  type FormatIdentification,
  type FormatSignatures,
  identifyFormat,
  prepareSignatures,
  type SignatureData,
} from '../../standards/pronom/index.ts';
import type { Command } from './command.ts';

/** `trajno identify FILE… [--signatures FILE]… [--json]`: PRONOM ids by content, of files and of all files in folders. */
export const identify: Command = async (args, { out, shippedSignatures }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { signatures: { type: 'string', multiple: true, default: [] }, json: { type: 'boolean', default: false } },
  });
  if (positionals.length === 0) throw new ArchiveError('USAGE', 'Name at least one file.');
  const signatures = prepareSignatures(await readSignatures(values.signatures, await shippedSignatures()));
  const files = [];
  for (const named of positionals)
    for await (const file of filesBelow(named)) {
      const matches = await identifyFile(signatures, file);
      if (values.json) files.push({ file, matches: matches.map(({ signatures: _, ...match }) => match) });
      else out.line(`${file}  ${matches.map(described).join('; ') || 'unknown'}`);
    }
  if (values.json) out.json({ signatures: signatures.versions, files });
  return 0;
};

const containerFile = /^container-signature-\d{8}\.xml$/i;

/**
 * PRONOM's releases come as two files. Where one of formats is named alone, the newest of containers that lies beside it
 * goes with it: a newer one of formats with an older one of containers takes new containers for what they are made of.
 */
async function withContainers(files: readonly string[]): Promise<readonly string[]> {
  const [only] = files;
  if (only === undefined || files.length > 1 || containerFile.test(basename(only))) return files;
  const beside = await readdir(dirname(only)).catch(() => []); // that it cannot be read is told of the file itself
  const newest = beside
    .filter((name) => containerFile.test(name))
    .sort()
    .at(-1);
  return newest === undefined ? files : [only, join(dirname(only), newest)];
}

/**
 * The signatures of the files given, and of the containers beside a lone one of formats; of a kind that is not given, those
 * that are present.
 * @throws ArchiveError USAGE when a file cannot be read or is no signature file of DROID
 */
export async function readSignatures(files: readonly string[], present: SignatureData): Promise<SignatureData> {
  if (files.length === 0) return present;
  const contents = await Promise.all((await withContainers(files)).map(readSignatureFile));
  try {
    return combineSignatureFiles(contents, present);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    const detail = `These are no signature files of DROID, one of formats or one of each kind: ${cause.message}.`;
    throw new ArchiveError('USAGE', detail, { cause });
  }
}

/** Releases have some four megabytes. */
const largestSignatureFile = 64 << 20;

async function readSignatureFile(file: string): Promise<Uint8Array> {
  const { size } = await stat(file).catch((cause) => refuse(file, cause));
  if (size > largestSignatureFile) throw new ArchiveError('USAGE', `“${file}” is too large for a signature file.`);
  return readFile(file).catch((cause) => refuse(file, cause));
}

/**
 * The formats of a file on disk. Reading is synchronous: for a folder of small files that is three times as fast.
 * @throws ArchiveError USAGE when it cannot be read
 */
export async function identifyFile(signatures: FormatSignatures, file: string): Promise<FormatIdentification[]> {
  const handle = openedFile(file);
  try {
    const { size } = fstatSync(handle);
    const read = async (offset: number, length: number) => {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
      return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, offset));
    };
    return await identifyFormat(signatures, { size, read }, basename(file));
  } finally {
    closeSync(handle);
  }
}

function openedFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (cause) {
    return refuse(file, cause);
  }
}

/** A file itself, or every file below a folder, in the order of their names; links are not followed. */
async function* filesBelow(path: string): AsyncGenerator<string> {
  const found = await stat(path).catch((cause) => refuse(path, cause));
  if (!found.isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  yield* files.sort();
}

function refuse(file: string, cause: unknown): never {
  throw new ArchiveError('USAGE', `“${file}” cannot be read. Check the name.`, { cause });
}

function described({ puid, name, version, basis }: FormatIdentification): string {
  return [puid ?? 'no PUID', name, version, `(${basis})`].filter(Boolean).join(' ');
}
