import { cryptographicVerification } from '../building-blocks/cryptographic-verification.ts';
import { formatChecking } from '../building-blocks/format-checking.ts';
import { identificationOfTheSigningCertificate } from '../building-blocks/identification-of-the-signing-certificate.ts';
import type { CertificateRole } from '../building-blocks/revocation-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import type { X509Conclusion } from '../building-blocks/x509-conclusion.ts';
import { x509Validation } from '../building-blocks/x509-validation.ts';
import { type Conclusion, passed } from '../indication.ts';
import type { TokenFacts } from '../signed-document.ts';

/** The building blocks by their names in EN 319 102-1 5.2. */
export type BlockName =
  | 'format-checking'
  | 'identification-of-the-signing-certificate'
  | 'x509-validation'
  | 'cryptographic-verification'
  | 'signature-acceptance'
  | 'basic-validation'
  | 'validation-with-time'
  | 'validation-with-archival-data';

/** The conclusion of each block that ran. */
export type BlockConclusions = Partial<Record<BlockName, Conclusion>>;

/** What basic validation found. */
export interface BasicConclusion {
  readonly conclusion: Conclusion;
  readonly blocks: BlockConclusions;
  readonly x509?: X509Conclusion;
}

/**
 * Validation of basic signatures (EN 319 102-1 5.3), and of the signature of a time-stamp, at the current time. Every
 * block runs; the first that does not pass decides, in the order of the clause: format, certificate, cryptography, X.509,
 * acceptance.
 * @param acceptance the constraints of this kind of token
 */
export function basicValidation(
  context: ValidationContext,
  token: TokenFacts,
  role: CertificateRole,
  acceptance: () => Conclusion,
): BasicConclusion {
  const format = formatChecking(token);
  const identification = identificationOfTheSigningCertificate(token);
  const cryptography = cryptographicVerification(token);
  const x509 = token.signingCertificate && x509Validation(context, token.signingCertificate, role);
  const accepted = acceptance();
  const order = [format, identification, cryptography, ...(x509 ? [x509.conclusion] : []), accepted];
  const conclusion =
    order.find(({ indication }) => indication !== 'PASSED') ?? passed(order.flatMap(({ notes }) => notes));
  return {
    conclusion,
    blocks: {
      'format-checking': format,
      'identification-of-the-signing-certificate': identification,
      ...(x509 ? { 'x509-validation': x509.conclusion } : {}),
      'cryptographic-verification': cryptography,
      'signature-acceptance': accepted,
      'basic-validation': conclusion,
    },
    ...(x509 ? { x509 } : {}),
  };
}
