import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ByteReader, chunksOf } from '../../../base/index.ts';

/** Does some work in a new folder that holds these files, and takes the folder away. */
export async function inFolderWith<Result>(
  files: Readonly<Record<string, ByteReader>>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'trajno-tool-'));
  try {
    for (const [name, reader] of Object.entries(files))
      await pipeline(Readable.from(chunksOf(reader)), createWriteStream(join(folder, name)));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
