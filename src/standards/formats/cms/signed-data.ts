import {
  type Asn1Element,
  type Asn1Limits,
  childrenOf,
  decodeAsn1,
  integerOf,
  isContext,
  isUniversal,
  malformed,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  setOf,
  universal,
} from '../asn1/index.ts';
import { type AlgorithmIdentifier, type Name, readAlgorithm, readName } from '../x509/index.ts';

/** Content types and attributes that we look at. */
export const cmsOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  counterSignature: '1.2.840.113549.1.9.6',
  algorithmProtection: '1.2.840.113549.1.9.52',
  revocationArchival: '1.2.840.113583.1.1.8',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  ocspResponse: '1.3.6.1.5.5.7.16.2',
  basicOcspResponse: '1.3.6.1.5.5.7.48.1.1',
} as const;

/** An attribute of a signer (RFC 5652 5.3). */
export interface Attribute {
  readonly oid: string;
  readonly values: readonly Asn1Element[];
  /** As found. */
  readonly element: Asn1Element;
}

/** Whose certificate it is: by issuer and serial number, or by key identifier (lower-case hex). */
export type SignerIdentifier =
  | { readonly kind: 'issuerAndSerial'; readonly issuer: Name; readonly serial: bigint }
  | { readonly kind: 'subjectKeyIdentifier'; readonly value: string };

/** One signer of a SignedData (RFC 5652 5.3). */
export interface SignerInfo {
  /** As found. */
  readonly element: Asn1Element;
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Absent: the signature is over the content itself. */
  readonly signedAttributes?: {
    readonly attributes: readonly Attribute[];
    /** The `[0]` element as found. */
    readonly element: Asn1Element;
  };
  readonly unsignedAttributes: readonly Attribute[];
}

/** A SignedData (RFC 5652 5.1). */
export interface SignedData {
  readonly digestAlgorithms: readonly AlgorithmIdentifier[];
  readonly contentType: string;
  /** The octets signed over, without tag and length; absent where the content is elsewhere. */
  readonly content?: Uint8Array;
  /** DER of each X.509 certificate, in order; other kinds are left out. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
  /** The parts as found: what archive time-stamps hash. */
  readonly parts: {
    readonly contentInfo: Asn1Element;
    readonly encapsulated: Asn1Element;
    readonly certificates?: Asn1Element;
    readonly crls?: Asn1Element;
  };
}

const mostSigners = 1000;

/**
 * Reads a ContentInfo that holds a SignedData, DER or BER. Bytes after it are left alone.
 * @throws FormatError
 */
export function readSignedData(bytes: Uint8Array, limits?: Asn1Limits): SignedData {
  const contentInfo = decodeAsn1(bytes, limits);
  const [type, holder] = sequenceOf(contentInfo, 'a ContentInfo');
  if (oidOf(type) !== cmsOids.signedData) throw malformed('a SignedData was expected');
  const parts = sequenceOf(childrenOf(required(holder, 'the content'))[0], 'a SignedData');
  const [version, algorithms, encapsulated, ...rest] = parts;
  integerOf(version);
  const certificates = rest.find((part) => isContext(part, 0));
  const crls = rest.find((part) => isContext(part, 1));
  const signers = setOf(
    rest.find((part) => isUniversal(part, universal.set)),
    'SignerInfos',
  );
  if (signers.length > mostSigners) throw malformed('too many signers');
  const [contentType, content] = sequenceOf(encapsulated, 'an EncapsulatedContentInfo');
  return {
    digestAlgorithms: setOf(algorithms, 'digestAlgorithms').map(readAlgorithm),
    contentType: oidOf(contentType),
    ...(content ? { content: contentOctets(content) } : {}),
    certificates: certificates ? childrenOf(certificates).filter(isSequence).map(bytesOf) : [],
    ...revocationOf(crls),
    signers: signers.map(readSignerInfo),
    parts: {
      contentInfo,
      encapsulated: required(encapsulated, 'the encapsulated content'),
      ...(certificates ? { certificates } : {}),
      ...(crls ? { crls } : {}),
    },
  };
}

/** PKCS#7 lets the content be any type; what is signed is then its contents octets (RFC 5652 5.2.1). */
function contentOctets(holder: Asn1Element): Uint8Array {
  const content = required(childrenOf(holder)[0], 'the encapsulated content');
  return isUniversal(content, universal.octetString) ? octetsOf(content) : contents(content);
}

function contents({ content }: Asn1Element): Uint8Array {
  return content;
}

/** Reads a SignerInfo, also where it is the value of a counter-signature. */
export function readSignerInfo(element: Asn1Element): SignerInfo {
  const parts = sequenceOf(element, 'a SignerInfo');
  const [version, sid, digestAlgorithm] = parts;
  integerOf(version);
  const signedElement = isContext(parts[3], 0) ? parts[3] : undefined;
  const [signatureAlgorithm, signature, unsigned] = parts.slice(signedElement ? 4 : 3);
  const unsignedElement = isContext(unsigned, 1) ? unsigned : undefined;
  return {
    element,
    identifier: readIdentifier(required(sid, 'the signer identifier')),
    digestAlgorithm: readAlgorithm(digestAlgorithm),
    signatureAlgorithm: readAlgorithm(signatureAlgorithm),
    signature: octetsOf(required(signature, 'the signature value')),
    ...(signedElement
      ? { signedAttributes: { attributes: childrenOf(signedElement).map(readAttribute), element: signedElement } }
      : {}),
    unsignedAttributes: unsignedElement ? childrenOf(unsignedElement).map(readAttribute) : [],
  };
}

function readIdentifier(element: Asn1Element): SignerIdentifier {
  if (isContext(element, 0))
    return { kind: 'subjectKeyIdentifier', value: Buffer.from(octetsOf(element)).toString('hex') };
  const [issuer, serial] = sequenceOf(element, 'an IssuerAndSerialNumber');
  return {
    kind: 'issuerAndSerial',
    issuer: readName(required(issuer, 'the issuer of the signer')),
    serial: integerOf(serial),
  };
}

function readAttribute(element: Asn1Element): Attribute {
  const [oid, values] = sequenceOf(element, 'an Attribute');
  return { oid: oidOf(oid), values: setOf(values, 'the values of an attribute'), element };
}

function revocationOf(crls: Asn1Element | undefined) {
  const choices = crls ? childrenOf(crls) : [];
  const others = choices.filter((choice) => isContext(choice, 1)).map(childrenOf);
  const ocspResponses = others.flatMap(([format, value]) =>
    value && [cmsOids.ocspResponse, cmsOids.basicOcspResponse].some((oid) => oid === oidOf(format))
      ? [value.bytes]
      : [],
  );
  return { crls: choices.filter(isSequence).map(bytesOf), ocspResponses };
}

function isSequence(element: Asn1Element): boolean {
  return isUniversal(element, universal.sequence);
}

function bytesOf({ bytes }: Asn1Element): Uint8Array {
  return bytes;
}
