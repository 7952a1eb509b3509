/** By which times things are proven to have existed (EN 319 102-1 5.6.2.3). Everything exists at the current time. */
export interface ProofsOfExistence {
  /** Whether something is proven to have existed at `time` or before. */
  existedBy(id: string, time: Date): boolean;
  /** Whether some proof lies between the two times. */
  isProvenWithin(id: string, start: Date, end: Date): boolean;
  /** The earliest proof. */
  earliest(id: string): Date;
  /** The same proofs with more: what a time-stamp covers existed when it was made. */
  with(ids: Iterable<string>, time: Date): ProofsOfExistence;
}

/** The proofs before anything is known. */
export function noProofs(currentTime: Date): ProofsOfExistence {
  return proofs(currentTime, new Map());
}

function proofs(currentTime: Date, times: ReadonlyMap<string, readonly Date[]>): ProofsOfExistence {
  const of = (id: string) => [...(times.get(id) ?? []), currentTime];
  return {
    existedBy: (id, time) => of(id).some((proof) => proof <= time),
    isProvenWithin: (id, start, end) => of(id).some((proof) => start <= proof && proof <= end),
    earliest: (id) => new Date(Math.min(...of(id).map((proof) => proof.getTime()))),
    with: (ids, time) => {
      const more = new Map(times);
      for (const id of ids) more.set(id, [...(more.get(id) ?? []), time]);
      return proofs(currentTime, more);
    },
  };
}
