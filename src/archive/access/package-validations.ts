import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { ArchiveError } from '../../base/index.ts';
import type { EarkValidation } from '../../standards/packages/index.ts';

/** A file of a package as it comes over the network; `path` with `/`, from the folder that was sent. */
export interface SentFile {
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Judges packages that someone sends; nothing of them is kept. */
export interface PackageValidations {
  /**
   * @param files one ZIP or TAR, or the files of a folder
   * @param specification asked when the files are there: a version such as `2.2`; undefined for what the package declares
   * @throws ArchiveError SUBMISSION_EMPTY | NAME_UNSAFE | NAME_CLASH | DISK_FULL | PACKAGE_TOO_LARGE
   */
  validate(files: AsyncIterable<SentFile>, at: Date, specification: () => string | undefined): Promise<EarkValidation>;
  close(): Promise<void>;
}

/** What one package may cost; a connection that is silent for longer is closed anyway. */
export interface ValidationLimits {
  readonly milliseconds: number;
  readonly heapMegabytes: number;
}

const usualLimits: ValidationLimits = { milliseconds: 100_000, heapMegabytes: 384 };

/**
 * Opens the place where sent packages are judged: in threads of their own, so that the service keeps answering, and so
 * that a package made to exhaust its judge takes nothing else down.
 * @param folder for the packages while they are judged; what an earlier process left there is removed
 */
export async function openPackageValidations(folder: string, limits = usualLimits): Promise<PackageValidations> {
  await rm(folder, { recursive: true, force: true });
  const source = import.meta.url.endsWith('.ts') ? './validation-task-from-source.mjs' : './validation-task.js';
  const pool = new Piscina({
    filename: fileURLToPath(new URL(source, import.meta.url)),
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 10_000,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
  });
  return {
    validate: async (files, at, specification) => {
      await mkdir(folder, { recursive: true });
      const place = await mkdtemp(join(folder, 'package-'));
      try {
        const path = await takeIn(files, place);
        return await judged(pool, { path, at, specification: specification() }, limits);
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
    close: () => pool.destroy(),
  };
}

async function judged(pool: Piscina, task: object, { milliseconds }: ValidationLimits): Promise<EarkValidation> {
  try {
    return await pool.run(task, { name: 'judgePackage', signal: AbortSignal.timeout(milliseconds) });
  } catch (cause) {
    const { name, code } = cause as NodeJS.ErrnoException;
    if (name !== 'AbortError' && code !== 'ERR_WORKER_OUT_OF_MEMORY') throw cause;
    throw new ArchiveError(
      'PACKAGE_TOO_LARGE',
      'The package takes more time or memory than the service gives one. Judge it with `trajno package validate`.',
      { cause },
    );
  }
}

/** Writes what comes below `place`. @returns the archive, or the folder, to judge */
async function takeIn(files: AsyncIterable<SentFile>, place: string): Promise<string> {
  const written = new Set<string>();
  for await (const { path, content } of files) {
    const segments = safeSegments(path);
    const target = join(place, 'sent', ...segments);
    const key = target.normalize('NFC').toLowerCase();
    if (written.has(key)) throw new ArchiveError('NAME_CLASH', `“${path}” was sent twice. Send each file once.`);
    written.add(key);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(Readable.from(content), createWriteStream(target, { flags: 'wx' })).catch((cause) => {
      if (cause.code !== 'ENOSPC') throw cause;
      throw new ArchiveError('DISK_FULL', 'There is no room for the package. Ask whoever runs the archive.', { cause });
    });
  }
  if (written.size === 0) throw new ArchiveError('SUBMISSION_EMPTY', 'Send a package: a ZIP, a TAR or a folder.');
  const sent = join(place, 'sent');
  const entries = await readdir(sent);
  const [only] = entries;
  return only !== undefined && entries.length === 1 ? join(sent, only) : sent;
}

/** @throws ArchiveError NAME_UNSAFE for a path that leads elsewhere or that no file system takes */
function safeSegments(path: string): string[] {
  const segments = path.split(/[\\/]/);
  const isUnsafe = (part: string) =>
    part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > 255 || /\p{Cc}/u.test(part);
  if (segments.some(isUnsafe) || segments.length > 64)
    throw new ArchiveError('NAME_UNSAFE', 'The name of a file is not a proper one. Rename it and send it again.');
  return segments;
}
