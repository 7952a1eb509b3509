import { utcSeconds } from '../../../base/index.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { issuerSerial } from '../signing-certificate.ts';
import { type CanonicalElement, element } from './canonical-xml.ts';
import { digestElements, type SealedReference } from './references.ts';

/** EN 319 132-1 5.2: what a baseline signature says of itself and of what it signs. */
export function signedProperties(
  id: string,
  references: readonly SealedReference[],
  { algorithm, chain }: DigestSigner,
  signingTime: Date,
): CanonicalElement {
  const certificate = element('xades:Cert', {}, [
    element('xades:CertDigest', {}, digestElements(chain[0], algorithm)),
    element('xades:IssuerSerialV2', {}, base64(issuerSerial(chain[0]))),
  ]);
  const formats = references.map((each) =>
    element('xades:DataObjectFormat', { ObjectReference: `#${each.id}` }, [
      element('xades:MimeType', {}, each.mediaType),
    ]),
  );
  return element('xades:SignedProperties', { Id: `properties-${id}` }, [
    element('xades:SignedSignatureProperties', {}, [
      element('xades:SigningTime', {}, utcSeconds(signingTime)),
      element('xades:SigningCertificateV2', {}, [certificate]),
    ]),
    element('xades:SignedDataObjectProperties', {}, formats),
  ]);
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
