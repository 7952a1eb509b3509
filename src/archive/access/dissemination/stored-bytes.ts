import { Readable } from 'node:stream';
import { sha512Hex } from '../../../base/index.ts';
import type { StoredFile } from '../../archival-storage/index.ts';
import type { AipEntry } from '../aip-contents.ts';

/** A file of a package whose bytes are at hand. */
export function bytesEntry(path: string, content: Uint8Array): AipEntry {
  return {
    path,
    size: content.length,
    sha512: sha512Hex(content),
    isMade: true,
    open: async () => storedBytes(content),
  };
}

function storedBytes(content: Uint8Array): StoredFile {
  return {
    size: content.length,
    read: async (offset, length) => content.subarray(offset, offset + length),
    stream: (start = 0, end = content.length) => Readable.from([content.subarray(start, end)], { objectMode: false }),
  };
}
