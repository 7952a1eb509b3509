/** Where the time comes from. Handed in everywhere, so that a test can live through a century. */
export type Clock = () => Date;

/** UTC to the second, `2026-11-24T12:00:00Z`: the only form of time in JSON, packages and the journal. */
export function utcSeconds(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
