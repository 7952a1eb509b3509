import { join } from 'node:path';
import { filesystemLocation, type LocationDriver } from '../../src/archive/archival-storage/index.ts';
import type { CatalogRecord } from '../../src/archive/data-management/index.ts';
import type { OfferedMetadata } from '../../src/archive/ingest/index.ts';
import type { Clock } from '../../src/base/index.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { tickingClock } from './clock.ts';
import { emptyFolder } from './folders.ts';

/** Files by name, as a producer offers them. */
export type Offered = Readonly<Record<string, string | Uint8Array>>;

/** An archive in a folder of its own, opened as often as a test likes; all are closed when the suite ends. */
export interface TestArchive {
  readonly config: Config;
  readonly clock: Clock;
  open(wrap?: (driver: LocationDriver) => LocationDriver): Promise<OpenArchive>;
  /** Where a location's storage root lies. */
  store(location: string): string;
}

const opened: OpenArchive[] = [];
if (typeof after === 'function')
  after(async () => {
    for (const archive of opened.splice(0)) await archive.close();
  });

/** A new archive with two locations, or with those named. */
export function testArchive(environment: NodeJS.ProcessEnv = {}, clock: Clock = tickingClock()): TestArchive {
  const folder = emptyFolder();
  const config = readConfig({ TRAJNO_DATA: folder, TRAJNO_ONLINE: 'no', ...environment });
  return {
    config,
    clock,
    open: async (wrap = (driver) => driver) => {
      const archive = await openArchive(config, clock, (description, workers) =>
        wrap(filesystemLocation(description, workers)),
      );
      opened.push(archive);
      return { ...archive, close: () => closeOnce(archive) };
    },
    store: (location) => join(folder, 'locations', location, 'store'),
  };
}

async function closeOnce(archive: OpenArchive): Promise<void> {
  const index = opened.indexOf(archive);
  if (index >= 0) await opened.splice(index, 1)[0]?.close();
}

/** Takes files through the whole of ingest, as one record. */
export async function keep(
  { ingest }: OpenArchive,
  files: Offered,
  metadata: OfferedMetadata = { category: 'K-1' },
  idempotencyKey?: string,
): Promise<CatalogRecord> {
  const { submission, intake, duplicateOf } = await ingest.receive({
    actor: 'officer',
    metadata,
    files: offer(files),
    ...(idempotencyKey ? { idempotencyKey } : {}),
  });
  return ingest.process(submission, { number: intake.recordNumber, ...(duplicateOf ? { duplicateOf } : {}) });
}

/** Files as a producer's stream of them. */
export function offer(files: Offered) {
  return Object.entries(files).map(([name, content]) => ({ name, source: chunks(Buffer.from(content)) }));
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += 1 << 16) yield bytes.subarray(offset, offset + (1 << 16));
}

/** The code with which `work` is refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return String((error as { code?: unknown }).code ?? error);
  }
  return 'nothing was refused';
}
