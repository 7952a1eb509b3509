import { type Conclusion, indeterminate, passed } from '../indication.ts';
import type { CryptographicSuite, ValidationPolicy } from '../policy/validation-policy.ts';
import type { SignatureFacts, TokenFacts } from '../signed-document.ts';
import { type WeakAlgorithm, weakDigest, weaknessFinding, weakSignature } from './algorithm-acceptance.ts';
import { isValidAt } from './revocation-acceptance.ts';

/** Signature acceptance (EN 319 102-1 5.2.8): attributes and algorithms, judged at `time`. */
export function signatureAcceptance(signature: SignatureFacts, policy: ValidationPolicy, time: Date): Conclusion {
  return attributeAcceptance(signature, policy) ?? algorithmAcceptance(signature, policy, time) ?? passed();
}

/** The part of acceptance that no time changes; undefined when it holds. */
export function attributeAcceptance(
  { claimedSigningTime, signingCertificate, bindsContent, constraintFindings = [] }: SignatureFacts,
  { attributes }: ValidationPolicy,
): Conclusion | undefined {
  const [unmet] = constraintFindings;
  if (unmet) return indeterminate('SIG_CONSTRAINTS_FAILURE', unmet);
  if (attributes.signingTime === 'FAIL' && !claimedSigningTime)
    return indeterminate('SIG_CONSTRAINTS_FAILURE', { code: 'ATTRIBUTES_MISSING', detail: 'signing-time' });
  if (
    attributes.signingTimeWithinCertificate === 'FAIL' &&
    claimedSigningTime &&
    signingCertificate &&
    !isValidAt(signingCertificate, claimedSigningTime)
  )
    return indeterminate('SIG_CONSTRAINTS_FAILURE', {
      code: 'SIGNING_TIME_OUTSIDE_CERTIFICATE',
      certificate: signingCertificate,
      time: claimedSigningTime,
    });
  if (attributes.contentBinding === 'FAIL' && !bindsContent)
    return indeterminate('SIG_CONSTRAINTS_FAILURE', { code: 'ATTRIBUTES_MISSING', detail: 'message-digest' });
  return undefined;
}

/** The algorithms of the token itself at `time`; undefined when they are good enough. */
export function algorithmAcceptance(token: TokenFacts, policy: ValidationPolicy, time: Date): Conclusion | undefined {
  const weak = weakToken(token, policy.cryptography, time);
  return weak && indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', weaknessFinding(weak));
}

function weakToken(token: TokenFacts, suite: CryptographicSuite, time: Date): WeakAlgorithm | undefined {
  const { signatureAlgorithm, signingCertificate, references } = token;
  const weak = weakSignature(signatureAlgorithm, signingCertificate, time, suite);
  if (weak) return weak;
  for (const { digestAlgorithm, kind } of references) {
    if (kind === 'SIGNING_INPUT') continue; // it has no digest but the signature's own
    const weakReference = weakDigest(digestAlgorithm, time, suite);
    if (weakReference) return weakReference;
  }
  return undefined;
}
