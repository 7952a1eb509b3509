import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AipContents } from './aip-contents.ts';
import { packageTar, packageZip } from './package-stream.ts';

/** How a package is written, and where. */
export interface WrittenForm {
  readonly form: 'zip' | 'tar' | 'folder';
  /** An existing or new folder. */
  readonly to: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Writes a package as one file or as a folder, under the name of its root folder. @returns its path */
export async function writePackageFiles(contents: AipContents, { form, to, onProgress }: WrittenForm): Promise<string> {
  const base = join(to, contents.folder);
  await mkdir(to, { recursive: true });
  if (form === 'folder') {
    await writeFolder(contents, base, onProgress);
    return base;
  }
  const written = `${base}.${form}`;
  const source = form === 'zip' ? packageZip([contents]).read() : packageTar([contents]);
  await pipeline(source, createWriteStream(written, { highWaterMark: 1 << 20 }));
  return written;
}

async function writeFolder(contents: AipContents, base: string, onProgress: WrittenForm['onProgress']): Promise<void> {
  await rm(base, { recursive: true, force: true });
  for (const [index, entry] of contents.entries.entries()) {
    const path = join(base, entry.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, (await entry.open()).stream());
    onProgress?.(index + 1, contents.entries.length);
  }
}
