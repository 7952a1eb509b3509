import type { ByteReader } from '../../../base/index.ts';

/** A document followed by an update in memory. */
export function appendedReader(document: ByteReader, update: Uint8Array): ByteReader {
  return {
    size: document.size + update.length,
    read: async (offset, length) => {
      const inDocument = Math.max(0, Math.min(length, document.size - offset));
      const start = Math.max(0, offset - document.size);
      const rest = update.subarray(start, start + length - inDocument);
      if (inDocument === 0) return rest;
      if (rest.length === 0 || inDocument === length) return document.read(offset, inDocument);
      return Buffer.concat([await document.read(offset, inDocument), rest]);
    },
  };
}
