import { ArchiveError } from '../../../base/index.ts';

/** A part of a file; `end` is exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The one range that a `Range` header asks for (RFC 9110, 14.1). Several ranges, other units and malformed headers give
 * undefined: the whole file, as the RFC allows.
 * @throws ArchiveError RANGE_NOT_SATISFIABLE when it lies behind the end
 */
export function rangeIn(header: string, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header.trim()) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start >= size || end <= start)
    throw new ArchiveError('RANGE_NOT_SATISFIABLE', `The file has ${size} bytes; the range lies outside.`);
  return { start, end };
}
