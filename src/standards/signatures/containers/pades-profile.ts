import {
  cmsOids,
  messageDigestOf,
  type SignedData,
  type SignerInfo,
  signedAttributesOf,
} from '../../formats/cms/index.ts';
import type { PdfSignature } from '../../formats/pdf/index.ts';
import type { ProfileFacts } from '../signed-document.ts';
import { cadesOids } from './attribute-oids.ts';

/** What the format of a PDF signature is told from (EN 319 142-1 5, 6.3; ISO 32000-1 12.8.3.3). */
export function padesProfile(field: PdfSignature, signedData: SignedData, signer: SignerInfo): ProfileFacts {
  const signed = (oid: string) => signedAttributesOf(signer, oid).flatMap(({ values }) => values).length;
  const references = signed(cmsOids.signingCertificate) + signed(cmsOids.signingCertificateV2);
  const isPades = field.subFilter === 'ETSI.CAdES.detached';
  const isPkcs7 = field.subFilter === 'adbe.pkcs7.detached' || field.subFilter === 'adbe.pkcs7.sha1';
  const cms = signed(cmsOids.contentType) === 1 && signed(cmsOids.messageDigest) === 1 && references >= 1;
  const pkcs7 =
    signedData.certificates.length > 0 &&
    (field.subFilter === 'adbe.pkcs7.sha1'
      ? signedData.content?.length === 20
      : messageDigestOf(signer) !== undefined && !signedData.content);
  return {
    family: isPades ? 'PAdES' : isPkcs7 ? 'PKCS7' : 'PDF',
    basic: isPades ? cms : pkcs7,
    baseline:
      cms &&
      references === 1 &&
      signed(cmsOids.signingTime) === 0 &&
      field.claimedSigningTime !== undefined &&
      !signedData.content,
    hasPolicy: signed(cadesOids.signaturePolicy) > 0,
    hasValidationReferences: false,
    hasValidationValues: false,
    hasEvidenceRecord: false,
  };
}
