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

/** Someone with a certificate and its key, ready to sign; an authority signs certificates. */
export interface CertificateHolder {
  readonly subject: NameAttributes;
  readonly publicKey: KeyObject;
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
  readonly privateKey: KeyObject;
  readonly serialNumber: bigint;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly access?: StatusAccess;
  /** How the holder signs afterwards. */
  readonly algorithm?: SignatureAlgorithm;
  /** Extensions beside those of the profile. */
  readonly extensions?: readonly Extension[];
  /** The last word on the contents: the place to make one fault. */
  readonly edit?: (contents: CertificateContents) => CertificateContents;
}

/** A holder with a certificate that `issuer` signed, or a self-signed one without an issuer. */
export async function certify(request: CertificateRequest, issuer?: CertificateHolder): Promise<CertificateHolder> {
  const { subject, privateKey, serialNumber, algorithm } = request;
  const publicKey = createPublicKey(privateKey);
  const asked: CertificateContents = {
    serialNumber,
    issuer: issuer?.subject ?? subject,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    subject,
    publicKey,
    extensions: [
      ...profileExtensions(request.profile),
      subjectKeyIdentifier(publicKey),
      ...(issuer ? [authorityKeyIdentifier(issuer.publicKey)] : []),
      ...accessExtensions(request.access ?? {}),
      ...(request.extensions ?? []),
    ],
  };
  const contents = request.edit?.(asked) ?? asked;
  const signingKey = issuer?.signer ?? softwareSigner(privateKey, [new Uint8Array()], algorithm);
  const certificate = await issueCertificate(contents, signingKey);
  const chain: DigestSigner['chain'] = [certificate, ...(issuer?.signer.chain ?? [])];
  return {
    subject: contents.subject,
    publicKey,
    serialNumber: contents.serialNumber,
    signer: softwareSigner(privateKey, chain, algorithm),
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
