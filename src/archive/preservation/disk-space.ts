import { utcSeconds } from '../../base/index.ts';
import { type DiskSpace, diskSpaceSince, putDiskSpace, readSetting, writeSetting } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

const day = 86_400_000;
const watchedDays = 90;
const notedSetting = 'disk-space-noted';

/** Notes once a day what is free in every location that answers. */
export async function noteDiskSpace({ catalog, clock, storage }: Holdings): Promise<void> {
  const today = utcSeconds(clock()).slice(0, 10);
  if ((await readSetting(catalog, notedSetting)) === today) return;
  for (const driver of storage.locations) {
    const facts = await driver.facts().catch(() => undefined); // away: there is nothing to be noted
    const { name: location } = driver.description;
    if (facts) await putDiskSpace(catalog, { location, day: today, device: facts.device, freeBytes: facts.freeBytes });
  }
  await writeSetting(catalog, notedSetting, today);
}

/** For how many days a location has room, by what it lost in the last three months; absent while that cannot be told. */
export async function diskForecast({
  catalog,
  clock,
}: Pick<Holdings, 'catalog' | 'clock'>): Promise<Map<string, number>> {
  const since = utcSeconds(new Date(clock().getTime() - watchedDays * day)).slice(0, 10);
  const noted = await diskSpaceSince(catalog, since);
  const forecast = new Map<string, number>();
  for (const location of new Set(noted.map((each) => each.location))) {
    const days = daysLeft(noted.filter((each) => each.location === location));
    if (days !== undefined) forecast.set(location, days);
  }
  return forecast;
}

/**
 * By the line that lies closest to what was free on these days (least squares). A disk that was changed begins anew.
 * @param noted of one location, oldest first
 * @returns undefined where there are fewer than seven days, or space does not shrink
 */
export function daysLeft(noted: readonly DiskSpace[]): number | undefined {
  const last = noted.at(-1);
  const same = noted.filter(({ device }) => device === last?.device);
  const [first] = same;
  if (!first || !last) return undefined;
  const points = same.map((each) => ({ x: (Date.parse(each.day) - Date.parse(first.day)) / day, y: each.freeBytes }));
  if ((points.at(-1)?.x ?? 0) < 7) return undefined;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  const slope = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
  return slope < 0 ? Math.floor(last.freeBytes / -slope) : undefined;
}
