import {
  cmsOids,
  messageDigestOf,
  type SignedData,
  type SignerInfo,
  signedAttributesOf,
} from '../../formats/cms/index.ts';
import type { PdfSignature } from '../../formats/pdf/index.ts';
import type { ProfileFacts, TokenFacts } from '../signed-document.ts';
import { cadesOids } from './attribute-oids.ts';
import { attributeFitsDigest, isEmbedded } from './cades-profile.ts';

/** What the format of a PDF signature is told from (EN 319 142-1 5, 6.3; ISO 32000-1 12.8.3.3). */
export function padesProfile(
  field: PdfSignature,
  signedData: SignedData,
  signer: SignerInfo,
  facts: Pick<TokenFacts, 'certificateReference' | 'signingCertificate'>,
  hasSecurityStore: boolean,
): ProfileFacts {
  const signed = (oid: string) => signedAttributesOf(signer, oid).flatMap(({ values }) => values).length;
  const references = signed(cmsOids.signingCertificate) + signed(cmsOids.signingCertificateV2);
  const family = familyOf(field);
  const hasReason = field.entries.has('Reason');
  const hasCommitment = signed(cadesOids.commitmentType) > 0;
  const bes =
    signed(cmsOids.contentType) === 1 &&
    signed(cmsOids.messageDigest) === 1 &&
    references >= 1 &&
    attributeFitsDigest(signer, facts) &&
    signedData.contentType === cmsOids.data &&
    !signedData.content &&
    field.filter !== undefined &&
    !(hasCommitment && hasReason);
  const hasPolicy = signed(cadesOids.signaturePolicy) > 0;
  return {
    family,
    basic: family === 'PAdES' ? bes : isPkcs7(field, signedData, signer, facts),
    baseline:
      bes &&
      references === 1 &&
      signed(cmsOids.signingTime) === 0 &&
      field.claimedSigningTime !== undefined &&
      isEmbedded(signedData, facts) &&
      !(hasPolicy && hasReason),
    hasPolicy: hasPolicy && !hasReason,
    hasCompleteReferences: false,
    hasOlderAttributes: false,
    hasEvidenceRecord: false,
    hasSecurityStore,
  };
}

function familyOf({ subFilter }: PdfSignature): ProfileFacts['family'] {
  if (subFilter === 'ETSI.CAdES.detached') return 'PAdES';
  return subFilter === 'adbe.pkcs7.detached' || subFilter === 'adbe.pkcs7.sha1' ? 'PKCS7' : 'PDF';
}

function isPkcs7(
  { subFilter }: PdfSignature,
  signedData: SignedData,
  signer: SignerInfo,
  facts: Pick<TokenFacts, 'signingCertificate'>,
): boolean {
  if (!isEmbedded(signedData, facts)) return false;
  if (subFilter === 'adbe.pkcs7.sha1') return signedData.content?.length === 20;
  return messageDigestOf(signer) !== undefined && !signedData.content;
}
