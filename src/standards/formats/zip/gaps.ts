import type { ByteReader } from '../../../base/index.ts';
import { malformed, view } from './central-directory.ts';

/** Where an entry lies. */
interface Place {
  readonly offset: number;
  readonly compressedSize: number;
}

const localLength = 30;
/** A data descriptor at its largest (APPNOTE 4.3.9.2). */
const longestDescriptor = 24;

/**
 * Checks that entries, from the first byte to the directory, lie close enough together that no entry fits between them.
 * Readers that go from one local header to the next would show it, those that ask the directory would not.
 * @throws FormatError
 */
export async function checkGaps(reader: ByteReader, entries: readonly Place[], directoryOffset: number): Promise<void> {
  const inOrder = entries.toSorted((one, other) => one.offset - other.offset);
  if (inOrder[0] && inOrder[0].offset > 0) throw malformed('bytes before the first entry');
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1]?.offset ?? directoryOffset;
    const rest = next - entry.offset - localLength - entry.compressedSize;
    if (rest <= longestDescriptor) continue;
    const header = view(await reader.read(entry.offset, localLength));
    if (header.byteLength < localLength) throw malformed('an entry that is cut off');
    const named = header.getUint16(26, true) + header.getUint16(28, true);
    if (rest - named > longestDescriptor) throw malformed('bytes that belong to no entry');
  }
}
