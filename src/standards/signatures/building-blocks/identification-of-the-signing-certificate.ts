import { type Conclusion, indeterminate, passed } from '../indication.ts';
import type { TokenFacts } from '../signed-document.ts';

/**
 * Identification of the signing certificate (EN 319 102-1 5.2.3): there must be one, and where the signature names the
 * digest of its certificate it must be this one's.
 */
export function identificationOfTheSigningCertificate(token: TokenFacts): Conclusion {
  const { signingCertificate, certificateReference } = token;
  if (!signingCertificate)
    return indeterminate('NO_SIGNING_CERTIFICATE_FOUND', { code: 'SIGNING_CERTIFICATE_MISSING' });
  if (certificateReference.kind === 'differs' || certificateReference.kind === 'unreadable')
    return indeterminate('NO_SIGNING_CERTIFICATE_FOUND', {
      code: 'SIGNING_CERTIFICATE_DIFFERS',
      certificate: signingCertificate,
    });
  return passed();
}
