import type { ByteReader } from '../../base/index.ts';
import { openCompoundFile } from './compound-file.ts';
import type { FormatSignatures, PreparedContainer } from './format-signatures.ts';
import { holdsSignature } from './match-bytes.ts';
import type { FileRegion } from './match-sequence.ts';
import type { Budget } from './positions.ts';
import type { ContainerType } from './signature-data.ts';
import { openZip } from './zip-content.ts';

/** What is inside a container. */
interface Contents {
  has(path: string): boolean;
  beginning(path: string): Promise<{ bytes: Uint8Array; size: number } | undefined>;
}

/** Enough for every signature of the registry; unpacked members are looked at no further. */
const looked = 256 * 1024;
/** All members of one file together. */
const mostUnpacked = 64 << 20;

/**
 * The formats whose container signatures match; `undefined` when the file cannot be opened as such a container.
 * @throws what `reader` throws
 */
export async function matchContainers(
  signatures: FormatSignatures,
  type: ContainerType,
  reader: ByteReader,
  budget: Budget,
): Promise<Set<string> | undefined> {
  const contents = type === 'ZIP' ? await zipContents(reader) : await compoundContents(reader);
  if (!contents) return undefined;
  const read = rememberedBeginnings(contents);
  const found = new Set<string>();
  for (const container of signatures.containers.get(type) ?? [])
    if (await holdsFiles(container, contents, read, budget)) for (const puid of container.puids) found.add(puid);
  return found;
}

async function holdsFiles(
  { files }: PreparedContainer,
  contents: Contents,
  read: (path: string) => Promise<{ regions: readonly FileRegion[]; size: number } | undefined>,
  budget: Budget,
): Promise<boolean> {
  if (!files.every(({ path }) => contents.has(path))) return false;
  for (const { path, signatures } of files) {
    if (signatures.length === 0) continue;
    const member = await read(path);
    if (!member || !signatures.some(({ parts }) => holdsSignature(parts(), member.regions, member.size, budget)))
      return false;
  }
  return true;
}

/** Reads each member once, and all together no more than the limit. */
function rememberedBeginnings(contents: Contents) {
  const known = new Map<string, Promise<{ regions: readonly FileRegion[]; size: number } | undefined>>();
  let left = mostUnpacked;
  const read = async (path: string) => {
    const member = left > 0 ? await contents.beginning(path) : undefined;
    if (!member) return undefined;
    left -= member.bytes.length;
    const bytes = Buffer.from(member.bytes.buffer, member.bytes.byteOffset, member.bytes.byteLength);
    return { regions: [{ base: 0, bytes }], size: member.size };
  };
  return (path: string) => {
    const before = known.get(path);
    if (before) return before;
    const member = read(path);
    known.set(path, member);
    return member;
  };
}

async function zipContents(reader: ByteReader): Promise<Contents | undefined> {
  const zip = await openZip(reader);
  return zip && { has: (path) => zip.names.has(path), beginning: (path) => zip.beginning(path, looked) };
}

async function compoundContents(reader: ByteReader): Promise<Contents | undefined> {
  const file = await openCompoundFile(reader);
  return file && { has: (path) => file.paths.has(path), beginning: (path) => file.stream(path, looked) };
}
