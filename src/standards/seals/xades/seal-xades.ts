import { createHash } from 'node:crypto';
import { digestOf, FormatError, utcSeconds } from '../../../base/index.ts';
import type { TimestampSource } from '../cades.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { digestBytes, referenceDigest } from '../signature-algorithm.ts';
import { issuerSerial } from '../signing-certificate.ts';
import { type CanonicalElement, canonical, element } from './canonical-xml.ts';
import {
  base64Transform,
  digestUri,
  envelopedSignature,
  exclusiveCanonicalization,
  signatureUri,
  xmlSignatureValue,
} from './xml-algorithms.ts';

/** A file that a detached signature names, with the digest of its bytes by the signer's algorithm. */
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
  const { algorithm, chain } = signer;
  const references = referencesTo(content, signer);
  const id = `id-${createHash('sha256')
    .update(references.map(({ element: each }) => canonical(each)).join(''))
    .update(chain[0])
    .update(utcSeconds(options.signingTime))
    .digest('hex')
    .slice(0, 32)}`;
  const properties = canonical(signedProperties(id, references, signer, options.signingTime));
  const signedInfo = canonical(
    element('ds:SignedInfo', {}, [
      element('ds:CanonicalizationMethod', { Algorithm: exclusiveCanonicalization }),
      element('ds:SignatureMethod', { Algorithm: signatureUri(algorithm) }),
      ...references.map((each) => each.element),
      propertiesReference(id, properties, signer),
    ]),
  );
  const value = xmlSignatureValue(await signer.sign(Buffer.from(signedInfo)), algorithm, chain[0]);
  const signatureValue = canonical(element('ds:SignatureValue', { Id: `value-${id}` }, base64(value)));
  const qualifying = canonical(
    element(
      'xades:QualifyingProperties',
      { Target: `#${id}` },
      {
        canonical: [properties, await unsignedProperties(signatureValue, options.timestamp)],
      },
    ),
  );
  const certificates = chain.map((certificate) => element('ds:X509Certificate', {}, base64(certificate)));
  return canonical(
    element(
      'ds:Signature',
      { Id: id },
      {
        canonical: [
          signedInfo,
          signatureValue,
          canonical(element('ds:KeyInfo', {}, [element('ds:X509Data', {}, certificates)])),
          canonical(element('ds:Object', {}, { canonical: [qualifying] })),
          ...enclosedObject(content),
        ],
      },
    ),
  );
}

interface SealedReference {
  readonly id: string;
  readonly mediaType: string;
  readonly element: CanonicalElement;
}

function referencesTo(content: XadesContent, signer: DigestSigner): SealedReference[] {
  switch (content.packaging) {
    case 'enveloped':
      return [
        sealedReference(signer, content.canonicalDocument, 'text/xml', 0, { URI: '' }, [
          envelopedSignature,
          exclusiveCanonicalization,
        ]),
      ];
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

function enclosedObject(content: XadesContent): string[] {
  if (content.packaging !== 'enveloping') return [];
  const attributes = { Id: objectId, MimeType: content.mediaType, Encoding: base64Transform };
  return [canonical(element('ds:Object', attributes, base64(content.content)))];
}

function sealedReference(
  signer: DigestSigner,
  octets: Uint8Array,
  mediaType: string,
  index: number,
  attributes: Record<string, string>,
  transforms: readonly string[],
): SealedReference {
  const id = `reference-${index + 1}-${digestOf(octets, 'sha256').value.slice(0, 16)}`;
  return { id, mediaType, element: reference({ Id: id, ...attributes }, octets, transforms, signer) };
}

function reference(
  attributes: Record<string, string>,
  octets: Uint8Array,
  transforms: readonly string[],
  { algorithm }: DigestSigner,
): CanonicalElement {
  const chain = transforms.map((Algorithm) => element('ds:Transform', { Algorithm }));
  return element('ds:Reference', attributes, [
    ...(chain.length > 0 ? [element('ds:Transforms', {}, chain)] : []),
    ...digestElements(octets, algorithm),
  ]);
}

function propertiesReference(id: string, properties: string, signer: DigestSigner): CanonicalElement {
  return reference(
    { URI: `#properties-${id}`, Type: 'http://uri.etsi.org/01903#SignedProperties' },
    Buffer.from(properties),
    [exclusiveCanonicalization],
    signer,
  );
}

function digestElements(octets: Uint8Array, algorithm: DigestSigner['algorithm']): CanonicalElement[] {
  const digest = referenceDigest(algorithm);
  return [
    element('ds:DigestMethod', { Algorithm: digestUri(digest) }),
    element('ds:DigestValue', {}, base64(digestBytes(digest, octets))),
  ];
}

/** EN 319 132-1 5.2: what a baseline signature says of itself and of what it signs. */
function signedProperties(
  id: string,
  references: readonly SealedReference[],
  { algorithm, chain }: DigestSigner,
  signingTime: Date,
): CanonicalElement {
  const certificate = element('xades:Cert', {}, [
    element('xades:CertDigest', {}, digestElements(chain[0], algorithm)),
    element('xades:IssuerSerialV2', {}, base64(issuerSerial(chain[0]))),
  ]);
  return element('xades:SignedProperties', { Id: `properties-${id}` }, [
    element('xades:SignedSignatureProperties', {}, [
      element('xades:SigningTime', {}, utcSeconds(signingTime)),
      element('xades:SigningCertificateV2', {}, [certificate]),
    ]),
    element(
      'xades:SignedDataObjectProperties',
      {},
      references.map((each) =>
        element('xades:DataObjectFormat', { ObjectReference: `#${each.id}` }, [
          element('xades:MimeType', {}, each.mediaType),
        ]),
      ),
    ),
  ]);
}

/** SignatureTimeStamp (EN 319 132-1 5.3) over the canonical ds:SignatureValue. */
async function unsignedProperties(signatureValue: string, source: TimestampSource | undefined): Promise<string> {
  if (!source) return '';
  const token = await source(digestOf(signatureValue, 'sha256'));
  return canonical(
    element('xades:UnsignedProperties', {}, [
      element('xades:UnsignedSignatureProperties', {}, [
        element('xades:SignatureTimeStamp', {}, [
          element('ds:CanonicalizationMethod', { Algorithm: exclusiveCanonicalization }),
          element('xades:EncapsulatedTimeStamp', {}, base64(token)),
        ]),
      ]),
    ]),
  );
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
