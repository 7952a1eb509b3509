import type { RevocationStatus } from '../../certification-path/index.ts';
import type { Certificate } from '../../formats/x509/index.ts';
import { weaknessFinding, weakPath, weakSignature } from '../building-blocks/algorithm-acceptance.ts';
import { isValidAt } from '../building-blocks/revocation-acceptance.ts';
import { algorithmAcceptance, attributeAcceptance } from '../building-blocks/signature-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import type { X509Conclusion } from '../building-blocks/x509-conclusion.ts';
import { anchorWithdrawn } from '../building-blocks/x509-validation.ts';
import { type Conclusion, type Finding, failed, hasSubIndication, indeterminate, passed } from '../indication.ts';
import type { SignatureFacts } from '../signed-document.ts';
import type { BasicConclusion } from './basic-validation.ts';
import type { JudgedTimestamp } from './timestamp-validation.ts';

/** What validation with time found. */
export interface TimedConclusion {
  readonly conclusion: Conclusion;
  /** The earliest time that is proven, or the current one. */
  readonly bestSignatureTime: Date;
}

/**
 * Validation with time and long-term data (EN 319 102-1 5.5): the time-stamps that passed prove when the signature
 * existed, and what was undecided in basic validation is judged again at that time.
 */
export function validationWithTime(
  context: ValidationContext,
  signature: SignatureFacts,
  basic: BasicConclusion,
  timestamps: readonly JudgedTimestamp[],
): TimedConclusion {
  const { conclusion } = basic;
  const { currentTime } = context;
  if (!mayBeSettledByTime(conclusion)) return { conclusion, bestSignatureTime: currentTime };
  const bestSignatureTime = bestTime(timestamps, currentTime);
  return { conclusion: judgeAt(context, signature, basic, bestSignatureTime), bestSignatureTime };
}

function mayBeSettledByTime(conclusion: Conclusion): boolean {
  return (
    conclusion.indication === 'PASSED' ||
    hasSubIndication(
      conclusion,
      'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
      'REVOKED_NO_POE',
      'REVOKED_CA_NO_POE',
      'TRY_LATER',
      'OUT_OF_BOUNDS_NOT_REVOKED',
      'NO_CERTIFICATE_CHAIN_FOUND_NO_POE',
    )
  );
}

function bestTime(timestamps: readonly JudgedTimestamp[], currentTime: Date): Date {
  const proven = timestamps
    .filter(({ facts, basic }) => provesSignature(facts.type) && basic.conclusion.indication === 'PASSED')
    .map(({ facts }) => facts.productionTime.getTime());
  return new Date(Math.min(currentTime.getTime(), ...proven));
}

function provesSignature(type: JudgedTimestamp['facts']['type']): boolean {
  return type === 'SIGNATURE_TIMESTAMP' || type === 'DOCUMENT_TIMESTAMP' || type === 'CONTAINER_TIMESTAMP';
}

function judgeAt(
  context: ValidationContext,
  signature: SignatureFacts,
  { conclusion, x509 }: BasicConclusion,
  bestSignatureTime: Date,
): Conclusion {
  const { signingCertificate } = signature;
  if (!signingCertificate || !x509) return conclusion;
  return (
    issuedLater(signingCertificate, bestSignatureTime, conclusion) ??
    stillUndecided(conclusion, signingCertificate, x509, bestSignatureTime) ??
    (x509.reachesAnchor ? anchorWithdrawn(context, x509.path, bestSignatureTime) : undefined) ??
    algorithmAcceptance(signature, context.policy, bestSignatureTime) ??
    attributeAcceptance(signature, context.policy) ??
    weakChain(context, x509) ??
    lapsedAuthority(context, x509, conclusion, bestSignatureTime) ??
    passed(conclusion.notes)
  );
}

/** A signature that existed before its certificate did cannot be its holder's. */
function issuedLater(certificate: Certificate, bestSignatureTime: Date, { notes }: Conclusion): Conclusion | undefined {
  if (bestSignatureTime >= certificate.notBefore) return undefined;
  const finding: Finding = { code: 'CERTIFICATE_NOT_YET_VALID', certificate, time: certificate.notBefore };
  return failed('NOT_YET_VALID', finding, notes);
}

/** What is settled at that time is so only if the authorities were valid then (RFC 5280 6.1.3 a 2). */
function lapsedAuthority(
  { anchors }: ValidationContext,
  { path }: X509Conclusion,
  conclusion: Conclusion,
  time: Date,
): Conclusion | undefined {
  if (conclusion.indication === 'PASSED') return undefined;
  const lapsed = path.slice(1).find((authority) => !anchors.has(authority) && !isValidAt(authority, time));
  if (!lapsed) return undefined;
  const finding: Finding = { code: 'CERTIFICATE_EXPIRED', certificate: lapsed, time: lapsed.notAfter };
  return indeterminate('OUT_OF_BOUNDS_NO_POE', finding, conclusion.notes);
}

/** What basic validation left open and the best signature time does not settle. */
function stillUndecided(
  conclusion: Conclusion,
  certificate: Certificate,
  { revocation }: X509Conclusion,
  bestSignatureTime: Date,
): Conclusion | undefined {
  if (conclusion.indication === 'PASSED') return undefined;
  const { subIndication, finding, notes } = conclusion;
  const expired = bestSignatureTime > certificate.notAfter;
  switch (subIndication) {
    case 'OUT_OF_BOUNDS_NOT_REVOKED':
      return expired ? conclusion : undefined;
    case 'REVOKED_NO_POE':
    case 'REVOKED_CA_NO_POE':
    case 'TRY_LATER': {
      const revoked = [...revocation.values()].filter(({ status }) => status === 'revoked');
      if (finding.code === 'REVOCATION_UNUSABLE')
        return isFromLater([...revocation.values()], bestSignatureTime) && !expired ? undefined : conclusion;
      const isLater = revoked.every(({ revocationTime }) => revocationTime && revocationTime > bestSignatureTime);
      if (!isLater || revoked.length === 0) return conclusion;
      return expired ? indeterminate('OUT_OF_BOUNDS_NOT_REVOKED', finding, notes) : undefined;
    }
    case 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE':
    case 'NO_CERTIFICATE_CHAIN_FOUND_NO_POE': // judged by itself: when the anchor lost its status
      return undefined;
    default:
      return conclusion;
  }
}

/** Overdue data does where it is from after the best signature time and says nothing of a revocation (EN 319 102-1 5.5.4). */
function isFromLater(statuses: readonly RevocationStatus[], bestSignatureTime: Date): boolean {
  return statuses.every(({ status, thisUpdate }) => status === 'good' && thisUpdate >= bestSignatureTime);
}

/** The algorithms of the path and of the revocation data, at the current time: nothing here proves them older. */
function weakChain(
  { currentTime, policy }: ValidationContext,
  { path, revocation }: X509Conclusion,
): Conclusion | undefined {
  const suite = policy.cryptography;
  const weak = weakPath(path, currentTime, suite);
  if (weak) return indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', weaknessFinding(weak, weak.certificate));
  for (const { signatureAlgorithm, issuer } of revocation.values()) {
    const weakStatus = weakSignature(signatureAlgorithm, issuer, currentTime, suite);
    if (weakStatus) return indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', weaknessFinding(weakStatus, issuer));
  }
  return undefined;
}
