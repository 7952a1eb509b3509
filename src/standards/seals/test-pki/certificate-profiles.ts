import { createPublicKey, type KeyObject } from 'node:crypto';
import { type DigestSigner, softwareSigner } from '../digest-signer.ts';
import type { SignatureAlgorithm } from '../signature-algorithm.ts';
import { type CertificateContents, issueCertificate } from './certificate.ts';
import type { NameAttributes } from './distinguished-name.ts';
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  crlDistributionPoints,
  type Extension,
  extendedKeyUsage,
  keyUsage,
  ocspNoCheck,
  subjectKeyIdentifier,
} from './extensions.ts';
import type { MlDsaKey } from './ml-dsa-key.ts';

/** Someone with a certificate and its key, ready to sign; an authority signs certificates. */
export interface CertificateHolder {
  readonly subject: NameAttributes;
  /** DER. */
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly serialNumber: bigint;
  readonly signer: DigestSigner;
}

/** What a certificate is for; each has the extensions that RFC 5280, 3161 and 6960 ask of it. */
export type CertificateProfile = 'authority' | 'signatures' | 'timestamps' | 'status';

/** Where others find what they need to judge a certificate. */
export interface StatusAccess {
  readonly crl?: string;
  readonly ocsp?: string;
  readonly caIssuers?: string;
}

/** A certificate to be issued, as plain data. */
export interface CertificateRequest {
  readonly profile: CertificateProfile;
  readonly subject: NameAttributes;
  readonly privateKey: KeyObject | MlDsaKey;
  readonly serialNumber: bigint;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly access?: StatusAccess;
  /** How the holder signs afterwards; a key of FIPS 204 has one way only. */
  readonly algorithm?: SignatureAlgorithm;
  /** Extensions beside those of the profile. */
  readonly extensions?: readonly Extension[];
  /** The last word on the contents: the place to make one fault. */
  readonly edit?: (contents: CertificateContents) => CertificateContents;
}

/** A holder with a certificate that `issuer` signed, or a self-signed one without an issuer. */
export async function certify(request: CertificateRequest, issuer?: CertificateHolder): Promise<CertificateHolder> {
  const { subject, privateKey, serialNumber, algorithm } = request;
  const { subjectPublicKeyInfo, signer } = keyPair(privateKey, algorithm);
  const asked: CertificateContents = {
    serialNumber,
    issuer: issuer?.subject ?? subject,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    subject,
    subjectPublicKeyInfo,
    extensions: [
      ...profileExtensions(request.profile),
      subjectKeyIdentifier(subjectPublicKeyInfo),
      ...(issuer ? [authorityKeyIdentifier(issuer.subjectPublicKeyInfo)] : []),
      ...accessExtensions(request.access ?? {}),
      ...(request.extensions ?? []),
    ],
  };
  const contents = request.edit?.(asked) ?? asked;
  const signingKey = issuer?.signer ?? signer([new Uint8Array()]);
  const certificate = await issueCertificate(contents, signingKey);
  const chain: DigestSigner['chain'] = [certificate, ...(issuer?.signer.chain ?? [])];
  return {
    subject: contents.subject,
    subjectPublicKeyInfo,
    serialNumber: contents.serialNumber,
    signer: signer(chain),
  };
}

function keyPair(key: KeyObject | MlDsaKey, algorithm?: SignatureAlgorithm): Omit<MlDsaKey, 'parameterSet'> {
  if ('parameterSet' in key) return key;
  return {
    subjectPublicKeyInfo: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    signer: (chain) => softwareSigner(key, chain, algorithm),
  };
}

function profileExtensions(profile: CertificateProfile): Extension[] {
  switch (profile) {
    case 'authority':
      return [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign')];
    case 'signatures':
      return [basicConstraints(false), keyUsage('digitalSignature', 'nonRepudiation')];
    case 'timestamps':
      return [basicConstraints(false), keyUsage('digitalSignature'), extendedKeyUsage(['timeStamping'], true)];
    case 'status':
      return [
        basicConstraints(false),
        keyUsage('digitalSignature'),
        extendedKeyUsage(['OCSPSigning'], false),
        ocspNoCheck(),
      ];
  }
}

function accessExtensions({ crl, ...information }: StatusAccess): Extension[] {
  return [
    ...(crl ? [crlDistributionPoints([crl])] : []),
    ...(Object.keys(information).length > 0 ? [authorityInformationAccess(information)] : []),
  ];
}
