import { type ByteReader, FormatError } from '../../base/index.ts';
import { openZipEntry, readZip } from '../formats/zip/index.ts';

/** A ZIP's members, as far as identification needs them. */
export interface ZipContent {
  readonly names: ReadonlySet<string>;
  /** The first bytes of a member as text; `undefined` when it is not there, encrypted, or larger than it may be. */
  text(name: string, length: number): Promise<string | undefined>;
}

/** Members that have to be unpacked to be looked at are main parts and manifests: none is larger. */
const largestMember = 16 * 1024 * 1024;
const limits = { entries: 20_000, unpackedSize: 2 ** 42, ratio: 1100 };

/** Opens a ZIP by its central directory. `undefined` when it has none that can be read. */
export async function openZip(reader: ByteReader): Promise<ZipContent | undefined> {
  const entries = await unlessMalformed(() => readZip(reader, limits));
  if (!entries) return undefined;
  const byName = new Map(entries.map((entry) => [entry.path, entry]));
  return {
    names: new Set(byName.keys()),
    text: async (name, length) => {
      const entry = byName.get(name);
      const content = entry && (await unlessMalformed(() => openZipEntry(reader, entry, largestMember)));
      return content && Buffer.from(await content.read(0, length)).toString('utf8');
    },
  };
}

async function unlessMalformed<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
