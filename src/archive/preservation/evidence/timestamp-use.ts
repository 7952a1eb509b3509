import { utcSeconds } from '../../../base/index.ts';
import { countUse, usesOf } from '../../data-management/index.ts';
import type { AuthorityTerms } from '../../trust-services/index.ts';
import type { EvidenceContext } from './evidence-context.ts';

/** How many time-stamps of an authority were used, and what is to be expected; costs are in the currency of its price. */
export interface TimestampUse extends AuthorityTerms {
  readonly name: string;
  readonly isTest: boolean;
  readonly usedThisMonth: number;
  readonly usedLastMonth: number;
  /** By the end of the month, if it goes on as it began. */
  readonly expectedThisMonth: number;
  readonly costThisMonth?: number;
  readonly expectedCostThisMonth?: number;
}

const day = 86_400_000;
const monthOf = (time: Date) => utcSeconds(time).slice(0, 7);
const seriesOf = (authority: string, month: string) => `timestamps ${month} ${authority}`;
const monthBegins = (time: Date, ahead = 0) => Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + ahead, 1);

/** Notes that an authority gave a time-stamp. */
export async function noteTimestamp(
  { catalog, institution, clock }: EvidenceContext,
  authority: string,
): Promise<void> {
  await countUse(catalog, institution.id, seriesOf(authority, monthOf(clock())));
}

/** The use of each authority, in the order of preference. Months are those of UTC. */
export async function timestampUse({
  catalog,
  institution,
  authorities,
  clock,
}: Pick<EvidenceContext, 'catalog' | 'institution' | 'authorities' | 'clock'>): Promise<TimestampUse[]> {
  const now = clock();
  const [begun, ends] = [monthBegins(now), monthBegins(now, 1)];
  const [thisMonth, lastMonth] = [monthOf(now), monthOf(new Date(begun - day))];
  const names = authorities.health().map(({ name }) => name);
  const series = names.flatMap((name) => [seriesOf(name, thisMonth), seriesOf(name, lastMonth)]);
  const used = await usesOf(catalog, institution.id, series);
  const passed = Math.max(day, now.getTime() - begun); // the first hours of a month say little of it
  return authorities.health().map(({ name, isTest, price, monthlyQuota }) => {
    const usedThisMonth = used.get(seriesOf(name, thisMonth)) ?? 0;
    const expectedThisMonth = Math.max(usedThisMonth, Math.round((usedThisMonth * (ends - begun)) / passed));
    const cost = (count: number) => Math.round(count * (price?.amount ?? 0) * 100) / 100;
    return {
      name,
      isTest,
      usedThisMonth,
      usedLastMonth: used.get(seriesOf(name, lastMonth)) ?? 0,
      expectedThisMonth,
      ...(monthlyQuota === undefined ? {} : { monthlyQuota }),
      ...(price ? { price, costThisMonth: cost(usedThisMonth), expectedCostThisMonth: cost(expectedThisMonth) } : {}),
    };
  });
}

/**
 * How long what waits has to wait so that the quota of the authority that is asked first lasts until the month's end; when it
 * is used up, until then. Renewals do not wait.
 */
export async function secondsForQuota(context: EvidenceContext): Promise<number> {
  const quota = context.authorities.health()[0]?.monthlyQuota;
  if (quota === undefined) return 0; // usually, and asked at every look for work
  const [first] = await timestampUse(context);
  const unused = quota - (first?.usedThisMonth ?? 0);
  if (unused <= 0) return Number.POSITIVE_INFINITY;
  const now = context.clock();
  return (monthBegins(now, 1) - now.getTime()) / 1000 / unused;
}
