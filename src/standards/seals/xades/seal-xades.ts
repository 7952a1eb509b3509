import { createHash } from 'node:crypto';
import { bytesReader, FormatError, utcSeconds } from '../../../base/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { checkLevels, type SealLevels } from '../levels.ts';
import { canonical, element } from './canonical-xml.ts';
import { signedProperties } from './qualifying-properties.ts';
import {
  enclosedObject,
  propertiesReference,
  referencesTo,
  type SealedReference,
  type XadesContent,
} from './references.ts';
import { archiveTimestamp, materialValues, signatureTimestamp, unsignedProperties } from './unsigned-properties.ts';
import { exclusiveCanonicalization, signatureUri, xmlSignatureValue } from './xml-algorithms.ts';

/** How an XML signature is made. */
export interface XadesOptions extends SealLevels {
  readonly signingTime: Date;
}

/**
 * Seals by XML: XAdES-BASELINE-B, or the level that the options lift it to (EN 319 132-1 6). Everything that we write is in
 * exclusive canonical form already; the canonical form of an enveloping document is the caller's to give.
 * @returns the `ds:Signature` element or, for an enveloped one, the document with it; UTF-8
 * @throws FormatError when the document has no place for the signature; RangeError for a level without those below it;
 *   whatever signer and the sources of time-stamps and material throw
 */
export async function sealXades(
  content: XadesContent,
  signer: DigestSigner,
  options: XadesOptions,
): Promise<Uint8Array> {
  checkLevels(options);
  const signature = await signElements(content, signer, options.signingTime);
  const properties = options.timestamp ? [await signatureTimestamp(signature.value, options.timestamp)] : [];
  if (options.material) {
    const document = bytesReader(placed(content, signature.with(properties)));
    properties.push(...materialValues(await options.material({ document, contents: contentsOf(content) })));
  }
  if (options.archiveTimestamp) {
    const { references, elements } = signature;
    const parts = { references, elements: [...elements, ...properties, ...enclosedObject(content)] };
    properties.push(await archiveTimestamp(parts, options.archiveTimestamp));
  }
  return placed(content, signature.with(properties));
}

/** The signature on its own, or at the end of the document's root. @throws FormatError */
function placed(content: XadesContent, signature: string): Uint8Array {
  if (content.packaging !== 'enveloped') return Buffer.from(signature);
  const text = Buffer.from(content.document).toString('utf8');
  const end = text.lastIndexOf('</');
  if (end < 0) throw new FormatError('XML', 'the root has no end tag to put a signature before');
  return Buffer.from(text.slice(0, end) + signature + text.slice(end));
}

function contentsOf(content: XadesContent) {
  if (content.packaging !== 'detached') return [];
  return content.files.map(({ uri, bytes }) => ({ name: decodeURIComponent(uri), reader: bytesReader(bytes) }));
}

/** A signature that is made, with what time-stamps are over. */
interface SignedElements {
  /** ds:SignatureValue. */
  readonly value: string;
  readonly references: readonly Uint8Array[];
  readonly elements: readonly string[];
  /** ds:Signature with these unsigned properties. */
  with(properties: readonly string[]): string;
}

async function signElements(content: XadesContent, signer: DigestSigner, signingTime: Date): Promise<SignedElements> {
  const references = referencesTo(content, signer);
  const id = signatureId(references, signer, signingTime);
  const properties = canonical(signedProperties(id, references, signer, signingTime));
  const signedInfo = canonical(
    element('ds:SignedInfo', {}, [
      element('ds:CanonicalizationMethod', { Algorithm: exclusiveCanonicalization }),
      element('ds:SignatureMethod', { Algorithm: signatureUri(signer.algorithm) }),
      ...references.map((each) => each.element),
      propertiesReference(id, properties, signer),
    ]),
  );
  const octets = xmlSignatureValue(await signer.sign(Buffer.from(signedInfo)), signer.algorithm, signer.chain[0]);
  const value = canonical(element('ds:SignatureValue', { Id: `value-${id}` }, Buffer.from(octets).toString('base64')));
  const elements = [signedInfo, value, keyInfo(signer)];
  return {
    value,
    references: [...references.map((each) => each.octets), Buffer.from(properties)],
    elements,
    with: (unsigned) => {
      const qualifying = qualifyingObject(id, properties, unsignedProperties(unsigned));
      const parts = [...elements, qualifying, ...enclosedObject(content)];
      return canonical(element('ds:Signature', { Id: id }, { canonical: parts }));
    },
  };
}

/** Different for every signature in a document, and the same for the same input. */
function signatureId(references: readonly SealedReference[], signer: DigestSigner, signingTime: Date): string {
  const hash = createHash('sha256').update(signer.chain[0]).update(utcSeconds(signingTime));
  for (const reference of references) hash.update(canonical(reference.element));
  return `id-${hash.digest('hex').slice(0, 32)}`;
}

function keyInfo({ chain }: DigestSigner): string {
  const certificates = chain.map((certificate) =>
    element('ds:X509Certificate', {}, Buffer.from(certificate).toString('base64')),
  );
  return canonical(element('ds:KeyInfo', {}, [element('ds:X509Data', {}, certificates)]));
}

function qualifyingObject(id: string, ...properties: readonly string[]): string {
  const qualifying = element('xades:QualifyingProperties', { Target: `#${id}` }, { canonical: properties });
  return canonical(element('ds:Object', {}, { canonical: [canonical(qualifying)] }));
}
