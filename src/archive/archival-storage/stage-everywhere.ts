import { createHash } from 'node:crypto';
import type { LocationDriver, StagedWriter } from './location-driver.ts';

/** A file in staging, written to every active location and hashed on the way. */
export interface StagedFile {
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
}

/** Files above this are made durable by themselves, not with their group. */
const durableAbove = 4 << 20;
/** From here on one location is written to, and the others of this machine copy from it: the system copies three times as fast. */
const copyAbove = 16 << 20;

/** Writes a file to staging in every location, hashed on the way. */
export async function stageEverywhere(
  drivers: readonly LocationDriver[],
  stagingId: string,
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<StagedFile> {
  const writers = await openWriters(drivers, stagingId, name);
  const from = drivers[0]?.stagedPath?.(stagingId, name);
  const copying = from === undefined ? [] : drivers.slice(1).filter((driver) => driver.copyStaged);
  const directly = writers.filter((_, index) => !copying.includes(drivers[index] as LocationDriver));
  const staged = await writeEverywhere(writers, source, { directly, above: copyAbove });
  if (from !== undefined && staged.size > copyAbove)
    await Promise.all(copying.map((driver) => driver.copyStaged?.(stagingId, name, from)));
  return staged;
}

/** Opens a staged file in every location, or in none. */
export async function openWriters(
  drivers: readonly LocationDriver[],
  stagingId: string,
  name: string,
): Promise<StagedWriter[]> {
  const opened = await Promise.allSettled(drivers.map((driver) => driver.createStaged(stagingId, name)));
  const failure = opened.find((one) => one.status === 'rejected');
  const writers = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (!failure) return writers;
  await Promise.all(writers.map((writer) => writer.close(false)));
  throw failure.reason;
}

/**
 * One pass: every chunk is hashed twice and written by every writer; memory holds a chunk.
 * @param large from that many bytes on only these writers go on
 */
export async function writeEverywhere(
  writers: readonly StagedWriter[],
  source: AsyncIterable<Uint8Array>,
  large: { readonly directly: readonly StagedWriter[]; readonly above: number } = { directly: writers, above: 0 },
): Promise<StagedFile> {
  const [sha256, sha512] = [createHash('sha256'), createHash('sha512')];
  let size = 0;
  let complete = false;
  try {
    for await (const chunk of source) {
      const using = size > large.above ? large.directly : writers;
      const writing = Promise.all(using.map((writer) => writer.write(chunk)));
      writing.catch(() => undefined); // awaited below, after the hashing that runs beside it
      sha256.update(chunk);
      sha512.update(chunk);
      size += chunk.length;
      await writing;
    }
    complete = true;
  } finally {
    await Promise.all(writers.map((writer) => writer.close(complete && size > durableAbove)));
  }
  return { size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') };
}
