import { createHash } from 'node:crypto';
import {
  decodeBase64Url,
  encodedBase64Url,
  itemsOf,
  type JsonObject,
  jwsDigest,
  objectOf,
  stringOf,
} from '../../formats/jws/index.ts';
import { type DigestName, nodeDigest } from '../../formats/x509/index.ts';
import { digestNamed } from '../../formats/xmldsig/index.ts';
import { contentOfBytes, type SignedContent } from '../signed-content.ts';
import type { ReferenceFact, Scope } from '../signed-document.ts';
import { isPayloadEncoded } from './jades-header.ts';
import { headerLines } from './jades-http-headers.ts';
import { type RemainingWork, worked } from './jades-work.ts';

/** What a signature is over; reading it is work that is counted. */
export interface JadesPayload {
  /** Its octets as the signing input has them; undefined where they are not at hand. */
  readonly octets: (() => AsyncIterable<Uint8Array>) | undefined;
  /** The same for time-stamps, which are over the data objects themselves (TS 119 182-1 5.3.6.2). */
  readonly stamped: (() => AsyncIterable<Uint8Array>) | undefined;
  /** The data objects that sigD names by their digests. */
  readonly references: readonly ReferenceFact[];
  readonly scopes: readonly Scope[];
}

const mechanisms = 'http://uri.etsi.org/19182/';

/**
 * What the signature is over: the payload in the JWS, or what was handed in for a detached one (RFC 7515 appendix F), or
 * what sigD names (TS 119 182-1 5.2.8).
 * @param payload as it stands in the JWS
 * @throws FormatError
 */
export async function readPayload(
  header: JsonObject,
  payload: string | undefined,
  contents: readonly SignedContent[],
  work: RemainingWork,
): Promise<JadesPayload> {
  const { octets, stamped, ...rest } = await uncounted(header, payload, contents);
  return {
    octets: octets && (() => worked(octets(), work)),
    stamped: stamped && (() => worked(stamped(), work)),
    ...rest,
  };
}

async function uncounted(
  header: JsonObject,
  payload: string | undefined,
  contents: readonly SignedContent[],
): Promise<JadesPayload> {
  const detached = objectOf(header.get('sigD'));
  if (payload !== undefined && payload !== '') return attachedPayload(header, payload);
  if (detached) return detachedPayload(detached, isPayloadEncoded(header), contents);
  const [content, another] = contents;
  const only = content && !another ? [content] : [];
  return concatenated(only, only.length === 1, isPayloadEncoded(header));
}

/** Where an extra sigD would let anyone choose which of the two was signed, the payload in the JWS is what counts. */
function attachedPayload(header: JsonObject, payload: string): JadesPayload {
  if (isPayloadEncoded(header)) decodeBase64Url(payload);
  const octets = () => once(Buffer.from(payload));
  return { octets, stamped: octets, references: [], scopes: [{ scope: 'FULL', name: 'JWS payload' }] };
}

async function detachedPayload(
  sigD: JsonObject,
  encoded: boolean,
  contents: readonly SignedContent[],
): Promise<JadesPayload> {
  const names = itemsOf(sigD.get('pars')).map((name) => stringOf(name) ?? '');
  switch (sigD.get('mId')) {
    case `${mechanisms}HttpHeaders`:
      return httpHeaders(names, encoded, contents);
    case `${mechanisms}ObjectIdByURI`: {
      const named = names.map((name) => contentNamed(name, names.length, contents));
      const found = named.filter((content) => content !== undefined);
      return concatenated(found, found.length === names.length && found.length > 0, encoded);
    }
    case `${mechanisms}ObjectIdByURIHash`:
      return byDigest(sigD, names, encoded, contents);
    default:
      return nothing;
  }
}

const nothing: JadesPayload = { octets: undefined, stamped: undefined, references: [], scopes: [] };

/** TS 119 182-1 5.2.8.3.2: the data objects one after the other, each in base64url by itself. */
function concatenated(contents: readonly SignedContent[], isWhole: boolean, encoded: boolean): JadesPayload {
  const scopes = contents.map((content): Scope => ({ scope: 'FULL', name: content.name ?? 'detached content' }));
  const readable = isWhole && contents.every((content) => content.chunks() !== undefined);
  if (!readable) return { ...nothing, scopes: isWhole ? scopes : [] };
  const octets = () => chunksOfAll(contents, encoded);
  return { octets, stamped: octets, references: [], scopes };
}

async function* chunksOfAll(contents: readonly SignedContent[], encoded: boolean): AsyncGenerator<Uint8Array> {
  for (const content of contents) {
    const chunks = content.chunks();
    if (chunks) yield* encoded ? encodedBase64Url(chunks) : chunks;
  }
}

/** TS 119 182-1 5.2.8.2: lines of HTTP header fields. */
async function httpHeaders(
  names: readonly string[],
  encoded: boolean,
  contents: readonly SignedContent[],
): Promise<JadesPayload> {
  const lines = await headerLines(names, contents);
  if (!lines) return nothing;
  const part = concatenated([contentOfBytes(Buffer.from(lines.signed))], true, encoded);
  const stamped = lines.stamped;
  return {
    octets: part.octets,
    stamped: stamped && (() => once(stamped)),
    references: [],
    scopes: [{ scope: 'PARTIAL', name: 'HTTP header fields' }],
  };
}

/** TS 119 182-1 5.2.8.3.3: the payload is empty, and sigD names the digest of each data object. */
async function byDigest(
  sigD: JsonObject,
  names: readonly string[],
  encoded: boolean,
  contents: readonly SignedContent[],
): Promise<JadesPayload> {
  const named = stringOf(sigD.get('hashM')) ?? '';
  const algorithm = jwsDigest(named) ?? digestNamed(named); // drafts had the URIs of XML signatures
  const digests = itemsOf(sigD.get('hashV')).map((value) => stringOf(value) ?? '');
  const references: ReferenceFact[] = [];
  const found: SignedContent[] = [];
  if (digests.length !== names.length || names.length === 0)
    references.push({ kind: 'DATA_OBJECT', found: false, intact: false });
  for (const [index, name] of names.entries()) {
    const content = contentNamed(name, names.length, contents);
    if (content) found.push(content);
    references.push(await digestReference(content, algorithm, digests[index] ?? '', encoded));
  }
  const scopes = found.map(
    (content, index): Scope => ({
      scope: content.chunks() ? 'FULL' : 'DIGEST',
      name: content.name ?? names[index] ?? 'detached content',
    }),
  );
  const all = concatenated(found, found.length === names.length, encoded);
  return { octets: () => once(new Uint8Array()), stamped: all.stamped, references, scopes };
}

async function digestReference(
  content: SignedContent | undefined,
  algorithm: DigestName | undefined,
  expected: string,
  encoded: boolean,
): Promise<ReferenceFact> {
  const computed = content && algorithm && (await digestOf(content, algorithm, encoded));
  return {
    kind: 'DATA_OBJECT',
    ...(algorithm ? { digestAlgorithm: algorithm } : {}),
    found: computed !== undefined,
    intact: computed !== undefined && Buffer.from(computed).toString('base64url') === expected,
  };
}

/** Of content that is known by its digests only, the digest is the one of what was hashed. */
async function digestOf(
  content: SignedContent,
  algorithm: DigestName,
  encoded: boolean,
): Promise<Uint8Array | undefined> {
  const chunks = content.chunks();
  if (!encoded || !chunks) return content.digest(algorithm);
  const named = nodeDigest(algorithm);
  if (!named) return undefined;
  const hash = createHash(named);
  for await (const chunk of encodedBase64Url(chunks)) hash.update(chunk);
  return hash.digest();
}

/** The content of that name; the only one, where one is named and one was handed in. */
function contentNamed(name: string, wanted: number, contents: readonly SignedContent[]): SignedContent | undefined {
  const [only, another] = contents;
  if (wanted === 1 && only && !another) return only;
  const names = [name, decodedUri(name)];
  return contents.find((content) => content.name !== undefined && names.includes(content.name));
}

function decodedUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri; // not percent-encoded
  }
}

async function* once(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield octets;
}
