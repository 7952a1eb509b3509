import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError, type Clock, utcSeconds } from '../../../base/index.ts';
import type { ReportContext } from '../../preservation/index.ts';
import { type AipContents, type AipEntry, aipContents } from '../aip-contents.ts';
import { type DipRequest, type DisseminationPackage, makeDip } from './make-dip.ts';
import { bytesEntry } from './stored-bytes.ts';

/** What was ordered: packages that are made, and can be fetched until they lapse. */
export interface DipOrder {
  readonly id: string;
  readonly institution: string;
  readonly records: readonly string[];
  readonly expiresAt: string;
}

/** Packages that people ordered and fetch, whole or on after a break. */
export interface DipOrders {
  /**
   * Makes a DIP of each record.
   * @throws ArchiveError as `makeDip`
   */
  place(requests: readonly DipRequest[]): Promise<DipOrder>;
  /** @throws ArchiveError ADDRESS_UNKNOWN for an order that there is not, or not any more */
  open(id: string, institution: string): Promise<{ order: DipOrder; packages: readonly AipContents[] }>;
}

/** A file of an ordered package: what was made lies beside the order, the rest in the store. */
type KeptEntry = Pick<AipEntry, 'path' | 'size' | 'sha512'> & { readonly made?: string };

interface KeptOrder extends DipOrder {
  readonly packages: readonly {
    readonly record: string;
    readonly version: number;
    readonly folder: string;
    readonly entries: readonly KeptEntry[];
  }[];
}

const days = 7;
const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Orders are kept in a folder for a week, without the documents: those are read from the store when they are fetched, so that
 * nothing is copied and any range of a package comes out the same.
 */
export function dipOrders(folder: string, context: ReportContext): DipOrders {
  return {
    place: async (requests) => {
      await removeLapsed(folder, context.clock);
      const made: DisseminationPackage[] = [];
      for (const request of requests) made.push(await makeDip(context, request));
      const [first] = made;
      if (!first) throw new ArchiveError('SUBMISSION_EMPTY', 'Name at least one record.');
      const id = first.id.slice('urn:uuid:'.length);
      const place = join(folder, id);
      await mkdir(place, { recursive: true });
      const packages: KeptOrder['packages'][number][] = [];
      for (const [index, { record, version, folder: root, entries }] of made.entries())
        packages.push({ record, version, folder: root, entries: await keep(place, index, entries) });
      const order: KeptOrder = {
        id,
        institution: context.institution.id,
        records: made.map(({ record }) => record),
        expiresAt: utcSeconds(new Date(context.clock().getTime() + days * 86_400_000)),
        packages,
      };
      await writeFile(join(place, 'order.json'), JSON.stringify(order)); // last: an order without it is none
      return plain(order);
    },
    open: async (id, institution) => {
      const order = idForm.test(id) ? await readOrder(join(folder, id)) : undefined;
      if (!order || order.institution !== institution || order.expiresAt <= utcSeconds(context.clock()))
        throw new ArchiveError('ADDRESS_UNKNOWN', 'There is no such package, or not any more. Order it again.');
      const packages: AipContents[] = [];
      for (const { record, version, folder: root, entries } of order.packages) {
        const stored = new Map(
          (await aipContents(context.storage, record, version)).entries.map((one) => [one.sha512, one]),
        );
        packages.push({
          folder: root,
          version,
          entries: entries.map((entry) => opened(join(folder, id), entry, stored)),
        });
      }
      return { order: plain(order), packages };
    },
  };
}

const plain = ({ id, institution, records, expiresAt }: KeptOrder): DipOrder => ({
  id,
  institution,
  records,
  expiresAt,
});

/** Writes what is in no location. */
async function keep(place: string, index: number, entries: readonly AipEntry[]): Promise<KeptEntry[]> {
  const kept: KeptEntry[] = [];
  for (const [number, { path, size, sha512, open, isMade }] of entries.entries()) {
    const made = isMade ? `${index}-${number}` : undefined;
    if (made) await writeFile(join(place, made), (await open()).stream());
    kept.push({ path, size, sha512, ...(made ? { made } : {}) });
  }
  return kept;
}

function opened(
  place: string,
  { path, sha512, size, made }: KeptEntry,
  stored: ReadonlyMap<string, AipEntry>,
): AipEntry {
  const entry = stored.get(sha512);
  if (made) {
    const open = async () => bytesEntry(path, await readFile(join(place, made))).open();
    return { path, size, sha512, open };
  }
  if (!entry) throw new ArchiveError('LOCATION_CORRUPT', 'The package of this record lacks a file. Run an audit.');
  return { ...entry, path };
}

async function readOrder(place: string): Promise<KeptOrder | undefined> {
  try {
    return JSON.parse(await readFile(join(place, 'order.json'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function removeLapsed(folder: string, clock: Clock): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const order = await readOrder(join(folder, name));
    if (order && order.expiresAt <= utcSeconds(clock())) await rm(join(folder, name), { recursive: true, force: true });
  }
}
