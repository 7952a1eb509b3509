/** That something existed at a time, and what proves it: the id of a time-stamp or an evidence record of the document. */
export interface Proof {
  readonly time: Date;
  readonly by: string;
}

/** By which times things are proven to have existed (EN 319 102-1 5.6.2.3). Everything exists at the current time. */
export interface ProofsOfExistence {
  /** Whether something is proven to have existed at `time` or before. */
  existedBy(id: string, time: Date): boolean;
  /** Whether some proof lies between the two times. */
  isProvenWithin(id: string, start: Date, end: Date): boolean;
  /** The earliest proof. */
  earliest(id: string): Date;
  /** The proofs of something, the earliest first. */
  of(id: string): readonly Proof[];
  /** The same proofs with more: what a time-stamp covers existed when it was made. */
  with(ids: Iterable<string>, proof: Proof): ProofsOfExistence;
}

/** The proofs before anything is known. */
export function noProofs(currentTime: Date): ProofsOfExistence {
  return proofs(currentTime, new Map());
}

function proofs(currentTime: Date, known: ReadonlyMap<string, readonly Proof[]>): ProofsOfExistence {
  const timesOf = (id: string) => [...(known.get(id) ?? []).map(({ time }) => time), currentTime];
  return {
    existedBy: (id, time) => timesOf(id).some((proof) => proof <= time),
    isProvenWithin: (id, start, end) => timesOf(id).some((proof) => start <= proof && proof <= end),
    earliest: (id) => new Date(Math.min(...timesOf(id).map((proof) => proof.getTime()))),
    of: (id) => [...(known.get(id) ?? [])].sort((one, other) => one.time.getTime() - other.time.getTime()),
    with: (ids, proof) => {
      const more = new Map(known);
      for (const id of ids) more.set(id, [...(more.get(id) ?? []), proof]);
      return proofs(currentTime, more);
    },
  };
}
