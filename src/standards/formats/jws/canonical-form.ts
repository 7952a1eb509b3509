import type { JsonValue } from './read-json.ts';

/** A value in the canonical form of RFC 8785: names sorted by UTF-16 code units, no space, numbers as ECMAScript has them. */
export function canonicalForm(value: JsonValue): string {
  if (value instanceof Map) {
    const members = [...value].sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalForm(member)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(canonicalForm).join(',')}]`;
  return JSON.stringify(value);
}
