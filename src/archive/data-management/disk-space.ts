import type { Connection } from './catalog.ts';

/** What was free where a location lies, on a day. */
export interface DiskSpace {
  readonly location: string;
  readonly day: string;
  readonly device: string;
  readonly freeBytes: number;
}

/** Writes what is free; of a day the last word counts. */
export async function putDiskSpace(connection: Connection, { freeBytes, ...rest }: DiskSpace): Promise<void> {
  await connection('disk_space')
    .insert({ ...rest, free_bytes: freeBytes })
    .onConflict(['location', 'day'])
    .merge();
}

/** What was free on each day since one, by location, oldest first. */
export async function diskSpaceSince(connection: Connection, day: string): Promise<DiskSpace[]> {
  const rows = await connection('disk_space').where('day', '>=', day).orderBy(['location', 'day']);
  return rows.map(({ location, day: on, device, free_bytes }) => ({
    location,
    day: on,
    device,
    freeBytes: Number(free_bytes),
  }));
}
