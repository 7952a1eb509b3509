import type { Report } from './ocfl-findings.ts';

/** The codes of one kind of path. */
export interface PathCodes {
  /** Begins or ends with `/`. */
  readonly slash: string;
  /** Has `.`, `..` or an empty element. */
  readonly element: string;
  /** Stands twice, or is a folder of another. */
  readonly conflict: string;
}

/** Content paths, of the manifest and the fixity block (OCFL 1.1 section 3.5.2). */
export const contentPathCodes: PathCodes = { slash: 'E100', element: 'E099', conflict: 'E101' };
/** Logical paths of a state (OCFL 1.1 section 3.5.3.1). */
export const logicalPathCodes: PathCodes = { slash: 'E053', element: 'E052', conflict: 'E095' };

/**
 * Checks that each path stays inside its root, and, if `unique`, that they can stand side by side.
 * @returns the paths that are safe to follow
 */
export function checkPaths(
  paths: readonly string[],
  codes: PathCodes,
  place: string,
  report: Report,
  unique = true,
): string[] {
  const safe = paths.filter((path) => isSafe(path, codes, place, report));
  if (unique) checkConflicts(safe, codes, place, report);
  return safe;
}

function isSafe(path: string, codes: PathCodes, place: string, report: Report): boolean {
  const ends = path.startsWith('/') || path.endsWith('/');
  if (ends) report(codes.slash, place, `The path “${path}” begins or ends with a slash.`);
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  const broken = inner.split('/').some((part) => part === '' || part === '.' || part === '..');
  if (broken) report(codes.element, place, `The path “${path}” has an empty element, “.” or “..”.`);
  return !ends && !broken && !path.includes('\0');
}

function checkConflicts(paths: readonly string[], codes: PathCodes, place: string, report: Report): void {
  const known = new Set<string>();
  for (const path of paths) {
    if (known.has(path)) report(codes.conflict, place, `The path “${path}” stands twice.`);
    known.add(path);
  }
  for (const path of known)
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
      if (known.has(path.slice(0, at)))
        report(codes.conflict, place, `The path “${path.slice(0, at)}” is a file, and a folder of “${path}”.`);
}
