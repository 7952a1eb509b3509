import type { Report } from './ocfl-findings.ts';

/** Digest → paths, digests as they are written. */
export type PathsByDigest = ReadonlyMap<string, readonly string[]>;

/** The members of a JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** Reads a block such as the manifest; what is not a list of texts is reported and left out. */
export function pathsByDigest(value: Members, code: string, place: string, report: Report): PathsByDigest {
  const map = new Map<string, readonly string[]>();
  for (const [digest, paths] of Object.entries(value)) {
    if (Array.isArray(paths) && paths.every((path): path is string => typeof path === 'string')) map.set(digest, paths);
    else report(code, place, `The digest ${digest} has no list of paths.`);
  }
  return map;
}

/** Reports digests that stand twice, whatever their case. */
export function checkDigestsOnce(map: PathsByDigest, code: string, place: string, report: Report): void {
  const seen = new Set<string>();
  for (const digest of map.keys()) {
    if (seen.has(digest.toLowerCase())) report(code, place, `The digest ${digest} stands twice.`);
    seen.add(digest.toLowerCase());
  }
}

/** Tells whether a value of JSON is an object. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
