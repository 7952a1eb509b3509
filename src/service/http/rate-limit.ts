import type { Context } from 'koa';
import { ArchiveError, type Clock } from '../../base/index.ts';

/** Questions that one address may ask at once, and that it gets back each minute. */
const most = 60;
const perMinute = 30;
/** Addresses that are remembered; of a crowd the oldest are forgotten. */
const mostAddresses = 10_000;

interface Bucket {
  left: number;
  at: number;
}

/**
 * Bounds how often one address may ask what anybody may ask. It keeps a program from trying codes all day; that none is
 * guessed is due to their length.
 * @returns throws ArchiveError TOO_MANY_REQUESTS, with `Retry-After`
 */
export function rateLimit(clock: Clock): (ctx: Context) => void {
  const buckets = new Map<string, Bucket>();
  return (ctx) => {
    const key = networkOf(ctx.ip);
    const now = clock().getTime();
    const before = buckets.get(key);
    const earned = before ? ((now - before.at) / 60_000) * perMinute : 0;
    const left = before ? Math.min(most, before.left + Math.max(0, earned)) : most;
    buckets.delete(key); // those who asked last stand last
    buckets.set(key, { left: Math.max(0, left - 1), at: now });
    for (const [oldest] of buckets) {
      if (buckets.size <= mostAddresses) break;
      buckets.delete(oldest);
    }
    if (left >= 1) return;
    ctx.set('Retry-After', String(Math.ceil(60 / perMinute)));
    throw new ArchiveError('TOO_MANY_REQUESTS', 'Too many questions in a short time. Wait a moment and try again.');
  };
}

/** Whoever has an IPv6 address has a network of them. */
function networkOf(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}
