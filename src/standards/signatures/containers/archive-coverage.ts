import type { Attribute } from '../../formats/cms/index.ts';
import { digestOfEncoding, idOfEncoding, readOcspResponses } from '../../formats/revocation/index.ts';
import type { TimestampToken } from '../../formats/tsp/index.ts';
import type { EmbeddedMaterial } from '../embedded-material.ts';
import type { SignatureFacts } from '../signed-document.ts';
import { type ArchivedSigner, attributeHashes, type HashIndex, hashIndexOf, isEarlier } from './cades-imprints.ts';
import { materialOfAttributes, materialOfCms } from './cms-material.ts';
import { timestampId } from './cms-timestamps.ts';
import { tokenOf } from './token-of.ts';

/**
 * Ids, in proofs of existence, of certificates and revocation data: sha256 of their encoding. The certificates that an OCSP
 * response brings exist as long as it does.
 */
export function idsOfMaterial({ certificates, crls, ocspResponses }: EmbeddedMaterial): string[] {
  const responders = readOcspResponses(ocspResponses).flatMap((response) => response.certificates);
  return [...certificates, ...crls, ...ocspResponses, ...responders].map(idOfEncoding);
}

/** Ids of signatures, of those who made them, and of their time-stamps. */
export function idsOfSignatures(signatures: readonly SignatureFacts[]): string[] {
  return signatures.flatMap(({ id, signingCertificate, timestamps }) => [
    id,
    ...(signingCertificate ? [signingCertificate.sha256] : []),
    ...timestamps.map((timestamp) => timestamp.id),
  ]);
}

/** What an archive time-stamp of the third form covers: what its index names, and what is inside that. */
export function coveredByIndex({ signedData, signer }: ArchivedSigner, token: TimestampToken): string[] {
  const index = hashIndexOf(token);
  if (!index) return [];
  const material: EmbeddedMaterial = {
    certificates: signedData.certificates.filter((der) => isNamed(der, index)),
    crls: signedData.crls.filter((der) => isNamed(der, index)),
    ocspResponses: index.revocation.size > 0 ? signedData.ocspResponses : [],
  };
  const attributes = signer.unsignedAttributes.filter((attribute) =>
    attributeHashes(attribute, index).some((hash) => index.attributes.has(hash)),
  );
  return [...idsOfMaterial(material), ...coveredInAttributes(attributes)];
}

function isNamed(der: Uint8Array, { algorithm, certificates, revocation }: HashIndex): boolean {
  const digest = digestOfEncoding(der, algorithm);
  const hex = digest ? Buffer.from(digest).toString('hex') : '';
  return certificates.has(hex) || revocation.has(hex);
}

/** What an archive time-stamp of the second form covers: everything that was there before it. */
export function coveredBefore({ signedData, signer }: ArchivedSigner, productionTime: Date): string[] {
  const { certificates, crls, ocspResponses } = signedData;
  const attributes = signer.unsignedAttributes.filter((attribute) => isEarlier(attribute, productionTime));
  return [...idsOfMaterial({ certificates, crls, ocspResponses }), ...coveredInAttributes(attributes)];
}

function coveredInAttributes(attributes: readonly Attribute[]): string[] {
  const tokens = attributes.flatMap(({ values }) => values.filter(({ bytes }) => tokenOf(bytes)));
  return [...tokens.map(({ bytes }) => timestampId(bytes)), ...idsOfMaterial(materialOfAttributes(attributes))];
}

/** What a time-stamp over a whole file with this CMS in it covers of the CMS: its time-stamps and material. */
export function coveredInCms(signedData: Parameters<typeof materialOfCms>[0]): string[] {
  const attributes = signedData.signers.flatMap((signer) => signer.unsignedAttributes);
  return [...coveredInAttributes(attributes), ...idsOfMaterial(materialOfCms(signedData))];
}
