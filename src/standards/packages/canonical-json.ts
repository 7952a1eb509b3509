import type { JsonValue } from './record-description.ts';

const deepest = 64;

/**
 * `value` as JSON in the canonical form of RFC 8785 (names sorted by UTF-16 code units, no space), with a newline at the
 * end: the same facts give the same bytes. One difference: a lone surrogate is written as an escape, not refused.
 * @throws RangeError when nested deeper than 64 levels.
 */
export function canonicalJson(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(`${written(value, 0)}\n`);
}

function written(value: JsonValue, depth: number): string {
  if (depth > deepest) throw new RangeError(`metadata is nested deeper than ${deepest} levels`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('JSON holds finite numbers only');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => written(item, depth + 1)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${written(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
