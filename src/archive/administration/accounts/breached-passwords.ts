import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

const longestLine = 128;

/**
 * Looks for a password in a sorted file of upper-case SHA-1 digests, one a line, each perhaps with `:` and a count after
 * it (the form of "Have I Been Pwned"), by halving: a file of 40 GB costs some forty small reads.
 */
export async function isBreached(path: string, password: string): Promise<boolean> {
  const wanted = createHash('sha1').update(password).digest('hex').toUpperCase();
  const file = await open(path, 'r');
  try {
    let [low, high] = [0, (await file.stat()).size];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const line = await lineFrom(file, middle);
      if (!line || line.start >= high) {
        high = middle;
        continue;
      }
      if (line.digest === wanted) return true;
      if (line.digest < wanted) low = line.end;
      else high = middle;
    }
    return false;
  } finally {
    await file.close();
  }
}

/** The first line that begins at or after a place. */
async function lineFrom(file: FileHandle, place: number) {
  const from = Math.max(0, place - 1);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * longestLine), 0, 2 * longestLine, from);
  const text = buffer.toString('latin1', 0, bytesRead);
  const skip = place === 0 ? 0 : text.indexOf('\n') + 1;
  if (place !== 0 && skip === 0) return undefined;
  const end = text.indexOf('\n', skip);
  const line = text.slice(skip, end < 0 ? undefined : end);
  if (line === '') return undefined;
  return { start: from + skip, end: from + skip + line.length + 1, digest: line.slice(0, 40).toUpperCase() };
}
