import { cmsOids, type SignedData, type SignerInfo, signedAttributesOf } from '../../formats/cms/index.ts';
import type { ProfileFacts, TokenFacts } from '../signed-document.ts';
import { cadesOids } from './attribute-oids.ts';

/** What the format of a CAdES signature is told from (EN 319 122-1 6.3, EN 319 122-2). */
export function cadesProfile(
  signedData: SignedData,
  signer: SignerInfo,
  facts: Pick<TokenFacts, 'certificateReference' | 'signingCertificate'>,
  isCounterSignature: boolean,
): ProfileFacts {
  const signed = (oid: string) => signedAttributesOf(signer, oid).flatMap(({ values }) => values).length;
  const unsigned = (oid: string) => signer.unsignedAttributes.filter((attribute) => attribute.oid === oid).length;
  const references = signed(cmsOids.signingCertificate) + signed(cmsOids.signingCertificateV2);
  const contentTypes = signed(cmsOids.contentType);
  const basic =
    signed(cmsOids.messageDigest) === 1 &&
    references >= 1 &&
    (isCounterSignature || contentTypes === 1) &&
    attributeFitsDigest(signer, facts);
  const baseline =
    basic &&
    references === 1 &&
    signed(cmsOids.signingTime) === 1 &&
    signed(cadesOids.signaturePolicy) <= 1 &&
    isEmbedded(signedData, facts) &&
    (isCounterSignature || signedData.contentType === cmsOids.data);
  return {
    family: 'CAdES',
    basic,
    baseline,
    hasPolicy: signed(cadesOids.signaturePolicy) > 0,
    hasCompleteReferences:
      unsigned(cadesOids.certificateReferences) === 1 && unsigned(cadesOids.revocationReferences) === 1,
    hasOlderAttributes: olderAttributes.some((oid) => unsigned(oid) > 0),
    hasEvidenceRecord: hasEvidenceRecord(signedData),
    hasSecurityStore: false,
  };
}

const olderAttributes = [
  cadesOids.certificateValues,
  cadesOids.certificateReferences,
  cadesOids.revocationValues,
  cadesOids.revocationReferences,
  cadesOids.referencesTimestamp,
];

/** An evidence record of any signer covers all: the internal kind where the content is inside, the external elsewhere. */
function hasEvidenceRecord({ signers, content }: SignedData): boolean {
  return signers.some(({ unsignedAttributes }) => {
    const has = (oid: string) => unsignedAttributes.some((attribute) => attribute.oid === oid);
    const [fitting, other] = content
      ? [cadesOids.internalEvidenceRecord, cadesOids.externalEvidenceRecord]
      : [cadesOids.externalEvidenceRecord, cadesOids.internalEvidenceRecord];
    return has(fitting) && !has(other);
  });
}

/** The signing certificate is among SignedData.certificates. */
export function isEmbedded(
  { certificates }: Pick<SignedData, 'certificates'>,
  { signingCertificate }: Pick<TokenFacts, 'signingCertificate'>,
): boolean {
  return (
    signingCertificate !== undefined && certificates.some((der) => Buffer.compare(der, signingCertificate.der) === 0)
  );
}

/** The first attribute is for SHA-1, the second for everything else (EN 319 122-1 6.3 h, i). */
export function attributeFitsDigest(
  signer: SignerInfo,
  { certificateReference }: Pick<TokenFacts, 'certificateReference'>,
): boolean {
  if (certificateReference.kind !== 'matches' && certificateReference.kind !== 'differs') return true;
  const isFirst = signedAttributesOf(signer, cmsOids.signingCertificateV2).length === 0;
  return isFirst === (certificateReference.digestAlgorithm === 'SHA1');
}
