import { FormatError } from '../../../base/index.ts';

/** A JSON value as it was read; objects are maps, so that no member name has a meaning of its own. */
export type JsonValue = null | boolean | number | string | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export type JsonObject = ReadonlyMap<string, JsonValue>;

const deepest = 64;
const mostValues = 500_000;

interface Reading {
  readonly text: string;
  at: number;
  values: number;
}

const sources = new WeakMap<object, string>();

/**
 * JSON text (RFC 8259), to the letter: nothing after the value, no member name twice (RFC 7515 4), at most 64 levels and
 * half a million values.
 * @throws FormatError
 */
export function readJson(text: string): JsonValue {
  const reading: Reading = { text, at: 0, values: 0 };
  const value = readValue(reading, 0);
  skipSpace(reading);
  if (reading.at < text.length) throw broken(reading, 'something follows the value');
  return value;
}

/** An object or array as it stands in the text that it was read from. */
export function sourceOf(value: JsonObject | JsonArray): string | undefined {
  return sources.get(value);
}

/** The value, where it is an object. */
export function objectOf(value: JsonValue | undefined): JsonObject | undefined {
  return value instanceof Map ? value : undefined;
}

/** The items, where the value is an array; none otherwise. */
export function itemsOf(value: JsonValue | undefined): JsonArray {
  return Array.isArray(value) ? value : [];
}

/** The value, where it is a string. */
export function stringOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readValue(reading: Reading, depth: number): JsonValue {
  skipSpace(reading);
  reading.values += 1;
  if (reading.values > mostValues) throw broken(reading, 'too many values');
  const start = reading.text[reading.at];
  if (start === '"') return readString(reading);
  if (start !== '{' && start !== '[') return readLiteral(reading);
  if (depth >= deepest) throw broken(reading, 'nested too deep');
  const from = reading.at;
  const value = start === '{' ? readObject(reading, depth + 1) : readArray(reading, depth + 1);
  sources.set(value, reading.text.slice(from, reading.at));
  return value;
}

function readObject(reading: Reading, depth: number): JsonObject {
  const members = new Map<string, JsonValue>();
  reading.at += 1;
  if (take(reading, '}')) return members;
  do {
    skipSpace(reading);
    if (reading.text[reading.at] !== '"') throw broken(reading, 'a member without a name');
    const name = readString(reading);
    if (members.has(name)) throw broken(reading, 'a member name stands twice');
    if (!take(reading, ':')) throw broken(reading, 'a member without a value');
    members.set(name, readValue(reading, depth));
  } while (take(reading, ','));
  if (!take(reading, '}')) throw broken(reading, 'an object that does not end');
  return members;
}

function readArray(reading: Reading, depth: number): JsonArray {
  const items: JsonValue[] = [];
  reading.at += 1;
  if (take(reading, ']')) return items;
  do items.push(readValue(reading, depth));
  while (take(reading, ','));
  if (!take(reading, ']')) throw broken(reading, 'an array that does not end');
  return items;
}

function readString(reading: Reading): string {
  const { text, at } = reading;
  let end = text.indexOf('"', at + 1);
  while (end > 0 && isEscaped(text, end, at)) end = text.indexOf('"', end + 1);
  if (end < 0) throw broken(reading, 'a string that does not end');
  reading.at = end + 1;
  return parsed<string>(reading, text.slice(at, end + 1));
}

function isEscaped(text: string, quote: number, start: number): boolean {
  let at = quote - 1;
  while (at > start && text[at] === '\\') at -= 1;
  return (quote - 1 - at) % 2 === 1;
}

function readLiteral(reading: Reading): null | boolean | number {
  const literal = /[^\s,\]}]{0,400}/y;
  literal.lastIndex = reading.at;
  const [text = ''] = literal.exec(reading.text) ?? [];
  reading.at += text.length;
  return parsed<null | boolean | number>(reading, text);
}

/** Strings, numbers and names: the engine's own reader keeps to RFC 8259. */
function parsed<Value>(reading: Reading, text: string): Value {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError('JSON', 'not a JSON value', { offset: reading.at, cause });
  }
}

function take(reading: Reading, character: string): boolean {
  skipSpace(reading);
  if (reading.text[reading.at] !== character) return false;
  reading.at += 1;
  return true;
}

function skipSpace(reading: Reading): void {
  const { text } = reading;
  while (' \t\n\r'.includes(text[reading.at] ?? 'x')) reading.at += 1;
}

function broken({ at }: Reading, detail: string): FormatError {
  return new FormatError('JSON', detail, { offset: at });
}
