import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { pack } from 'tar-stream';
import { exchangeDate, exchangeEntries } from '../../standards/packages/index.ts';
import type { StoredFile } from '../archival-storage/index.ts';
import type { AipContents, AipEntry } from './aip-contents.ts';

const zip64From = 0xffff_ffff;

/**
 * A package as one ZIP or TAR, uncompressed, made while it is read: entries in a fixed order below one root folder, one
 * date. The same package gives the same bytes. Nothing is kept on disk or whole in memory; each file is opened when its
 * turn comes.
 */
export function packageStream(contents: AipContents, form: 'zip' | 'tar'): Readable {
  const byPath = new Map(contents.entries.map((entry) => [entry.path, entry]));
  const ordered = exchangeEntries(contents.folder, byPath.keys()).flatMap(({ name, path }) => {
    const entry = byPath.get(path);
    return entry ? [{ name, entry }] : [];
  });
  return form === 'zip' ? zipStream(ordered) : tarStream(ordered);
}

type Named = readonly { readonly name: string; readonly entry: AipEntry }[];

function zipStream(entries: Named): Readable {
  const archive = new ZipArchive({ store: true, forceZip64: entries.some(({ entry }) => entry.size >= zip64From) });
  const fill = async () => {
    for (const { name, entry } of entries) {
      const file = await entry.open();
      const added = new Promise((resolve) => archive.once('entry', resolve));
      archive.append(streamOf(file), { name, date: exchangeDate, mode: 0o644 });
      await added;
    }
    await archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  return archive;
}

function tarStream(entries: Named): Readable {
  const archive = pack();
  const fill = async () => {
    for (const { name, entry } of entries) {
      const file = await entry.open();
      await pipeline(streamOf(file), archive.entry({ name, size: file.size, mtime: exchangeDate, mode: 0o644 }));
    }
    archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  return Readable.from(archive, { objectMode: false });
}

function streamOf(file: StoredFile): Readable {
  return file.size === 0 ? Readable.from([]) : Readable.from(file.stream(), { objectMode: false });
}
