import type { XmlReference, XmlSignature } from '../../formats/xmldsig/index.ts';
import {
  attributeOf,
  childElements,
  elementsWithin,
  signatureNamespace,
  type TreeElement,
  textWithin,
} from '../../formats/xmldsig/index.ts';
import type { ProfileFacts, TokenFacts } from '../signed-document.ts';
import { octetsIn } from './xades-material.ts';
import { isXades, namedId, propertiesNamed, type XadesProperties, xadesChildren } from './xades-properties.ts';

/** What a signature without qualifying properties tells: it is an XML signature and no XAdES. */
export const plainProfile: ProfileFacts = {
  family: 'XAdES',
  basic: false,
  baseline: false,
  hasPolicy: false,
  hasCompleteReferences: false,
  hasOlderAttributes: false,
  hasEvidenceRecord: false,
  hasSecurityStore: false,
};

/** What the format of a XAdES signature is told from (EN 319 132-1 6.3, EN 319 132-2). */
export function xadesProfile(
  signature: XmlSignature,
  properties: XadesProperties,
  manifests: readonly TreeElement[],
  facts: Pick<TokenFacts, 'signingCertificate'>,
): ProfileFacts {
  const count = (list: readonly TreeElement[], ...names: readonly string[]) => propertiesNamed(list, ...names).length;
  const { signedSignatureProperties: signed, unsignedSignatureProperties: unsigned } = properties;
  const certificates = count(signed, 'SigningCertificate', 'SigningCertificateV2');
  const basic =
    certificates === 1 &&
    count(signed, 'SigningTime') <= 1 &&
    count(signed, 'SignerRole', 'SignerRoleV2') <= 1 &&
    count(signed, 'SignatureProductionPlace', 'SignatureProductionPlaceV2') <= 1 &&
    dataObjectFormats(properties).every((format) => isFormatSound(format, signature, manifests));
  return {
    family: 'XAdES',
    basic,
    baseline: basic && isBaseline(signature, properties, facts),
    hasPolicy: count(signed, 'SignaturePolicyIdentifier') === 1,
    hasCompleteReferences:
      count(unsigned, 'CompleteCertificateRefs', 'CompleteCertificateRefsV2') === 1 &&
      count(unsigned, 'CompleteRevocationRefs') === 1,
    hasOlderAttributes:
      count(unsigned, ...olderProperties) > 0 ||
      count(unsigned, 'CertificateValues') > 1 ||
      count(unsigned, 'RevocationValues') > 1,
    hasEvidenceRecord: count(unsigned, 'SealingEvidenceRecords') > 0,
    hasSecurityStore: false,
    singleTimestamps: propertiesNamed(unsigned, 'SignatureTimeStamp').every(
      (property) => xadesChildren(property, 'EncapsulatedTimeStamp').length === 1,
    ),
    hasCertificateValues: unsigned.some(holdsCertificates),
  };
}

const olderProperties = [
  'CompleteCertificateRefs',
  'CompleteCertificateRefsV2',
  'CompleteRevocationRefs',
  'SigAndRefsTimeStamp',
  'SigAndRefsTimeStampV2',
  'RefsOnlyTimeStamp',
  'RefsOnlyTimeStampV2',
];

function holdsCertificates(property: TreeElement): boolean {
  const names = ['CertificateValues', 'AttrAuthoritiesCertValues', 'TimeStampValidationData', 'AnyValidationData'];
  return (
    names.includes(property.name) &&
    isXades(property) &&
    elementsWithin(property).some(({ name }) => name === 'CertificateValues' || name === 'AttrAuthoritiesCertValues')
  );
}

/** The requirements of the baseline level B that go beyond the basic ones; the signed properties are referenced as such (EN 319 132-1 4.4.1). */
function isBaseline(
  signature: XmlSignature,
  properties: XadesProperties,
  { signingCertificate }: Pick<TokenFacts, 'signingCertificate'>,
): boolean {
  const { signedSignatureProperties: signed } = properties;
  return (
    signature.keyInfo !== undefined &&
    signature.references.length >= 2 &&
    signature.references.some(({ type }) => type?.endsWith('#SignedProperties')) &&
    signature.canonicalization !== undefined &&
    propertiesNamed(signed, 'SigningTime').length === 1 &&
    propertiesNamed(signed, 'SignaturePolicyIdentifier').length <= 1 &&
    signingCertificate !== undefined &&
    keyInfoCertificates(signature).some((der) => Buffer.compare(der, signingCertificate.der) === 0) &&
    propertiesNamed(signed, 'SigningCertificateV2')
      .flatMap((property) => xadesChildren(property, 'Cert'))
      .every((cert) => attributeOf(cert, 'URI') === undefined) &&
    dataObjectFormats(properties).every((format) => xadesChildren(format, 'MimeType').length === 1) &&
    isEveryFormatGiven(signature, properties)
  );
}

/** The certificates of KeyInfo. */
export function keyInfoCertificates({ keyInfo }: XmlSignature): Uint8Array[] {
  if (!keyInfo) return [];
  return childElements(keyInfo, 'X509Data', signatureNamespace)
    .flatMap((holder) => childElements(holder, 'X509Certificate', signatureNamespace))
    .flatMap((certificate) => octetsIn(certificate) ?? []);
}

function dataObjectFormats({ signedDataObjectProperties }: XadesProperties): TreeElement[] {
  return propertiesNamed(signedDataObjectProperties, 'DataObjectFormat');
}

const withoutFormat = /#(SignedProperties|CountersignedSignature|Manifest)$/;

/** A DataObjectFormat for each signed object (EN 319 132-1 6.3 k), where the reference can be named. */
function isEveryFormatGiven(signature: XmlSignature, properties: XadesProperties): boolean {
  const described = new Set(dataObjectFormats(properties).map((format) => namedId(format, 'ObjectReference')));
  return signature.references.every(
    (reference) => !reference.id || described.has(reference.id) || needsNoFormat(reference, signature),
  );
}

/** Parts of the signature itself are no data objects. */
function needsNoFormat({ uri, type }: XmlReference, { keyInfo, objects }: XmlSignature): boolean {
  if (!uri?.startsWith('#')) return false;
  if (withoutFormat.test(type ?? '')) return true;
  const properties = objects.flatMap((object) => childElements(object, 'SignatureProperties', signatureNamespace));
  return [...(keyInfo ? [keyInfo] : []), ...properties].some((part) => attributeOf(part, 'Id') === uri.slice(1));
}

/** DataObjectFormat (EN 319 132-1 5.2.4): it describes, names a signed object, and does not contradict it. */
function isFormatSound(
  format: TreeElement,
  { references, objects }: XmlSignature,
  manifests: readonly TreeElement[],
): boolean {
  const describes = ['Description', 'ObjectIdentifier', 'MimeType'].some(
    (name) => xadesChildren(format, name).length === 1,
  );
  const id = namedId(format, 'ObjectReference');
  const reference = references.find((one) => one.id === id);
  const isInManifest = manifests
    .flatMap((manifest) => childElements(manifest, 'Reference', signatureNamespace))
    .some((entry) => attributeOf(entry, 'Id') === id);
  if (!describes || id === undefined || (!reference && !isInManifest)) return false;
  const object = objects.find((one) => reference?.uri === `#${attributeOf(one, 'Id') ?? ''}`);
  return ['MimeType', 'Encoding'].every((name) => {
    const said = object && attributeOf(object, name);
    const [described] = xadesChildren(format, name);
    return !said || !described || textWithin(described) === said;
  });
}
