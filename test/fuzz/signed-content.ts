/**
 * What a signature is over, read by other hands than the product's: libxml2, JSON.parse, and a few lines that look for bytes
 * where a reader would.
 */
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { XmlC14NMode, XmlDocument, type XmlElement, type XmlNode } from 'libxml2-wasm';
import type { SignatureReport } from '../../src/standards/signatures/index.ts';

/** A document with what is handed over beside it. */
export interface Handed {
  readonly bytes: Buffer;
  readonly contents: readonly Uint8Array[];
}

const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');

/**
 * Why a signature that passes on a mutant is over something else there than in the original; undefined when it is over the
 * same, or when the original is of a kind that this does not read.
 */
export function difference(
  container: string,
  signature: SignatureReport,
  original: Handed,
  mutant: Handed,
): string | undefined {
  if (signature.counterSignature) return undefined; // over the value of another, which is judged itself
  switch (container) {
    case 'PDF':
      return differenceInPdf(signature, original.bytes, mutant.bytes);
    case 'CMS':
      return sameContents(encapsulated(original.bytes), encapsulated(mutant.bytes), original, mutant);
    case 'JWS':
      return sameContents(payloadOf(original.bytes), payloadOf(mutant.bytes), original, mutant);
    case 'XML':
      return differenceInXml(signature, original, mutant);
    default:
      return differenceInZip(signature, original.bytes, mutant.bytes);
  }
}

function sameContents(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  original: Handed,
  mutant: Handed,
): string | undefined {
  const effective = (inside: Uint8Array | undefined, { contents }: Handed) => (inside ? [inside] : contents);
  const [then, now] = [effective(before, original), effective(after, mutant)];
  return then.length === now.length && then.every((one, index) => Buffer.compare(one, now[index] as Uint8Array) === 0)
    ? undefined
    : 'the content';
}

/** The whole document but one hexadecimal string, up to where it was signed. */
function differenceInPdf(
  { sigValueSha256, scopes, modifications }: SignatureReport,
  original: Buffer,
  mutant: Buffer,
): string | undefined {
  for (const match of original.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)) {
    const [first = 0, length = 0, second = 0, rest = 0] = match.slice(1).map(Number);
    if (!holdsValue(original.subarray(length, second), sigValueSha256)) continue;
    const end = second + rest;
    if (Buffer.compare(original.subarray(first, length), mutant.subarray(first, length)) !== 0)
      return 'what stands before Contents';
    if (Buffer.compare(original.subarray(second, end), mutant.subarray(second, end)) !== 0)
      return 'what stands after Contents';
    // NUL is white space in PDF
    if (!/^<[0-9A-Fa-f\s\0]*>$/.test(mutant.subarray(length, second).toString('latin1')))
      return 'what stands where Contents should';
    if (mutant.length > end && (scopes[0]?.scope === 'FULL' || !modifications))
      return 'what follows the signed revision';
    return undefined;
  }
  return undefined; // another form of ByteRange, in the corpus
}

function holdsValue(gap: Buffer, wanted: string): boolean {
  const octets = Buffer.from(gap.toString('latin1').replace(/[<>\s]/g, ''), 'hex');
  for (let at = octets.indexOf(4); at >= 0; at = octets.indexOf(4, at + 1)) {
    const stated = octets[at + 1] ?? 0;
    const [start, length] =
      stated < 0x80
        ? [at + 2, stated]
        : stated === 0x81
          ? [at + 3, octets[at + 2] ?? 0]
          : stated === 0x82
            ? [at + 4, octets.readUInt16BE(Math.min(at + 2, octets.length - 2))]
            : [0, 0];
    if (length > 30 && sha256(octets.subarray(start, start + length)) === wanted) return true;
  }
  return false;
}

/** eContent, by a walk over tags and lengths; undefined where it is absent. */
function encapsulated(bytes: Buffer): Uint8Array | undefined {
  const signed = elementsOf(elementsOf(elementsOf(bytes)[0]?.inside)[1]?.inside)[0];
  const wrapped = elementsOf(elementsOf(signed?.inside)[2]?.inside)[1];
  const content = elementsOf(wrapped?.inside)[0];
  if (!content) return undefined;
  return content.tag === 0x24 ? Buffer.concat(elementsOf(content.inside).map(({ inside }) => inside)) : content.inside;
}

interface TagAndContent {
  readonly tag: number;
  readonly inside: Buffer;
  readonly length: number;
}

/** Elements one after the other, of definite and of indefinite length (X.690 8.1.3), up to an end or to nonsense. */
function elementsOf(bytes: Buffer = Buffer.alloc(0)): TagAndContent[] {
  const found: TagAndContent[] = [];
  for (let at = 0; at + 1 < bytes.length && !(bytes[at] === 0 && bytes[at + 1] === 0); ) {
    const [tag = 0, stated = 0] = bytes.subarray(at, at + 2);
    const octets = stated > 0x80 ? stated - 0x80 : 0;
    const start = at + 2 + octets;
    if (octets > 4 || start > bytes.length) return found;
    const length =
      stated === 0x80
        ? elementsOf(bytes.subarray(start)).reduce((sum, one) => sum + one.length, 0)
        : octets > 0
          ? bytes.readUIntBE(at + 2, octets)
          : stated;
    const whole = start + length + (stated === 0x80 ? 2 : 0) - at;
    found.push({ tag, inside: bytes.subarray(start, start + length), length: whole });
    at += whole;
  }
  return found;
}

function payloadOf(bytes: Buffer): Uint8Array | undefined {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  const payload = text.startsWith('{') ? (JSON.parse(text) as { payload?: string }).payload : text.split('.')[1];
  return payload ? Buffer.from(payload, 'base64url') : undefined;
}

const ofSignature = '//*[local-name()="SignatureValue" and namespace-uri()="http://www.w3.org/2000/09/xmldsig#"]';
const simpleTransforms =
  /^(http:\/\/www\.w3\.org\/(TR\/2001\/REC-xml-c14n-20010315|2001\/10\/xml-exc-c14n#|2006\/12\/xml-c14n11)(WithComments|#WithComments)?|http:\/\/www\.w3\.org\/2000\/09\/xmldsig#(enveloped-signature|base64))$/;

function differenceInXml({ sigValueSha256 }: SignatureReport, original: Handed, mutant: Handed): string | undefined {
  const [before] = signedInXml(original.bytes, sigValueSha256);
  if (!before) return undefined;
  if (
    before.isForeign &&
    mutant.contents.some((one, index) => Buffer.compare(one, original.contents[index] ?? Buffer.alloc(0)) !== 0)
  )
    return 'the content beside it';
  if (before.isUnread) return undefined;
  const after = signedInXml(mutant.bytes, sigValueSha256);
  return after.some(({ parts }) => parts.join('\0') === before.parts.join('\0'))
    ? undefined
    : 'a part that is referred to';
}

interface SignedParts {
  readonly parts: readonly string[];
  readonly isForeign: boolean;
  readonly isUnread: boolean;
}

/** Of each signature with that value, what its references lead to, canonicalised. */
function signedInXml(bytes: Buffer, value: string): SignedParts[] {
  const count = withXml(bytes, (document) => valuesIn(document, value).length);
  return Array.from({ length: count }, (_, order) =>
    withXml(bytes, (document) => partsOf(document, valuesIn(document, value)[order] as XmlElement)),
  );
}

function withXml<Result>(bytes: Buffer, read: (document: XmlDocument) => Result): Result {
  const document = parsed(bytes);
  try {
    return read(document);
  } finally {
    document.dispose();
  }
}

/** libxml2 refuses an xml:id that is no name (it may be none); such an attribute is an attribute among others then. */
function parsed(bytes: Buffer): XmlDocument {
  try {
    return XmlDocument.fromBuffer(bytes);
  } catch (error) {
    if (!String(error).includes('xml:id')) throw error;
    return XmlDocument.fromString(bytes.toString('utf8').replaceAll('xml:id', 'xmlid'));
  }
}

const valuesIn = (document: XmlDocument, value: string) =>
  document.find(ofSignature).filter((node) => sha256(Buffer.from(node.content, 'base64')) === value) as XmlElement[];

function partsOf(document: XmlDocument, valueElement: XmlElement): SignedParts {
  const signature = valueElement.parent as XmlElement;
  const references = signature.find('*[local-name()="SignedInfo"]/*[local-name()="Reference"]') as XmlElement[];
  const uris = references.map((reference) => reference.attr('URI')?.value);
  const used = references.map((reference) =>
    reference
      .find('*[local-name()="Transforms"]/*[local-name()="Transform"]')
      .map((one) => (one as XmlElement).attr('Algorithm')?.value ?? ''),
  );
  const elements = uris.map((uri) =>
    uri === '' ? [document.root] : uri?.startsWith('#') ? withId(document, uri) : [],
  );
  const read = (one: XmlNode, index: number) =>
    used[index]?.some((name) => name.endsWith('#base64'))
      ? Buffer.from(one.content, 'base64').toString('hex')
      : canonical(one);
  const isAround = (one: XmlNode) =>
    one.find(`descendant::*[local-name()="SignatureValue"]`).some((inside) => inside.isSameNode(valueElement));
  const apart = elements.flatMap((found, index) =>
    found.filter((one) => !isAround(one)).map((one) => read(one, index)),
  );
  const around = elements.map((found) => found.filter(isAround));
  signature.remove(); // and freed: nothing in it may be touched from here on
  const parts = [...apart, ...around.flatMap((found, index) => found.map((one) => read(one, index)))];
  return {
    parts,
    isForeign: uris.some((uri) => uri !== '' && !uri?.startsWith('#')),
    isUnread: used.flat().some((name) => !simpleTransforms.test(name)),
  };
}

function withId(document: XmlDocument, uri: string): XmlNode[] {
  const id = /^#xpointer\(id\(['"](.*)['"]\)\)$/.exec(uri)?.[1] ?? uri.slice(1);
  if (uri === '#xpointer(/)') return [document.root];
  return document
    .find('//*[@*[translate(local-name(), "ID", "id") = "id"]]')
    .filter((node) => ['Id', 'ID', 'id'].some((name) => (node as XmlElement).attr(name)?.value === id));
}

const canonical = (node: XmlNode) => node.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });

/** Each object that was signed, as the directory leads to it, and as the headers before the members do. */
function differenceInZip({ scopes }: SignatureReport, original: Buffer, mutant: Buffer): string | undefined {
  const before = listed(original);
  const [after, there] = [listed(mutant), standing(mutant)];
  for (const { name } of scopes) {
    // the name of the one object in ASiC-S is not signed
    const wanted = before.find((one) => one.name === name) ?? (scopes.length === 1 ? before.find(isObject) : undefined);
    if (!wanted) return `“${name}”, which was not there`;
    for (const [view, what] of [
      [after, 'in the directory'],
      [there, 'where the members stand'],
    ] as const) {
      const found = view.filter((one) => one.name === name);
      if (view === after && found.length === 0) return `“${name}”, which is not ${what}`;
      if (found.some(({ bytes }) => !bytes || Buffer.compare(bytes, wanted.bytes ?? Buffer.alloc(0)) !== 0))
        return `“${name}” ${what}`;
    }
  }
  return undefined;
}

const isObject = ({ name }: Seen) => name !== 'mimetype' && !name.startsWith('META-INF/');

interface Seen {
  readonly name: string;
  readonly bytes: Buffer | undefined;
}

function listed(zip: Buffer): Seen[] {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) return [];
  const seen: Seen[] = [];
  for (
    let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10);
    left > 0 && at + 46 <= zip.length;
    left--
  ) {
    const [nameLength, extraLength, commentLength] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    seen.push({
      name,
      bytes: unpacked(zip, zip.readUInt32LE(at + 42), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)),
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return seen;
}

/** Members one after the other from the first byte, as a reader of a stream sees them: by what their own headers say. */
function standing(zip: Buffer): Seen[] {
  const seen: Seen[] = [];
  for (let at = 0; zip.subarray(at, at + 4).toString('latin1') === 'PK\x03\x04' && at + 30 <= zip.length; ) {
    const [flags, method, packed] = [zip.readUInt16LE(at + 6), zip.readUInt16LE(at + 8), zip.readUInt32LE(at + 18)];
    if ((flags & 8) !== 0 && packed === 0) break; // how long it is stands after it
    const name = zip.subarray(at + 30, at + 30 + zip.readUInt16LE(at + 26)).toString('utf8');
    seen.push({ name, bytes: unpacked(zip, at, method, packed) });
    at += 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28) + packed;
  }
  return seen;
}

function unpacked(zip: Buffer, header: number, method: number, length: number): Buffer | undefined {
  if (header + 30 > zip.length) return undefined;
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const octets = zip.subarray(start, start + length);
  if (method === 0) return octets;
  try {
    return inflateRawSync(octets, { maxOutputLength: 1 << 26 });
  } catch {
    return undefined;
  }
}

/** Whether two contents are one: the same bytes or, as evidence records take XML, the same canonical form (RFC 6283 2.1.2). */
export function isSameContent(one: Uint8Array, other: Uint8Array): boolean {
  if (Buffer.compare(one, other) === 0) return true;
  const canonicalForm = (bytes: Uint8Array) =>
    withXml(Buffer.from(bytes), (document) => document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0 }));
  try {
    return canonicalForm(one) === canonicalForm(other);
  } catch {
    return false; // no XML
  }
}
