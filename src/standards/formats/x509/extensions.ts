import {
  type Asn1Element,
  booleanOf,
  childrenOf,
  decodeWholeAsn1,
  isContext,
  isUniversal,
  namedBitsOf,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  smallIntegerOf,
  universal,
} from '../asn1/index.ts';
import { type GeneralName, readGeneralName } from './name.ts';

/** An extension as it stands (RFC 5280 4.2). */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER of what the extension holds. */
  readonly value: Uint8Array;
}

export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  noRevocationAvailable: '2.5.29.56',
  expiredCertsOnCrl: '2.5.29.60',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  validityAssuredShortTerm: '0.4.0.194121.2.1',
} as const;

/** Reads Extensions, whether of a certificate, a CRL or an OCSP response. */
export function readExtensions(element: Asn1Element): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const extension of sequenceOf(element, 'Extensions')) {
    const [oidElement, second, third] = sequenceOf(extension, 'an Extension');
    const oid = oidOf(oidElement);
    const critical = isUniversal(second, universal.boolean) ? booleanOf(second) : false;
    const value = required(isUniversal(second, universal.boolean) ? third : second, 'the value of an extension');
    if (!extensions.has(oid)) extensions.set(oid, { oid, critical, value: octetsOf(value) });
  }
  return extensions;
}

/** Bits of KeyUsage by name (RFC 5280 4.2.1.3). */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'crlSign'
  | 'encipherOnly'
  | 'decipherOnly';

const keyUsageNames: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'crlSign',
  'encipherOnly',
  'decipherOnly',
];

/** KeyUsage. */
export function readKeyUsage(value: Uint8Array): KeyUsage[] {
  return namedBitsOf(decodeWholeAsn1(value).content).flatMap((bit) => keyUsageNames[bit] ?? []);
}

/** BasicConstraints (RFC 5280 4.2.1.9). */
export function readBasicConstraints(value: Uint8Array): { ca: boolean; pathLength?: number } {
  const [first, second] = sequenceOf(decodeWholeAsn1(value), 'BasicConstraints');
  const ca = isUniversal(first, universal.boolean) ? booleanOf(first) : false;
  const length = isUniversal(first, universal.boolean) ? second : first;
  return length ? { ca, pathLength: smallIntegerOf(length) } : { ca };
}

/** A SEQUENCE OF OBJECT IDENTIFIER, such as ExtKeyUsageSyntax. */
export function readOidSequence(value: Uint8Array): string[] {
  return sequenceOf(decodeWholeAsn1(value)).map(oidOf);
}

/** The keyIdentifier of AuthorityKeyIdentifier, lower-case hex. */
export function readAuthorityKeyIdentifier(value: Uint8Array): string | undefined {
  const key = sequenceOf(decodeWholeAsn1(value)).find((part) => isContext(part, 0));
  return key ? Buffer.from(key.content).toString('hex') : undefined;
}

/** The addresses that AuthorityInfoAccess gives for an access method (RFC 5280 4.2.2.1). */
export function readAccessLocations(value: Uint8Array, method: string): string[] {
  return sequenceOf(decodeWholeAsn1(value), 'AuthorityInfoAccess').flatMap((description) => {
    const [type, location] = sequenceOf(description);
    if (!type || !location || oidOf(type) !== method) return [];
    const name = readGeneralName(location);
    return name.kind === 'uniformResourceIdentifier' ? [name.text] : [];
  });
}

/** GeneralNames under any tag. */
export function readGeneralNames(element: Asn1Element): GeneralName[] {
  return childrenOf(element).map(readGeneralName);
}

/** A subtree of NameConstraints; minimum and maximum are not used in RFC 5280. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

/** NameConstraints (RFC 5280 4.2.1.10). */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const parts = sequenceOf(decodeWholeAsn1(value), 'NameConstraints');
  const subtrees = (tag: number) =>
    parts
      .filter((part) => isContext(part, tag))
      .flatMap(childrenOf)
      .map((subtree) => readGeneralName(required(sequenceOf(subtree)[0], 'the base of a subtree')));
  return { permitted: subtrees(0), excluded: subtrees(1) };
}

/** A policy and the user notices of its qualifiers. */
export interface PolicyInformation {
  readonly policy: string;
  readonly qualifiers: readonly Uint8Array[];
}

/** CertificatePolicies (RFC 5280 4.2.1.4). */
export function readCertificatePolicies(value: Uint8Array): PolicyInformation[] {
  return sequenceOf(decodeWholeAsn1(value), 'CertificatePolicies').map((information) => {
    const [policy, qualifiers] = sequenceOf(information);
    return { policy: oidOf(policy), qualifiers: qualifiers ? childrenOf(qualifiers).map(({ bytes }) => bytes) : [] };
  });
}

/** PolicyMappings (RFC 5280 4.2.1.5). */
export function readPolicyMappings(value: Uint8Array): { issuerDomain: string; subjectDomain: string }[] {
  return sequenceOf(decodeWholeAsn1(value), 'PolicyMappings').map((mapping) => {
    const [issuer, subject] = sequenceOf(mapping);
    return { issuerDomain: oidOf(issuer), subjectDomain: oidOf(subject) };
  });
}

/** PolicyConstraints (RFC 5280 4.2.1.11): certificates to come before each rule holds. */
export function readPolicyConstraints(value: Uint8Array): { requireExplicit?: number; inhibitMapping?: number } {
  const parts = sequenceOf(decodeWholeAsn1(value), 'PolicyConstraints');
  const count = (tag: number) => {
    const part = parts.find((candidate) => isContext(candidate, tag));
    return part && Number.parseInt(Buffer.from(part.content).toString('hex').slice(-8) || '0', 16);
  };
  const requireExplicit = count(0);
  const inhibitMapping = count(1);
  return {
    ...(requireExplicit === undefined ? {} : { requireExplicit }),
    ...(inhibitMapping === undefined ? {} : { inhibitMapping }),
  };
}

/** A DistributionPointName, once relative names are joined to the issuer's: full names only, or a relative name. */
export interface DistributionPointName {
  readonly fullNames: readonly GeneralName[];
  /** The SET's contents of nameRelativeToCRLIssuer, wrapped as a relative name. */
  readonly relative?: Asn1Element;
}

/** DistributionPointName (RFC 5280 4.2.1.13), given the element that holds the choice. */
export function readDistributionPointName(holder: Asn1Element): DistributionPointName {
  const [choice] = childrenOf(holder);
  if (isContext(choice, 0)) return { fullNames: readGeneralNames(choice) };
  return choice ? { fullNames: [], relative: choice } : { fullNames: [] };
}

/** A point of CRLDistributionPoints. */
export interface DistributionPoint {
  readonly name?: DistributionPointName;
  /** Bits of ReasonFlags (RFC 5280 4.2.1.13); undefined: all reasons. */
  readonly reasons?: readonly number[];
  readonly crlIssuers: readonly GeneralName[];
}

/** CRLDistributionPoints, or the points of FreshestCRL. */
export function readDistributionPoints(value: Uint8Array): DistributionPoint[] {
  return sequenceOf(decodeWholeAsn1(value), 'CRLDistributionPoints').map((point) => {
    const parts = sequenceOf(point);
    const name = parts.find((part) => isContext(part, 0));
    const reasons = parts.find((part) => isContext(part, 1));
    const issuers = parts.find((part) => isContext(part, 2));
    return {
      ...(name ? { name: readDistributionPointName(name) } : {}),
      ...(reasons ? { reasons: namedBitsOf(reasons.content) } : {}),
      crlIssuers: issuers ? readGeneralNames(issuers) : [],
    };
  });
}
