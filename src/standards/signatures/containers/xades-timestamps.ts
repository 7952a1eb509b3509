import type { Certificate, DigestName } from '../../formats/x509/index.ts';
import {
  attributeOf,
  type Canonicalization,
  canonicalize,
  childElements,
  type ReferenceContext,
  readCanonicalization,
  signatureNamespace,
  spend,
  standardCanonicalization,
  type TreeElement,
  type XmlSignature,
} from '../../formats/xmldsig/index.ts';
import type { TimestampFacts, TimestampType } from '../signed-document.ts';
import { idsOfMaterial } from './archive-coverage.ts';
import { readTimestamp, timestampId } from './cms-timestamps.ts';
import { includedParts, type StampedPart } from './xades-includes.ts';
import { materialWithin, octetsIn } from './xades-material.ts';
import { propertiesNamed, type XadesProperties, xadesChildren, xadesNamespaces } from './xades-properties.ts';
import { type CheckedReference, digestOfParts, type ImprintPart, type OutsideFile } from './xml-references.ts';

/** What the time-stamps of a XAdES signature are read from. */
export interface TimestampedSignature {
  readonly id: string;
  readonly signature: XmlSignature;
  readonly properties: XadesProperties;
  readonly references: readonly CheckedReference[];
  readonly context: ReferenceContext<OutsideFile>;
  readonly candidates: readonly Certificate[];
  readonly signingCertificate: Certificate | undefined;
}

const timestampTypes: Readonly<Record<string, TimestampType>> = {
  AllDataObjectsTimeStamp: 'ALL_DATA_OBJECTS_TIMESTAMP',
  IndividualDataObjectsTimeStamp: 'INDIVIDUAL_DATA_OBJECTS_TIMESTAMP',
  SignatureTimeStamp: 'SIGNATURE_TIMESTAMP',
  SigAndRefsTimeStamp: 'VALIDATION_DATA_TIMESTAMP',
  SigAndRefsTimeStampV2: 'VALIDATION_DATA_TIMESTAMP',
  RefsOnlyTimeStamp: 'VALIDATION_DATA_REFSONLY_TIMESTAMP',
  RefsOnlyTimeStampV2: 'VALIDATION_DATA_REFSONLY_TIMESTAMP',
  ArchiveTimeStamp: 'ARCHIVE_TIMESTAMP',
};

const mostTimestamps = 200;

/** Every time-stamp of a signature, in the order in which they stand. */
export async function readXadesTimestamps(source: TimestampedSignature): Promise<TimestampFacts[]> {
  const { signedDataObjectProperties, unsignedSignatureProperties } = source.properties;
  const found: TimestampFacts[] = [];
  for (const property of [...signedDataObjectProperties, ...unsignedSignatureProperties]) {
    const type = timestampTypes[property.name];
    if (!type) continue;
    for (const encapsulated of xadesChildren(property, 'EncapsulatedTimeStamp')) {
      const octets = octetsIn(encapsulated);
      const facts = octets && found.length < mostTimestamps && (await read(source, property, type, octets));
      if (facts) found.push(facts);
    }
  }
  return found;
}

async function read(
  source: TimestampedSignature,
  property: TreeElement,
  type: TimestampType,
  octets: Uint8Array,
): Promise<TimestampFacts | undefined> {
  const method = methodOf(property);
  return readTimestamp(octets, {
    type,
    candidates: source.candidates,
    covers: () => coveredBy(source, property, type),
    imprintOf: async (algorithm: DigestName) => {
      const parts = method && orderedParts(source, property, type);
      return parts && method && digestOfParts(parts.map(canonical(source, method)), method, algorithm, source.context);
    },
  });
}

/** The canonicalisation that the time-stamp names (EN 319 132-1 5.1.4.4.2.2), else the standard one. */
function methodOf(property: TreeElement): Canonicalization | undefined {
  const [named] = childElements(property, 'CanonicalizationMethod', signatureNamespace);
  return named ? readCanonicalization(named) : standardCanonicalization;
}

/** A part as it goes into the imprint: elements in canonical form. */
function canonical({ context }: TimestampedSignature, method: Canonicalization) {
  return (part: StampedPart): ImprintPart => {
    if (!('kind' in part)) return part;
    spend(context.budget, { apex: part });
    return canonicalize({ document: context.document, apex: part, comments: true }, method);
  };
}

/** What a time-stamp is over, in order: that of its kind, or that of its Include elements; undefined where not all of it is there. */
function orderedParts(
  source: TimestampedSignature,
  property: TreeElement,
  type: TimestampType,
): readonly StampedPart[] | undefined {
  const parts = partsOf(source, property, type);
  const includes = xadesChildren(property, 'Include');
  if (!parts || includes.length === 0 || type === 'INDIVIDUAL_DATA_OBJECTS_TIMESTAMP') return parts;
  return includedParts(includes, parts, source);
}

function partsOf(
  source: TimestampedSignature,
  property: TreeElement,
  type: TimestampType,
): readonly StampedPart[] | undefined {
  const { signature } = source;
  switch (type) {
    case 'ALL_DATA_OBJECTS_TIMESTAMP':
      return source.references.filter(({ fact }) => fact.kind !== 'SIGNED_PROPERTIES');
    case 'INDIVIDUAL_DATA_OBJECTS_TIMESTAMP':
      return includedReferences(source, property);
    case 'SIGNATURE_TIMESTAMP':
      return [signature.valueElement];
    case 'VALIDATION_DATA_TIMESTAMP':
      return [signature.valueElement, ...referencesBefore(source, property, 'SignatureTimeStamp')];
    case 'VALIDATION_DATA_REFSONLY_TIMESTAMP':
      return referencesBefore(source, property);
    default:
      return archivedParts(source, property);
  }
}

/** References that an Include names with its data (trap 18). */
function includedReferences(
  { references }: TimestampedSignature,
  property: TreeElement,
): CheckedReference[] | undefined {
  const included: CheckedReference[] = [];
  for (const include of xadesChildren(property, 'Include')) {
    const uri = attributeOf(include, 'URI') ?? '';
    const id = uri.startsWith('#') ? uri.slice(1) : uri;
    const named = references.find(({ reference }) => reference.id === id);
    if (!named || attributeOf(include, 'referencedData') === 'false') return undefined;
    included.push(named);
  }
  return included;
}

/** The properties of the same parent before a time-stamp. */
function before({ properties }: TimestampedSignature, property: TreeElement): TreeElement[] {
  const all = properties.unsignedSignatureProperties;
  return all.slice(0, Math.max(0, all.indexOf(property)));
}

/** References to certificates and revocation data before a time-stamp over them (EN 319 132-1 A.1.5). */
function referencesBefore(
  source: TimestampedSignature,
  property: TreeElement,
  ...also: readonly string[]
): TreeElement[] {
  const version = property.name.endsWith('V2') ? 'V2' : '';
  return propertiesNamed(
    before(source, property),
    ...also,
    `CompleteCertificateRefs${version}`,
    'CompleteRevocationRefs',
    `AttributeCertificateRefs${version}`,
    'AttributeRevocationRefs',
  );
}

/**
 * What an archive time-stamp is over (EN 319 132-1 5.5.2.2; TS 101 903 v1.3.2 7.7.1): what the references lead to,
 * SignedInfo, SignatureValue, KeyInfo, the unsigned properties before it, and objects; the older form leaves out objects
 * that a reference names.
 */
function archivedParts(source: TimestampedSignature, property: TreeElement): (CheckedReference | TreeElement)[] {
  const { signature, references, properties } = source;
  const isOlder = property.namespace !== xadesNamespaces['1.4.1'];
  const named = new Set(references.map(({ reference }) => reference.uri));
  const objects = signature.objects.filter(
    (object) =>
      !object.children.includes(properties.element) && !(isOlder && named.has(`#${attributeOf(object, 'Id') ?? ''}`)),
  );
  return [
    ...references,
    signature.signedInfo,
    signature.valueElement,
    ...(signature.keyInfo ? [signature.keyInfo] : []),
    ...before(source, property),
    ...objects,
  ];
}

/** Ids of what a time-stamp proves to have existed. */
function coveredBy(source: TimestampedSignature, property: TreeElement, type: TimestampType): string[] {
  const own = [source.id, ...(source.signingCertificate ? [source.signingCertificate.sha256] : [])];
  switch (type) {
    case 'SIGNATURE_TIMESTAMP':
      return own;
    case 'VALIDATION_DATA_TIMESTAMP':
      return [...own, ...timestampsIn(propertiesNamed(before(source, property), 'SignatureTimeStamp'))];
    case 'VALIDATION_DATA_REFSONLY_TIMESTAMP':
      return own.slice(1);
    case 'ARCHIVE_TIMESTAMP': {
      const earlier = before(source, property);
      const holders = [...(source.signature.keyInfo ? [source.signature.keyInfo] : []), ...earlier];
      const contents = source.properties.signedDataObjectProperties;
      return [
        ...own,
        ...timestampsIn([...contents, ...earlier]),
        ...[...holders, ...contents].flatMap((holder) => idsOfMaterial(materialWithin(holder))),
      ];
    }
    default:
      return [];
  }
}

/** Ids of the time-stamps in properties. */
export function timestampsIn(properties: readonly TreeElement[]): string[] {
  return properties
    .filter(({ name }) => timestampTypes[name])
    .flatMap((property) => xadesChildren(property, 'EncapsulatedTimeStamp'))
    .flatMap((encapsulated) => octetsIn(encapsulated) ?? [])
    .map(timestampId);
}
