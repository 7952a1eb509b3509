import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bringBack, markCatchingUp } from '../../src/archive/administration/index.ts';
import { filesystemLocation } from '../../src/archive/archival-storage/index.ts';
import type { CatalogRecord } from '../../src/archive/data-management/index.ts';
import { openIngest } from '../../src/archive/ingest/index.ts';
import type { RevalidationContext } from '../../src/archive/preservation/index.ts';
import type { Clock } from '../../src/base/index.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { keep, type Offered } from '../support/archive.ts';
import { digestsOf, policyOf } from './algorithm-table.ts';
import type { CenturyAuthorities } from './authorities.ts';

const waits = 60; // seconds, until a batch is due

/** Nothing here outlives the machine, and asking for it a hundred thousand times would take most of the time. */
const unsynced: typeof filesystemLocation = (description, workers) => ({
  ...filesystemLocation(description, workers),
  sync: async () => undefined,
});

/** An archive that outlives its disks and its processes. */
export async function centuryArchive(folder: string, clock: Clock, authorities: CenturyAuthorities) {
  let config: Config = readConfig({ TRAJNO_DATA: folder, TRAJNO_ONLINE: 'no' });
  let open: OpenArchive = await openArchive(config, clock, unsynced);
  let inUse = authorities.inUse();
  const { trust } = authorities;

  const context = (): RevalidationContext => {
    const year = clock().getUTCFullYear();
    return {
      ...open.evidence,
      anchors: trust.anchors,
      timestampAnchors: trust.anchors,
      materialSource: trust.source,
      authorities: inUse,
      validationPolicy: policyOf(year),
      evidencePolicy: { ...open.evidence.evidencePolicy, closeAfterSeconds: waits, ...digestsOf(year) },
    };
  };
  const folderOf = (name: string) => join(folder, 'locations', name);

  return {
    context,
    locations: () => config.locations.map(({ name }) => name),
    /** The storage roots of the locations in use. */
    stores: () => config.locations.map(({ name }) => join(folderOf(name), 'store')),

    take: (files: Offered): Promise<CatalogRecord> => {
      const { anchors, materialSource, validationPolicy } = context();
      const changed = {
        ...open.context,
        anchors,
        ...(materialSource ? { materialSource } : {}),
        ...(validationPolicy ? { validationPolicy } : {}),
      };
      return keep({ ...open, context: changed, ingest: openIngest(changed) }, files);
    },

    /** Another process takes over, with the authorities of the year. */
    restart: async () => {
      await open.close();
      open = await openArchive(config, clock, unsynced);
      inUse = authorities.inUse();
    },

    /** The disk of a location is gone. */
    lose: async (name: string) => {
      rmSync(folderOf(name), { recursive: true });
      await markCatchingUp(open.context, name, 'operator', 'the disk died');
    },

    /** Another disk comes in the place of one that is gone. @returns how many objects were copied to it */
    replace: async (name: string, by: string) => {
      await open.close();
      const url = pathToFileURL(folderOf(by)).href;
      config = { ...config, locations: [...config.locations.filter((one) => one.name !== name), { name: by, url }] };
      open = await openArchive(config, clock, unsynced);
      return bringBack(open.context, by, 'operator');
    },

    close: () => open.close(),
  };
}

export type CenturyArchive = Awaited<ReturnType<typeof centuryArchive>>;
