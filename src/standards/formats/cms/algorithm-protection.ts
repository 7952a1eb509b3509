import { decodeWholeAsn1, encodeElement, isContext, sequenceOf } from '../asn1/index.ts';
import { type AlgorithmIdentifier, digestNameOf, readAlgorithm, signatureAlgorithmOf } from '../x509/index.ts';
import { signedAttributesOf } from './signed-attributes.ts';
import { cmsOids, type SignerInfo } from './signed-data.ts';

/**
 * Whether the algorithms that the signer used are those that its CMSAlgorithmProtection attribute names (RFC 6211 3):
 * the same in meaning, whether defaults are written out or not. True where there is no such attribute.
 * @throws FormatError
 */
export function keepsToProtectedAlgorithms(signer: SignerInfo): boolean {
  const [attribute] = signedAttributesOf(signer, cmsOids.algorithmProtection);
  const [value] = attribute?.values ?? [];
  if (!value) return true;
  const [digest, ...rest] = sequenceOf(value, 'a CMSAlgorithmProtection');
  const signature = rest.find((part) => isContext(part, 1));
  const named = signature && readAlgorithm(decodeWholeAsn1(encodeElement(0x30, signature.content)));
  return (
    readAlgorithm(digest).oid === signer.digestAlgorithm.oid &&
    (named === undefined || meaning(named, signer) === meaning(signer.signatureAlgorithm, signer))
  );
}

function meaning(algorithm: AlgorithmIdentifier, { digestAlgorithm }: SignerInfo): string {
  const known = signatureAlgorithmOf(algorithm, digestNameOf(digestAlgorithm.oid));
  return `${algorithm.oid} ${JSON.stringify(known ?? {})}`;
}
