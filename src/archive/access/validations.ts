import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { ArchiveError } from '../../base/index.ts';
import type { EarkValidation } from '../../standards/packages/index.ts';
import type { ValidationReport } from '../../standards/signatures/index.ts';
import type { TrustedListsInUse, VerifiedFile } from '../trust-services/index.ts';
import { type SentFile, type SpooledFile, spool } from './sent-files.ts';

/** Judges what someone sends; nothing of it is kept. */
export interface Validations {
  /**
   * @param files one ZIP or TAR, or the files of a folder
   * @param specification asked when the files are there: a version such as `2.2`; undefined for what the package declares
   * @throws ArchiveError SUBMISSION_EMPTY | NAME_UNSAFE | NAME_CLASH | DISK_FULL | VALIDATION_TOO_COSTLY
   */
  ofPackage(files: AsyncIterable<SentFile>, at: Date, specification: () => string | undefined): Promise<EarkValidation>;
  /**
   * Validates every signature in the files sent. Each file is a document, and the others are what its detached signatures
   * may be over; where one came in the field `document`, it alone is.
   * @param at asked when the files are there
   * @returns the reports in the order of the files
   * @throws ArchiveError as above
   */
  ofSignatures(files: AsyncIterable<SentFile>, at: () => Date): Promise<DocumentValidation[]>;
  close(): Promise<void>;
}

/** What was found in one of the files sent. */
export interface DocumentValidation extends ValidationReport {
  readonly file: string;
}

/** What signatures are judged by. */
export interface TrustSettings {
  /** The certificates that paths may end in. */
  readonly trustFolder: string;
  /** Whether validation material that is missing is fetched. */
  readonly online: boolean;
  /** The trusted lists that tell what is qualified. */
  readonly listsInUse?: TrustedListsInUse;
}

/** The same, as it can be handed to a thread. */
export interface ThreadTrust extends Omit<TrustSettings, 'listsInUse'> {
  readonly listFiles?: readonly VerifiedFile[];
}

/** What one validation may cost; a connection that is silent for longer is closed anyway. */
export interface ValidationLimits {
  readonly milliseconds: number;
  readonly heapMegabytes: number;
}

const usualLimits: ValidationLimits = { milliseconds: 100_000, heapMegabytes: 384 };
const mostDocuments = 100;

/**
 * Opens the place where things sent are judged: in threads of their own, so that the service keeps answering, and so
 * that a file made to exhaust its judge takes nothing else down.
 * @param folder for the files while they are judged; what an earlier process left there is removed
 */
export async function openValidations(
  folder: string,
  trust: TrustSettings,
  limits = usualLimits,
): Promise<Validations> {
  await rm(folder, { recursive: true, force: true });
  const judges = openJudges(limits);
  const judged = async <Verdict>(
    files: AsyncIterable<SentFile>,
    judge: (spooled: SpooledFile[], place: string) => Promise<Verdict>,
  ): Promise<Verdict> => {
    await mkdir(folder, { recursive: true });
    const place = await mkdtemp(join(folder, 'sent-'));
    try {
      return await judge(await spool(files, place), place);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  };
  return {
    ofPackage: (files, at, specification) =>
      judged(files, async (_, place) =>
        judges.run('judgePackage', { path: await onlyEntry(place), at, specification: specification() }),
      ),
    ofSignatures: (files, at) =>
      judged(files, async (spooled) =>
        judges.run('judgeDocuments', { ...documentsAmong(spooled), trust: await threadTrust(trust), at: at() }),
      ),
    close: judges.close,
  };
}

function openJudges({ milliseconds, heapMegabytes }: ValidationLimits) {
  const source = import.meta.url.endsWith('.ts') ? './validation-tasks-from-source.mjs' : './validation-tasks.js';
  const pool = new Piscina({
    filename: fileURLToPath(new URL(source, import.meta.url)),
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 10_000,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  return {
    run: async (name: 'judgePackage' | 'judgeDocuments', task: object) => {
      try {
        return await pool.run(task, { name, signal: AbortSignal.timeout(milliseconds) });
      } catch (cause) {
        const { name, code } = cause as NodeJS.ErrnoException;
        if (name !== 'AbortError' && code !== 'ERR_WORKER_OUT_OF_MEMORY') throw cause;
        throw new ArchiveError(
          'VALIDATION_TOO_COSTLY',
          'This takes more time or memory than the service gives one validation. Use the command line.',
          { cause },
        );
      }
    },
    close: () => pool.destroy(),
  };
}

async function threadTrust({ trustFolder, online, listsInUse }: TrustSettings): Promise<ThreadTrust> {
  return { trustFolder, online, ...(listsInUse ? { listFiles: await listsInUse.files() } : {}) };
}

/** The archive, or the folder, that was sent; where several lie side by side, the folder around them. */
async function onlyEntry(place: string): Promise<string> {
  const entries = await readdir(place);
  const [only] = entries;
  return only !== undefined && entries.length === 1 ? join(place, only) : place;
}

/** @throws ArchiveError TOO_MANY_FILES */
function documentsAmong(spooled: readonly SpooledFile[]) {
  if (spooled.length > mostDocuments)
    throw new ArchiveError('TOO_MANY_FILES', `At most ${mostDocuments} files are judged at once. Send fewer.`);
  const named = spooled.filter(({ field }) => field === 'document');
  const isDocument = ({ field }: SpooledFile) => (named.length > 0 ? field === 'document' : true);
  return {
    files: spooled.map((one) => ({ name: basename(one.path), file: one.file, isDocument: isDocument(one) })),
  };
}
