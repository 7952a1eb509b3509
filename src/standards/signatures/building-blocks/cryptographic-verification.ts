import { type Conclusion, failed, indeterminate, passed } from '../indication.ts';
import type { TokenFacts } from '../signed-document.ts';

/**
 * Cryptographic verification (EN 319 102-1 5.2.7): all that is signed is there and unchanged, and the value is good. What
 * names an algorithm that nobody here knows, for the digest or for the value, fails: nothing shows that it fits.
 */
export function cryptographicVerification({ references, valueCheck, signatureAlgorithm }: TokenFacts): Conclusion {
  for (const { found, intact, kind, refused, hasUnknownDigest } of references) {
    if (!found && refused !== undefined)
      return indeterminate('SIGNED_DATA_NOT_FOUND', { code: 'NOT_YET_SUPPORTED', detail: refused });
    // What a signed manifest names may be elsewhere: the manifest is what is signed (XMLDSig 1.1 5.1).
    if (!found && kind === 'XML_MANIFEST_ENTRY') continue;
    if (hasUnknownDigest)
      return failed('HASH_FAILURE', { code: 'ALGORITHM_UNSUPPORTED', detail: 'an unknown digest algorithm' });
    if (!found) return indeterminate('SIGNED_DATA_NOT_FOUND', { code: 'CONTENT_NOT_GIVEN' });
    // Without signed attributes there is no digest of its own: the value check below speaks of the content.
    if (kind === 'SIGNING_INPUT' && valueCheck === 'bad')
      return failed('HASH_FAILURE', { code: 'SIGNATURE_VALUE_WRONG' });
    if (!intact && kind !== 'CONTENT' && kind !== 'SIGNING_INPUT')
      return failed('HASH_FAILURE', { code: 'CONTENT_CHANGED' });
  }
  switch (valueCheck) {
    case 'good':
      return passed();
    case 'bad':
      return failed('SIG_CRYPTO_FAILURE', { code: 'SIGNATURE_VALUE_WRONG' });
    case 'unsupported':
      return failed('SIG_CRYPTO_FAILURE', {
        code: 'ALGORITHM_UNSUPPORTED',
        detail: signatureAlgorithm?.name ?? 'unknown',
      });
    case 'unchecked':
      return indeterminate('SIGNED_DATA_NOT_FOUND', { code: 'CONTENT_NOT_GIVEN' });
  }
}
