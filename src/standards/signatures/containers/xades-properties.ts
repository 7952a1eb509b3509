import { FormatError } from '../../../base/index.ts';
import type { DigestName } from '../../formats/x509/index.ts';
import {
  attributeOf,
  childElements,
  readDigest,
  type TreeDocument,
  type TreeElement,
  textWithin,
  type XmlSignature,
} from '../../formats/xmldsig/index.ts';

/** The namespaces of XAdES by version; 1.4.1 only adds properties to 1.3.2. */
export const xadesNamespaces = {
  '1.1.1': 'http://uri.etsi.org/01903/v1.1.1#',
  '1.2.2': 'http://uri.etsi.org/01903/v1.2.2#',
  '1.3.2': 'http://uri.etsi.org/01903/v1.3.2#',
  '1.4.1': 'http://uri.etsi.org/01903/v1.4.1#',
} as const;

/** Those, and that of the evidence records (EN 319 132-3). */
const namespaces: readonly string[] = [...Object.values(xadesNamespaces), 'http://uri.etsi.org/19132/v1.1.1#'];

/** The qualifying properties of a signature (EN 319 132-1 4.3): properties as they stand, by local name. */
export interface XadesProperties {
  readonly element: TreeElement;
  readonly signedProperties: TreeElement | undefined;
  readonly signedSignatureProperties: readonly TreeElement[];
  readonly signedDataObjectProperties: readonly TreeElement[];
  readonly unsignedSignatureProperties: readonly TreeElement[];
}

/**
 * The qualifying properties among the objects of a signature, or elsewhere in the document where a
 * QualifyingPropertiesReference says so (EN 319 132-1 4.4.3).
 * @throws FormatError when there are several: which of them counts would be anyone's choice; and when a reference leads to
 * none, or to those of another signature
 */
export function readXadesProperties(
  { id, objects }: Pick<XmlSignature, 'id' | 'objects'>,
  document: TreeDocument,
): XadesProperties | undefined {
  const referenced = propertiesReferences(objects)
    .filter((uri) => uri.startsWith('#'))
    .map((uri) => referencedProperties(uri.slice(1), id, document));
  const found = [...objects.flatMap((object) => xadesChildren(object, 'QualifyingProperties')), ...referenced];
  if (found.length > 1) throw new FormatError('XAdES', 'several QualifyingProperties');
  const [element] = found;
  if (!element) return undefined;
  const signed = xadesChildren(element, 'SignedProperties');
  if (signed.length > 1) throw new FormatError('XAdES', 'several SignedProperties');
  const unsigned = xadesChildren(element, 'UnsignedProperties');
  const within = (holders: readonly TreeElement[], name: string) =>
    holders.flatMap((holder) => xadesChildren(holder, name)).flatMap((holder) => childElements(holder));
  return {
    element,
    signedProperties: signed[0],
    signedSignatureProperties: within(signed, 'SignedSignatureProperties'),
    signedDataObjectProperties: within(signed, 'SignedDataObjectProperties'),
    unsignedSignatureProperties: within(unsigned, 'UnsignedSignatureProperties'),
  };
}

/** The URIs of the references to qualifying properties: `#…` within the document. */
function propertiesReferences(objects: readonly TreeElement[]): string[] {
  return objects
    .flatMap((object) => xadesChildren(object, 'QualifyingPropertiesReference'))
    .map((reference) => attributeOf(reference, 'URI') ?? '');
}

/** Where a signature says that its qualifying properties are outside of the document: they are not read. */
export function outsideProperties({ objects }: Pick<XmlSignature, 'objects'>): string | undefined {
  return propertiesReferences(objects).find((uri) => !uri.startsWith('#'));
}

function referencedProperties(name: string, signature: string | undefined, { byId }: TreeDocument): TreeElement {
  const [element, another] = byId.get(name) ?? [];
  if (!element || another || element.name !== 'QualifyingProperties' || !isXades(element))
    throw new FormatError('XAdES', 'a reference to qualifying properties that leads to none');
  if (signature === undefined || attributeOf(element, 'Target') !== `#${signature}`)
    throw new FormatError('XAdES', 'a reference to the qualifying properties of another signature');
  return element;
}

/** Children of this name in any namespace of XAdES. */
export function xadesChildren(element: TreeElement, name: string): TreeElement[] {
  return childElements(element, name).filter(isXades);
}

/** Properties of these names in any namespace of XAdES. */
export function propertiesNamed(properties: readonly TreeElement[], ...names: readonly string[]): TreeElement[] {
  return properties.filter((property) => names.includes(property.name) && isXades(property));
}

/** Whether the element is in a namespace of XAdES. */
export function isXades({ namespace }: TreeElement): boolean {
  return namespaces.includes(namespace);
}

/** The time that the signer claims; undefined where there is none, or it cannot be read. */
export function claimedTimeOf({ signedSignatureProperties }: XadesProperties): Date | undefined {
  const [element] = propertiesNamed(signedSignatureProperties, 'SigningTime');
  const text = element ? textWithin(element).trim() : '';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(text)) return undefined;
  const time = new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** A certificate that SigningCertificate or SigningCertificateV2 names by its digest. */
export interface XadesCertificateReference {
  readonly digestAlgorithm: DigestName | undefined;
  readonly digest: Uint8Array;
}

/**
 * The certificates named by SigningCertificateV2 (EN 319 132-1 5.2.2), else by SigningCertificate; their order says
 * nothing.
 * @returns undefined when there is no such property
 * @throws FormatError
 */
export function certificateReferencesIn({
  signedSignatureProperties,
}: XadesProperties): XadesCertificateReference[] | undefined {
  const [second] = propertiesNamed(signedSignatureProperties, 'SigningCertificateV2');
  const [first] = propertiesNamed(signedSignatureProperties, 'SigningCertificate');
  const property = second ?? first;
  return (
    property &&
    xadesChildren(property, 'Cert').flatMap((cert) =>
      xadesChildren(cert, 'CertDigest').map((digest) => readDigest(digest, digest.namespace)),
    )
  );
}

/** The reference Id without its `#`, where the attribute names one. */
export function namedId(element: TreeElement, attribute: string): string | undefined {
  const uri = attributeOf(element, attribute);
  return uri?.startsWith('#') ? uri.slice(1) : undefined;
}
