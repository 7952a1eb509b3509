import { digestOf } from '../../../base/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { digestBytes, referenceDigest } from '../signature-algorithm.ts';
import { type CanonicalElement, canonical, element } from './canonical-xml.ts';
import { base64Transform, digestUri, envelopedSignature, exclusiveCanonicalization } from './xml-algorithms.ts';

/** A file that a detached signature names. */
export interface DetachedFile {
  /** Relative, percent-encoded where it must be. */
  readonly uri: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What an XAdES signature signs, and where that stands to it (XMLDSig 10). */
export type XadesContent =
  | {
      readonly packaging: 'enveloped';
      /** UTF-8; the signature becomes the last child of its root. */
      readonly document: Uint8Array;
      /** Exclusive canonical XML of the document without comments. */
      readonly canonicalDocument: Uint8Array;
    }
  | { readonly packaging: 'enveloping'; readonly content: Uint8Array; readonly mediaType: string }
  | { readonly packaging: 'detached'; readonly files: readonly DetachedFile[] };

/** A ds:Reference, with what the signed properties say of what it refers to. */
export interface SealedReference {
  readonly id: string;
  readonly mediaType: string;
  readonly element: CanonicalElement;
  /** What it refers to, as it was digested. */
  readonly octets: Uint8Array;
}

/** The references to a content: one, or one for each file. */
export function referencesTo(content: XadesContent, signer: DigestSigner): SealedReference[] {
  switch (content.packaging) {
    case 'enveloped': {
      const transforms = [envelopedSignature, exclusiveCanonicalization];
      return [sealedReference(signer, content.canonicalDocument, 'text/xml', 0, { URI: '' }, transforms)];
    }
    case 'enveloping': {
      const attributes = { URI: `#${objectId}`, Type: 'http://www.w3.org/2000/09/xmldsig#Object' };
      return [sealedReference(signer, content.content, content.mediaType, 0, attributes, [base64Transform])];
    }
    case 'detached':
      return content.files.map(({ uri, mediaType, bytes }, index) =>
        sealedReference(signer, bytes, mediaType, index, { URI: uri }, []),
      );
  }
}

const objectId = 'content';

/** The ds:Object that holds an enclosed content; nothing for others. */
export function enclosedObject(content: XadesContent): string[] {
  if (content.packaging !== 'enveloping') return [];
  const attributes = { Id: objectId, MimeType: content.mediaType, Encoding: base64Transform };
  return [canonical(element('ds:Object', attributes, Buffer.from(content.content).toString('base64')))];
}

/** The reference that puts the signed properties under the signature (EN 319 132-1 4.4). */
export function propertiesReference(id: string, properties: string, { algorithm }: DigestSigner): CanonicalElement {
  const attributes = { URI: `#properties-${id}`, Type: 'http://uri.etsi.org/01903#SignedProperties' };
  return reference(attributes, [exclusiveCanonicalization], digestElements(Buffer.from(properties), algorithm));
}

/** DigestMethod and DigestValue of octets. */
export function digestElements(octets: Uint8Array, algorithm: DigestSigner['algorithm']): CanonicalElement[] {
  const digest = referenceDigest(algorithm);
  return [
    element('ds:DigestMethod', { Algorithm: digestUri(digest) }),
    element('ds:DigestValue', {}, Buffer.from(digestBytes(digest, octets)).toString('base64')),
  ];
}

function sealedReference(
  { algorithm }: DigestSigner,
  octets: Uint8Array,
  mediaType: string,
  index: number,
  attributes: Record<string, string>,
  transforms: readonly string[],
): SealedReference {
  const id = `reference-${index + 1}-${digestOf(octets, 'sha256').value.slice(0, 16)}`;
  const digests = digestElements(octets, algorithm);
  return { id, mediaType, octets, element: reference({ Id: id, ...attributes }, transforms, digests) };
}

function reference(
  attributes: Record<string, string>,
  transforms: readonly string[],
  digests: readonly CanonicalElement[],
): CanonicalElement {
  const chain = transforms.map((Algorithm) => element('ds:Transform', { Algorithm }));
  return element('ds:Reference', attributes, [
    ...(chain.length > 0 ? [element('ds:Transforms', {}, chain)] : []),
    ...digests,
  ]);
}
