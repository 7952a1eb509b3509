import { problemOf } from './problem.ts';

/** Tells whether a failure is ours to look into, not the caller's to mend. */
export function isOurFault(error: unknown): boolean {
  if (isAborted(error)) return false;
  return problemOf(error, '').status >= 500;
}

/** The caller went away in the middle; nobody is left to answer. */
export function isAborted(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
