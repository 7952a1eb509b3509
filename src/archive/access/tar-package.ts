import { createReadStream } from 'node:fs';
import { extract } from 'tar-stream';
import { type ByteReader, FormatError } from '../../base/index.ts';
import type { PackageReader } from '../../standards/packages/index.ts';

const mostEntries = 1_000_000;

/**
 * The package in a TAR archive (AIP27: one top folder). One pass over the archive tells where each file's bytes lie;
 * files are then read in place.
 * @throws FormatError when the archive is malformed, or a name escapes or stands twice
 */
export async function tarPackage(path: string, archive: ByteReader): Promise<PackageReader> {
  const found = new Map<string, { offset: number; size: number }>();
  const folders = new Set<string>();
  for (const { name, offset, size } of await entriesOf(path)) {
    const parts = name.replace(/^(\.\/)+/, '').split('/'); // `tar c ./folder` writes every name so
    if (parts.some((part) => part === '' || part === '.' || part === '..'))
      throw new FormatError('TAR', 'a name escapes its folder');
    folders.add(parts[0] ?? '');
    const below = parts.slice(1).join('/');
    if (found.has(below)) throw new FormatError('TAR', 'a name stands twice');
    found.set(below, { offset, size });
  }
  const [folder] = folders;
  if (folders.size !== 1 || !folder) throw new FormatError('TAR', 'not a single top folder');
  return {
    folder,
    list: async () => [...found].map(([name, { size }]) => ({ path: name, size })),
    open: async (name) => {
      const place = found.get(name);
      if (!place) throw new FormatError('TAR', 'a file that is not in the archive');
      return {
        size: place.size,
        read: (start, length) => archive.read(place.offset + start, Math.max(0, Math.min(length, place.size - start))),
      };
    },
  };
}

function entriesOf(path: string): Promise<{ name: string; offset: number; size: number }[]> {
  return new Promise((resolve, reject) => {
    const entries: { name: string; offset: number; size: number }[] = [];
    const parser = extract();
    parser.on('entry', (header, stream, next) => {
      const offset = (header as { byteOffset?: number }).byteOffset;
      if (header.type === 'file' && offset !== undefined)
        entries.push({ name: header.name, offset, size: header.size ?? 0 });
      else if (header.type !== 'directory')
        parser.destroy(new FormatError('TAR', 'an entry is neither a file nor a folder'));
      if (entries.length > mostEntries) parser.destroy(new FormatError('TAR', 'too many entries'));
      stream.on('end', next);
      stream.resume();
    });
    parser.on('finish', () => resolve(entries));
    parser.on('error', (cause) =>
      reject(cause instanceof FormatError ? cause : new FormatError('TAR', 'malformed', { cause })),
    );
    const source = createReadStream(path, { highWaterMark: 1 << 20 });
    source.on('error', reject);
    source.pipe(parser);
  });
}
