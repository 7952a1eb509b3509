import { coverage } from '../../../archive/data-management/index.ts';
import type { Service } from '../service.ts';

/** A storage location as people see it. */
export interface ShownLocation {
  readonly name: string;
  readonly state: 'active' | 'catching-up';
  /** Left out when the medium does not answer. */
  readonly device?: string;
  readonly freeBytes?: number;
  readonly site?: string;
  readonly ownerType?: string;
  readonly administrator?: string;
  readonly copies: number;
  readonly whole: number;
  readonly oldestVerified?: string;
}

/** Every location with its state, and how much of it was found whole. Paths on the machine are nobody's business here. */
export async function presentLocations({ context }: Pick<Service, 'context'>): Promise<ShownLocation[]> {
  const { catalog, storage } = context;
  const known = new Map((await coverage(catalog)).map((entry) => [entry.location, entry]));
  return Promise.all(
    storage.locations.map(async (driver): Promise<ShownLocation> => {
      const { name, site, ownerType, administrator } = driver.description;
      const facts = await driver.facts().catch(() => undefined); // away: shown by its state, and by lacking these
      const covered = known.get(name);
      return {
        name,
        state: storage.stateOf(name),
        ...(facts ? { device: facts.device, freeBytes: facts.freeBytes } : {}),
        ...(site ? { site } : {}),
        ...(ownerType ? { ownerType } : {}),
        ...(administrator ? { administrator } : {}),
        copies: covered?.copies ?? 0,
        whole: covered?.whole ?? 0,
        ...(covered?.oldest ? { oldestVerified: covered.oldest } : {}),
      };
    }),
  );
}
