import type { Random } from '../random.ts';
import { mutateAsn1 } from './asn1.ts';
import { mutateOctets } from './octets.ts';

type Json = Record<string, unknown>;

const members: readonly (readonly [string, unknown])[] = [
  ['alg', 'none'],
  ['alg', 'HS256'],
  ['alg', 'RS512'],
  ['alg', 'ES256'],
  ['alg', 'PS256'],
  ['b64', false],
  ['b64', true],
  ['crit', ['b64']],
  ['crit', ['x']],
  ['crit', []],
  ['x5c', []],
  ['sigD', { mId: 'http://uri.etsi.org/19182/ObjectIdByURIHash', pars: ['a'], hashM: 'S256', hashV: ['a'] }],
  ['sigD', { mId: 'http://uri.etsi.org/19182/HttpHeaders', pars: ['(request-target)'] }],
  ['etsiU', []],
  ['payload', ''],
  ['payload', 'OTk'],
  ['iat', 1],
  ['sigT', '2020-01-01T00:00:00Z'],
  ['__proto__', { alg: 'none' }],
  ['signatures', []],
  ['jwk', {}],
  ['kid', 'x'],
  ['zip', 'DEF'],
  ['cty', 'json'],
];

/** Edits of a JWS in any serialization: header, payload, unsigned components, base64url itself, one serialization for another. */
export function mutateJws(random: Random, bytes: Buffer): Buffer {
  const text = bytes.toString('utf8');
  if (random.chance(10)) return mutateOctets(random, bytes);
  if (!text.startsWith('{')) return Buffer.from(mutateCompact(random, text));
  if (random.chance(25)) return Buffer.from(mutateText(random, text));
  try {
    const document = JSON.parse(text) as Json;
    return Buffer.from(JSON.stringify(mutateDocument(random, document)));
  } catch {
    return mutateOctets(random, bytes);
  }
}

function mutateCompact(random: Random, text: string): string {
  const parts = text.split('.');
  const at = random.below(parts.length);
  switch (random.below(6)) {
    case 0:
      return random.pick([
        `${text}.`,
        `.${text}`,
        parts.slice(0, 2).join('.'),
        [parts[0], '', parts[2]].join('.'),
        `${text}\n`,
        ` ${text}`,
        [...parts].reverse().join('.'),
      ]);
    case 1:
      return JSON.stringify(mutateDocument(random, { payload: parts[1], protected: parts[0], signature: parts[2] }));
    case 2:
      parts[0] = headerChanged(random, parts[0] ?? '');
      return parts.join('.');
    default:
      parts[at] = encodedChanged(random, parts[at] ?? '');
      return parts.join('.');
  }
}

function mutateDocument(random: Random, document: Json): Json {
  const keys = Object.keys(document);
  const key = random.pick(keys);
  const value = document[key];
  switch (random.below(8)) {
    case 0: {
      const { [key]: _, ...rest } = document;
      return rest;
    }
    case 1: {
      const [name, added] = random.pick(members);
      return { ...document, [name]: added };
    }
    case 2:
      if (typeof document.protected === 'string')
        return { ...document, protected: headerChanged(random, document.protected) };
      break;
    case 3: {
      const { payload, ...signature } = document;
      const forged = { ...signature, protected: headerChanged(random, String(signature.protected)) };
      return {
        payload: random.chance(50) ? payload : 'OTk',
        signatures: random.pick([[signature], [signature, signature], [forged, signature], [signature, forged]]),
        ...(random.chance(30) ? signature : {}),
      };
    }
    case 4: {
      const header = decoded(document.protected);
      const unsigned = (document.header ?? {}) as Json;
      return {
        ...document,
        header: random.chance(50)
          ? { ...unsigned, ...header }
          : { ...unsigned, [random.pick(members)[0]]: random.pick(members)[1] },
      };
    }
    default:
  }
  if (typeof value === 'string') return { ...document, [key]: encodedChanged(random, value) };
  if (Array.isArray(value)) return { ...document, [key]: listChanged(random, value) };
  if (value && typeof value === 'object') {
    const inner = value as Json;
    const list = inner.etsiU;
    if (Array.isArray(list) && random.chance(80))
      return { ...document, [key]: { ...inner, etsiU: listChanged(random, list) } };
    return { ...document, [key]: Object.keys(inner).length > 0 ? mutateDocument(random, inner) : { x: 1 } };
  }
  return document;
}

function listChanged(random: Random, list: readonly unknown[]): unknown[] {
  const copy = [...list];
  const at = random.below(copy.length);
  const one = copy[at];
  switch (random.below(6)) {
    case 0:
      copy.splice(at, 1);
      return copy;
    case 1:
      copy.splice(random.below(copy.length + 1), 0, one);
      return copy;
    case 2:
      return copy.reverse();
    case 3:
      if (typeof one === 'string') copy[at] = decoded(one);
      return copy;
    default:
      if (typeof one === 'string') copy[at] = componentChanged(random, one);
      else if (one && typeof one === 'object' && Object.keys(one).length > 0)
        copy[at] = mutateDocument(random, one as Json);
      return copy;
  }
}

/** A component holds time-stamps, certificates and revocation data in base64: these are edited as what they are. */
function componentChanged(random: Random, encoded: string): string {
  const text = Buffer.from(encoded, 'base64url').toString('utf8');
  const found = [...text.matchAll(/MII[A-Za-z0-9+/=]{40,}/g)];
  if (found.length === 0 || random.chance(30)) return headerChanged(random, encoded);
  const match = random.pick(found);
  const by = mutateAsn1(random, Buffer.from(match[0], 'base64')).toString('base64');
  return Buffer.from(text.slice(0, match.index) + by + text.slice(match.index + match[0].length)).toString('base64url');
}

function headerChanged(random: Random, encoded: string): string {
  const text = Buffer.from(encoded, 'base64url').toString('utf8');
  const by = random.chance(50)
    ? mutateText(random, text)
    : JSON.stringify(mutateDocument(random, { x: 1, ...decoded(encoded) }));
  return Buffer.from(by).toString('base64url');
}

function decoded(encoded: unknown): Json {
  try {
    const value = JSON.parse(Buffer.from(String(encoded), 'base64url').toString('utf8'));
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

/** The same text with a member twice, escapes, white space, another number. */
function mutateText(random: Random, text: string): string {
  const names = [...text.matchAll(/"([A-Za-z0-9#]+)"\s*:/g)];
  if (names.length === 0) return `${text} `;
  const { index, 0: whole, 1: name = '' } = random.pick(names);
  const before = text.slice(0, index);
  const after = text.slice(index + whole.length);
  return random.pick([
    `${before}"${name}":${JSON.stringify(random.pick(members)[1])},${whole}${after}`,
    `${before}"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}":${after}`,
    `${before}"${name.toUpperCase()}":${after}`,
    `${before}"${name}x":${after}`,
    `${before} \n"${name}" :\t${after}`,
    `\ufeff${text}`,
    `${text}${text}`,
    `${text.slice(0, -1)},"payload":"OTk"}`,
    `${text.slice(0, -1)},"${name}":null}`,
    `${'['.repeat(3000)}${text}`,
    text.replace(/\d+/, (digits) => `${digits}.0`),
  ]);
}

/** base64url that decodes to the same, or to nearly the same. */
function encodedChanged(random: Random, encoded: string): string {
  const at = random.below(encoded.length);
  return random.pick([
    `${encoded}=`,
    `${encoded}==`,
    `${encoded}A`,
    `${encoded} `,
    `${encoded.slice(0, at)}\n${encoded.slice(at)}`,
    encoded.replaceAll('-', '+').replaceAll('_', '/'),
    encoded.slice(0, -1) + String.fromCharCode(encoded.charCodeAt(encoded.length - 1) + 1),
    mutateOctets(random, Buffer.from(encoded, 'base64url')).toString('base64url'),
    mutateOctets(random, Buffer.from(encoded)).toString('latin1'),
    '',
  ]);
}
