import { createHash } from 'node:crypto';
import { FormatError, utcSeconds } from '../../../base/index.ts';
import type { TimestampSource } from '../cades.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { canonical, element } from './canonical-xml.ts';
import { signedProperties, unsignedProperties } from './qualifying-properties.ts';
import {
  enclosedObject,
  propertiesReference,
  referencesTo,
  type SealedReference,
  type XadesContent,
} from './references.ts';
import { exclusiveCanonicalization, signatureUri, xmlSignatureValue } from './xml-algorithms.ts';

/** How an XML signature is made. */
export interface XadesOptions {
  readonly signingTime: Date;
  /** Makes it XAdES-BASELINE-T. */
  readonly timestamp?: TimestampSource;
}

/**
 * Seals by XML: XAdES-BASELINE-B, or -T with a time-stamp (EN 319 132-1 6). Everything that we write is in exclusive
 * canonical form already; the canonical form of an enveloping document is the caller's to give.
 * @returns the `ds:Signature` element or, for an enveloped one, the document with it; UTF-8
 * @throws FormatError when the document has no place for the signature
 */
export async function sealXades(
  content: XadesContent,
  signer: DigestSigner,
  options: XadesOptions,
): Promise<Uint8Array> {
  const signature = await signatureElement(content, signer, options);
  if (content.packaging !== 'enveloped') return Buffer.from(signature);
  const text = Buffer.from(content.document).toString('utf8');
  const end = text.lastIndexOf('</');
  if (end < 0) throw new FormatError('XML', 'the root has no end tag to put a signature before');
  return Buffer.from(text.slice(0, end) + signature + text.slice(end));
}

async function signatureElement(content: XadesContent, signer: DigestSigner, options: XadesOptions): Promise<string> {
  const references = referencesTo(content, signer);
  const id = signatureId(references, signer, options.signingTime);
  const properties = canonical(signedProperties(id, references, signer, options.signingTime));
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
  const unsigned = await unsignedProperties(value, options.timestamp);
  const parts = [
    signedInfo,
    value,
    keyInfo(signer),
    qualifyingObject(id, properties, unsigned),
    ...enclosedObject(content),
  ];
  return canonical(element('ds:Signature', { Id: id }, { canonical: parts }));
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
