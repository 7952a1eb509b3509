import { FormatError } from '../../../base/index.ts';
import { type Asn1Element, childrenOf, isContext, sequenceOf } from '../../formats/asn1/index.ts';
import { type Attribute, cmsOids, type SignedData } from '../../formats/cms/index.ts';
import { type EmbeddedMaterial, joinMaterial } from '../embedded-material.ts';
import { cadesOids } from './attribute-oids.ts';
import { tokenOf } from './token-of.ts';

const timestampAttributes: readonly string[] = [
  cadesOids.contentTimestamp,
  cadesOids.signatureTimestamp,
  cadesOids.signatureAndReferencesTimestamp,
  cadesOids.referencesTimestamp,
  cadesOids.archiveTimestampV1,
  cadesOids.archiveTimestampV2,
  cadesOids.archiveTimestampV3,
];

const deepest = 3;

/**
 * Certificates and revocation data anywhere in a CMS: beside the signers, in their unsigned attributes, and likewise in
 * the time-stamps among these.
 */
export function materialOfCms(signedData: SignedData, depth = 0): EmbeddedMaterial {
  const parts: EmbeddedMaterial[] = [
    {
      certificates: signedData.certificates,
      crls: signedData.crls,
      ocspResponses: signedData.ocspResponses,
    },
  ];
  for (const signer of signedData.signers) {
    const attributes = [...(signer.signedAttributes?.attributes ?? []), ...signer.unsignedAttributes];
    parts.push(materialOfAttributes(attributes, depth));
  }
  return joinMaterial(parts);
}

/** Certificates and revocation data in attributes, and in the time-stamps among them. */
export function materialOfAttributes(attributes: readonly Attribute[], depth = 0): EmbeddedMaterial {
  return joinMaterial(attributes.flatMap((attribute) => materialOfAttribute(attribute, depth)));
}

function materialOfAttribute({ oid, values }: Attribute, depth: number): EmbeddedMaterial[] {
  try {
    if (oid === cadesOids.certificateValues)
      return values.map((value) => ({ certificates: sequenceOf(value).map(bytesOf), crls: [], ocspResponses: [] }));
    if (oid === cadesOids.revocationValues || oid === cmsOids.revocationArchival) return values.map(revocationValues);
    if (!timestampAttributes.includes(oid) || depth >= deepest) return [];
    return values.flatMap((value) => {
      const token = tokenOf(value.bytes);
      return token ? [materialOfCms(token.signedData, depth + 1)] : [];
    });
  } catch (error) {
    // An attribute that cannot be read gives no material; the signature stands without it.
    if (error instanceof FormatError) return [];
    throw error;
  }
}

/** RevocationValues (EN 319 122-1 A.1.1.2), and what PDF producers put among the signed attributes (ISO 32000-1 12.8.3.3). */
function revocationValues(value: Asn1Element): EmbeddedMaterial {
  const parts = sequenceOf(value, 'RevocationValues');
  const inside = (tag: number) =>
    parts.filter((part) => isContext(part, tag)).flatMap((part) => childrenOf(part).flatMap(childrenOf).map(bytesOf));
  return { certificates: [], crls: inside(0), ocspResponses: inside(1) };
}

function bytesOf({ bytes }: Asn1Element): Uint8Array {
  return bytes;
}
