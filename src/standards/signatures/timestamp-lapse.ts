import { readTimestampToken } from '../formats/tsp/index.ts';
import {
  type Certificate,
  isSelfSigned,
  keyStrengthOf,
  readCertificates,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from '../formats/x509/index.ts';
import type { CryptographicSuite, ValidationPolicy } from './policy/validation-policy.ts';

/**
 * When the first of the algorithms that a time-stamp rests on lapses by the policy's table: that of its signature, and those
 * of the certificates in it. The digest of its imprint is not among them: another time-stamp does not mend that.
 * @param anchors DER, where the issuers of what lies in the token may be
 * @returns undefined where no end is known
 * @throws FormatError
 */
export function timestampLapse(
  token: Uint8Array,
  anchors: readonly Uint8Array[],
  { cryptography }: ValidationPolicy,
): Date | undefined {
  const { signedData } = readTimestampToken(token);
  const certificates = readCertificates(signedData.certificates);
  const issuers = new Map(
    [...readCertificates(anchors), ...certificates].map((certificate) => [certificate.subject.key, certificate]),
  );
  const ends = [
    ...signedData.signers.map(({ identifier, signatureAlgorithm }) => {
      const signer = certificates.find(
        (one) => identifier.kind === 'issuerAndSerial' && one.serial === identifier.serial,
      );
      return lapse(signatureAlgorithmOf(signatureAlgorithm), signer, cryptography);
    }),
    ...certificates
      .filter((certificate) => !isSelfSigned(certificate))
      .map(({ signatureAlgorithm, issuer }) =>
        lapse(signatureAlgorithmOf(signatureAlgorithm), issuers.get(issuer.key), cryptography),
      ),
  ].filter((end) => end !== undefined);
  return ends.sort((one, other) => one.getTime() - other.getTime())[0];
}

function lapse(
  algorithm: SignatureAlgorithm | undefined,
  signer: Certificate | undefined,
  { keys, digests }: CryptographicSuite,
): Date | undefined {
  if (!algorithm) return undefined;
  const { scheme, digest } = algorithm;
  const bits = (signer && keyStrengthOf(signer.publicKey)?.bits) ?? Number.POSITIVE_INFINITY;
  const untils = [keys[scheme]?.findLast((span) => span.bits <= bits)?.until, digest && digests[digest]?.until].filter(
    (until) => until !== undefined,
  );
  const [first] = untils.sort();
  return first === undefined ? undefined : new Date(`${first}T00:00:00Z`);
}
