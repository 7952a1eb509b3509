import type { Context } from 'koa';

/** Longer than any proxy keeps a silent connection open. */
const longestWait = 60;

/** How many seconds the caller is ready to wait for the outcome (RFC 7240, `Prefer: wait=N`); 0 when it is not. */
export function waitOf(ctx: Context): number {
  const [, seconds] = /(?:^|[,;\s])wait=(\d{1,4})(?=$|[,;\s])/i.exec(ctx.get('Prefer')) ?? [];
  return seconds === undefined ? 0 : Math.min(longestWait, Number(seconds));
}

/** The outcome, or undefined when it takes longer than that. */
export async function within<Outcome>(outcome: Promise<Outcome>, seconds: number): Promise<Outcome | undefined> {
  if (seconds === 0) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
