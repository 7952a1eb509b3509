import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { type Catalog, catalogSchema, openCatalog } from './catalog.ts';
import { connect, isPostgresAddress } from './dialect.ts';

/** A catalog that is made anew beside the one in use. */
export interface FreshCatalog {
  readonly catalog: Catalog;
  /** Puts it in the place of the one in use, which is kept under another name. The catalog is closed then. */
  putInPlace(): Promise<void>;
}

/**
 * Opens an empty catalog beside the one that lies at `place`.
 * @param aside what the name of the old one ends with, when it is replaced
 */
export async function openFreshCatalog(place: string, aside: string): Promise<FreshCatalog> {
  return isPostgresAddress(place) ? freshSchema(place, aside) : freshFile(place, aside);
}

const parts = ['', '-wal', '-shm'];

async function freshFile(file: string, aside: string): Promise<FreshCatalog> {
  const fresh = `${file}.rebuilding`;
  for (const part of parts) await rm(`${fresh}${part}`, { force: true });
  const catalog = await openCatalog(fresh);
  const moveAll = async (from: string, to: string) => {
    for (const part of parts) if (existsSync(`${from}${part}`)) await rename(`${from}${part}`, `${to}${part}`);
  };
  return {
    catalog,
    putInPlace: async () => {
      await catalog.raw('PRAGMA wal_checkpoint(TRUNCATE)');
      await catalog.destroy();
      await moveAll(file, `${file}.before-${aside}`);
      await moveAll(fresh, file);
    },
  };
}

async function freshSchema(address: string, aside: string): Promise<FreshCatalog> {
  const fresh = `${catalogSchema}_rebuilding`;
  const database = await connect(address, catalogSchema);
  try {
    await database.raw('DROP SCHEMA IF EXISTS ?? CASCADE', [fresh]);
  } finally {
    await database.destroy();
  }
  const catalog = await openCatalog(address, fresh);
  return {
    catalog,
    putInPlace: async () => {
      await catalog.transaction(async (transaction) => {
        await transaction.raw('CREATE SCHEMA IF NOT EXISTS ??', [catalogSchema]);
        await transaction.raw('ALTER SCHEMA ?? RENAME TO ??', [catalogSchema, `${catalogSchema}_before_${aside}`]);
        await transaction.raw('ALTER SCHEMA ?? RENAME TO ??', [fresh, catalogSchema]);
      });
      await catalog.destroy();
    },
  };
}
