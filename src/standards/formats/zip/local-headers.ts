import type { ByteReader } from '../../../base/index.ts';
import { malformed, view } from './central-directory.ts';

/** What the directory says of an entry. */
interface Listed {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
  readonly compressedSize: number;
  readonly method: number;
}

const localLength = 30;
/** A data descriptor at its largest (APPNOTE 4.3.9.2). */
const longestDescriptor = 24;

/**
 * Checks that readers that go from one local header to the next see what those see that ask the directory: from the first
 * byte to the directory no entry fits between the others, and each says the same of itself in both places.
 * @throws FormatError
 */
export async function checkLocalHeaders(
  reader: ByteReader,
  entries: readonly Listed[],
  directoryOffset: number,
): Promise<void> {
  const inOrder = entries.toSorted((one, other) => one.offset - other.offset);
  if (inOrder[0] && inOrder[0].offset > 0) throw malformed('bytes before the first entry');
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1]?.offset ?? directoryOffset;
    const header = await reader.read(entry.offset, Math.min(next - entry.offset, localLength + 3 * entry.path.length));
    const own = checkAgreement(header, entry);
    if (next - entry.offset - own - entry.compressedSize > longestDescriptor)
      throw malformed('bytes that belong to no entry');
  }
}

const hasDescriptor = 8;
/** Stands where the size is in an extra field or, with a descriptor, behind the content. */
const elsewhere = 0xffffffff;

/** @returns how long the local header is, with name and extra field */
function checkAgreement(bytes: Uint8Array, { path, method, size, compressedSize }: Listed): number {
  if (bytes.length < localLength) throw malformed('an entry that is cut off');
  const header = view(bytes);
  const nameLength = header.getUint16(26, true);
  const name = bytes.subarray(localLength, localLength + nameLength);
  if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(name) !== path)
    throw malformed('a local header with another name');
  if (header.getUint16(8, true) !== method) throw malformed('a local header with another method');
  const isStated = (header.getUint16(6, true) & hasDescriptor) === 0;
  const differs = (stated: number, listed: number) =>
    stated !== listed && stated !== elsewhere && (isStated || stated !== 0);
  if (differs(header.getUint32(18, true), compressedSize) || differs(header.getUint32(22, true), size))
    throw malformed('a local header with another size');
  return localLength + nameLength + header.getUint16(28, true);
}
