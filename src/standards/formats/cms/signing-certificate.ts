import {
  type Asn1Element,
  integerOf,
  isUniversal,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  universal,
} from '../asn1/index.ts';
import { type DigestName, digestNameOf, type Name, readGeneralNames } from '../x509/index.ts';
import { signedAttributesOf } from './signed-attributes.ts';
import { cmsOids, type SignerInfo } from './signed-data.ts';

/** A reference to a certificate: ESSCertID or ESSCertIDv2 (RFC 5035 4, 5). */
export interface CertificateReference {
  /** Undefined: an algorithm we do not know. */
  readonly digestAlgorithm: DigestName | undefined;
  readonly digest: Uint8Array;
  readonly issuerSerial?: { readonly issuer: Name | undefined; readonly serial: bigint };
}

/**
 * The references of the signing-certificate attributes, v2 before v1; the first is the signer's own (RFC 5035 3).
 * @returns undefined when there is no such attribute
 * @throws FormatError
 */
export function certificateReferencesOf(signer: SignerInfo): CertificateReference[] | undefined {
  const second = signedAttributesOf(signer, cmsOids.signingCertificateV2);
  const first = signedAttributesOf(signer, cmsOids.signingCertificate);
  const attribute = second[0] ?? first[0];
  if (!attribute) return undefined;
  const [certs] = sequenceOf(attribute.values[0], 'a SigningCertificate');
  return sequenceOf(certs, 'the references').map((reference) => readReference(reference, second.length > 0));
}

function readReference(element: Asn1Element, isSecondVersion: boolean): CertificateReference {
  const parts = sequenceOf(element, 'an ESSCertID');
  const algorithm = isSecondVersion && isUniversal(parts[0], universal.sequence) ? parts.shift() : undefined;
  const [hash, issuerSerial] = parts;
  const named = algorithm && oidOf(sequenceOf(algorithm)[0]);
  const whenAbsent = isSecondVersion ? 'SHA256' : 'SHA1';
  return {
    digestAlgorithm: named === undefined ? whenAbsent : digestNameOf(named),
    digest: octetsOf(required(hash, 'the digest of a certificate')),
    ...(issuerSerial ? { issuerSerial: readIssuerSerial(issuerSerial) } : {}),
  };
}

function readIssuerSerial(element: Asn1Element) {
  const [names, serial] = sequenceOf(element, 'an IssuerSerial');
  const directory = readGeneralNames(required(names, 'the issuer')).find(({ kind }) => kind === 'directoryName');
  return { issuer: directory?.kind === 'directoryName' ? directory.name : undefined, serial: integerOf(serial) };
}
