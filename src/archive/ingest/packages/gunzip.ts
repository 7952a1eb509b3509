import { createGunzip } from 'node:zlib';
import { type ByteReader, chunksOf } from '../../../base/index.ts';
import { bomb, broken, type ContainerLimits } from '../checks/index.ts';

/** Whether the bytes begin as gzip does (RFC 1952). */
export async function isGzip(reader: ByteReader): Promise<boolean> {
  return Buffer.from(await reader.read(0, 3)).equals(Buffer.from([0x1f, 0x8b, 8]));
}

/**
 * The content of a gzip file in chunks; memory does not grow with it.
 * @throws ArchiveError ARCHIVE_BOMB as soon as it grows beyond the limits; DOCUMENT_BROKEN when it does not unpack
 */
export async function* gunzipped(
  name: string,
  reader: ByteReader,
  { maxUnpackedSize, maxRatio, ratioFrom }: ContainerLimits,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const feeding = feed(reader, gunzip);
  let size = 0;
  try {
    for await (const chunk of gunzip) {
      size += (chunk as Uint8Array).length;
      if (size > maxUnpackedSize || (size > ratioFrom && size > reader.size * maxRatio))
        throw bomb(name, 'it would grow beyond every measure');
      yield chunk as Uint8Array;
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) throw broken(name, 'it does not unpack', error);
    throw error;
  } finally {
    gunzip.destroy();
    await feeding.catch(() => undefined); // told by `gunzip`, which it destroys
  }
}

async function feed(reader: ByteReader, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const chunk of chunksOf(reader)) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await drained(gunzip);
    }
    gunzip.end();
  } catch (error) {
    gunzip.destroy(error as Error);
    throw error;
  }
}

function drained(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      gunzip.off('drain', done).off('close', done);
      resolve();
    };
    gunzip.once('drain', done).once('close', done);
  });
}
