import { unlessMalformed } from '../../../base/index.ts';
import {
  canonicalForm,
  decodeBase64Url,
  type JsonObject,
  type JsonValue,
  objectOf,
  readJson,
  sourceOf,
} from '../../formats/jws/index.ts';

/** One component of etsiU (TS 119 182-1 5.3.1): an object with one member. */
export interface UnsignedComponent {
  readonly name: string;
  readonly value: JsonValue;
  /** In base64url, as it stands; absent for a component in the clear. */
  readonly encoded?: string;
  readonly object: JsonObject;
}

const most = 5000;
const known = new WeakMap<JsonObject, readonly UnsignedComponent[]>();

/** The components of the unprotected header's etsiU; what is no component is passed over. */
export function componentsIn(header: JsonObject): readonly UnsignedComponent[] {
  const components = known.get(header) ?? readComponents(header);
  known.set(header, components);
  return components;
}

function readComponents(header: JsonObject): UnsignedComponent[] {
  const entries = header.get('etsiU');
  if (!Array.isArray(entries)) return [];
  return entries.slice(0, most).flatMap((entry) => {
    const object = typeof entry === 'string' ? decodedObject(entry) : objectOf(entry);
    const [member, another] = object ?? [];
    if (!object || !member || another) return [];
    const [name, value] = member;
    return [{ name, value, object, ...(typeof entry === 'string' ? { encoded: entry } : {}) }];
  });
}

function decodedObject(text: string): JsonObject | undefined {
  return unlessMalformed(() => objectOf(readJson(Buffer.from(decodeBase64Url(text)).toString('utf8'))));
}

/** Whether all entries of etsiU are of one kind, base64url or in the clear, as they must be (TS 119 182-1 5.3.1). */
export function isOfOneKind(header: JsonObject): boolean {
  const entries = header.get('etsiU');
  if (!Array.isArray(entries)) return entries === undefined;
  return entries.every((entry) => typeof entry === 'string') || entries.every((entry) => objectOf(entry) !== undefined);
}

const jcs = ['http://json-canonicalization.org/algorithm', 'https://www.rfc-editor.org/rfc/rfc8785'];

/**
 * The octets of a component that a time-stamp is over: base64url text as it stands; one in the clear as it stands too, or
 * in the canonical form that the time-stamp names.
 * @returns undefined where that form is none we know
 */
export function componentOctets({ encoded, object }: UnsignedComponent, canonAlg: string | undefined) {
  if (encoded !== undefined) return Buffer.from(encoded, 'latin1');
  if (canonAlg !== undefined) return jcs.includes(canonAlg) ? Buffer.from(canonicalForm(object)) : undefined;
  const source = sourceOf(object);
  return source === undefined ? undefined : Buffer.from(source);
}
