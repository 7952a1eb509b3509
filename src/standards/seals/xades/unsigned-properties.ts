import { createHash } from 'node:crypto';
import { digestOf } from '../../../base/index.ts';
import { distinct, type SealMaterial, type TimestampSource } from '../levels.ts';
import { type CanonicalElement, canonical, element } from './canonical-xml.ts';
import { exclusiveCanonicalization } from './xml-algorithms.ts';

/*
 * Unsigned properties, each as its own exclusive canonical form: it declares the namespaces that it uses, so that an archive
 * time-stamp is over the very octets that stand in the document.
 */

/** SignatureTimeStamp (EN 319 132-1 5.3) over the canonical ds:SignatureValue. */
export async function signatureTimestamp(signatureValue: string, source: TimestampSource): Promise<string> {
  return timestamp('xades:SignatureTimeStamp', await source(digestOf(signatureValue, 'sha256')));
}

/** CertificateValues and RevocationValues (EN 319 132-1 5.4.1 and 5.4.2): what level LT adds. */
export function materialValues({ certificates, crls, ocspResponses }: SealMaterial): string[] {
  const crlValues = listed('xades:CRLValues', 'xades:EncapsulatedCRLValue', crls);
  const ocspValues = listed('xades:OCSPValues', 'xades:EncapsulatedOCSPValue', ocspResponses);
  return [
    ...listed('xades:CertificateValues', 'xades:EncapsulatedX509Certificate', certificates),
    ...(crlValues.length + ocspValues.length > 0
      ? [element('xades:RevocationValues', {}, [...crlValues, ...ocspValues])]
      : []),
  ].map((property) => canonical(property));
}

/** What an archive time-stamp is over, in this order (EN 319 132-1 5.5.2.2). */
export interface ArchivedParts {
  /** The octets of every reference, the signed properties last, as they were digested. */
  readonly references: readonly Uint8Array[];
  /** ds:SignedInfo, ds:SignatureValue, ds:KeyInfo, the unsigned properties so far, other ds:Objects: canonical. */
  readonly elements: readonly string[];
}

/** ArchiveTimeStamp of the namespace 1.4.1 (EN 319 132-1 5.5.2). */
export async function archiveTimestamp(
  { references, elements }: ArchivedParts,
  source: TimestampSource,
): Promise<string> {
  const hash = createHash('sha256');
  for (const part of [...references, ...elements]) hash.update(part);
  return timestamp('xades141:ArchiveTimeStamp', await source({ algorithm: 'sha256', value: hash.digest('hex') }));
}

/** xades:UnsignedProperties around properties; nothing around none. */
export function unsignedProperties(properties: readonly string[]): string {
  if (properties.length === 0) return '';
  const inside = canonical(element('xades:UnsignedSignatureProperties', {}, { canonical: properties }));
  return canonical(element('xades:UnsignedProperties', {}, { canonical: [inside] }));
}

function timestamp(name: string, token: Uint8Array): string {
  return canonical(
    element(name, {}, [
      element('ds:CanonicalizationMethod', { Algorithm: exclusiveCanonicalization }),
      element('xades:EncapsulatedTimeStamp', {}, base64(token)),
    ]),
  );
}

function listed(name: string, each: string, elements: readonly Uint8Array[]): CanonicalElement[] {
  if (elements.length === 0) return [];
  return [
    element(
      name,
      {},
      distinct(elements).map((der) => element(each, {}, base64(der))),
    ),
  ];
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
