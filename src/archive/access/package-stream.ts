import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { type WrittenZip, writeZip, type ZipInput } from '../../standards/formats/zip/index.ts';
import { exchangeDate, exchangeEntries } from '../../standards/packages/index.ts';
import type { StoredFile } from '../archival-storage/index.ts';
import type { AipContents, AipEntry } from './aip-contents.ts';

type Named = readonly { readonly name: string; readonly entry: AipEntry }[];

/** CRC-32 of what was given away before, by digest: who goes on with a download does not wait until all is read again. */
const checksums = new Map<string, number>();
const mostChecksums = 100_000;

/**
 * Packages as one ZIP, uncompressed: entries in a fixed order, one date, so that the same packages give the same bytes, any
 * range of them. Nothing is kept on disk or whole in memory; each file is opened when its turn comes and compared with its
 * digest; where one differs, reading fails.
 */
export function packageZip(packages: readonly AipContents[]): WrittenZip & { readonly tag: string } {
  if (checksums.size > mostChecksums) checksums.clear();
  const entries = packages.flatMap(ordered);
  const inputs = entries.map(
    ({ name, entry }): ZipInput => ({
      name,
      size: entry.size,
      key: entry.sha512,
      open: async () => streamOf(await entry.open()),
    }),
  );
  return { ...writeZip(inputs, checksums), tag: tagOf(entries) };
}

/** The same as one TAR, without ranges. */
export function packageTar(packages: readonly AipContents[]): Readable {
  const archive = pack();
  const fill = async () => {
    for (const { name, entry } of packages.flatMap(ordered)) {
      const file = await entry.open();
      await pipeline(streamOf(file), archive.entry({ name, size: file.size, mtime: exchangeDate, mode: 0o644 }));
    }
    archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  return Readable.from(archive, { objectMode: false });
}

function ordered(contents: AipContents): Named {
  const byPath = new Map(contents.entries.map((entry) => [entry.path, entry]));
  return exchangeEntries(contents.folder, byPath.keys()).flatMap(({ name, path }) => {
    const entry = byPath.get(path);
    return entry ? [{ name, entry }] : [];
  });
}

/** Names the bytes of the archive file: what goes in, and in which order. */
function tagOf(entries: Named): string {
  const hash = createHash('sha256');
  for (const { name, entry } of entries) hash.update(`${name}\0${entry.size} ${entry.sha512}\n`);
  return hash.digest('hex');
}

function streamOf(file: StoredFile): Readable {
  return file.size === 0 ? Readable.from([]) : Readable.from(file.stream(), { objectMode: false });
}
