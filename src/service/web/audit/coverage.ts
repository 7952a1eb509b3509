import { type CopyCount, copyCounts, coverage } from '../../../archive/data-management/index.ts';
import type { Service } from '../../http/index.ts';
import type { Speaker } from '../../messages/index.ts';
import { numberCell, type ShownTable, textCell, timeCell } from '../tables/shown-table.ts';

/** How much of a location was read within the period, by thirds of it. */
export interface LocationCoverage {
  readonly location: string;
  readonly copies: number;
  /** Read within the first, the second and the last third of the period. */
  readonly thirds: readonly [number, number, number];
  readonly inTime: number;
  readonly broken: number;
  readonly oldest?: string;
}

export interface Coverage {
  readonly periodDays: number;
  readonly locations: readonly LocationCoverage[];
}

const day = 86_400_000;

/** Of every copy, of records and of all else that the store holds. */
export async function coverageOf({ context, fixity }: Pick<Service, 'context' | 'fixity'>): Promise<Coverage> {
  const { catalog, clock } = context;
  const { periodDays } = fixity;
  const counts = await copyCounts(catalog);
  const oldest = new Map((await coverage(catalog)).map((each) => [each.location, each.oldest]));
  const now = clock().getTime();
  const since = (days: number) => new Date(now - days * day).toISOString().slice(0, 10);
  const edges = [1, 2, 3].map((third) => since((periodDays * third) / 3));
  const names = [...new Set(counts.map(({ location }) => location))];
  const locations = names.map((location): LocationCoverage => {
    const of = (wanted: (count: CopyCount) => boolean) =>
      counts
        .filter((count) => count.location === location && wanted(count))
        .reduce((sum, { copies }) => sum + copies, 0);
    const after = edges.map((edge) => of(({ day: read, state }) => state === 'whole' && read >= edge));
    const [first = 0, second = 0, third = 0] = after;
    const read = oldest.get(location);
    return {
      location,
      copies: of(() => true),
      thirds: [first, second - first, third - second],
      inTime: third,
      broken: of(({ state }) => state !== 'whole'),
      ...(read ? { oldest: read } : {}),
    };
  });
  return { periodDays, locations };
}

/** A share in whole percents; all is said only of all. */
export function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : part === whole ? 100 : Math.min(99, Math.floor((part / whole) * 100))} %`;
}

export function coverageTable(t: Speaker, { locations }: Coverage): ShownTable {
  return {
    name: 'coverage',
    title: t.say('coverage.title'),
    columns: [
      t.say('location.name'),
      t.say('coverage.copies'),
      t.say('coverage.inTime'),
      t.say('coverage.share'),
      t.say('coverage.broken'),
      t.say('location.oldest'),
    ],
    widths: [3, 1, 1, 1, 1, 2],
    rows: locations.map(({ location, copies, inTime, broken, oldest }) => [
      textCell(location),
      numberCell(t, copies),
      numberCell(t, inTime),
      { text: percent(inTime, copies), isNumber: true },
      numberCell(t, broken),
      timeCell(t, oldest),
    ]),
  };
}
