import type { RevocationStatus } from '../../certification-path/index.ts';
import { type Certificate, signatureAlgorithmOf } from '../../formats/x509/index.ts';
import { type WeakAlgorithm, weakPath, weakSignature } from '../building-blocks/algorithm-acceptance.ts';
import {
  type CertificateRole,
  needsRevocation,
  revocationKnowledge,
} from '../building-blocks/revocation-acceptance.ts';
import type { ValidationContext } from '../building-blocks/validation-context.ts';
import type { ProofsOfExistence } from './proofs-of-existence.ts';

/**
 * Past certificate validation (EN 319 102-1 5.6.2.1) by sliding of the validation time (5.6.2.2): the latest time at
 * which the whole path is known to have been good, from the anchor down.
 * @param ofSigner revocation data about the first certificate that may be used
 * @returns undefined when there is no such time
 */
export function pastCertificateValidation(
  context: ValidationContext,
  path: readonly Certificate[],
  role: CertificateRole,
  ofSigner: readonly RevocationStatus[],
  proofs: ProofsOfExistence,
): Date | undefined {
  let controlTime = timeOfTrust(context, path.at(-1));
  for (let index = path.length - 2; index >= 0; index--) {
    const [certificate, issuer] = [path[index], path[index + 1]];
    if (!certificate || !issuer) return undefined;
    const slid = slide(context, certificate, issuer, index === 0 ? ofSigner : undefined, role, controlTime, proofs);
    if (!slid) return undefined;
    controlTime = slid;
  }
  return weakPath(path, controlTime, context.policy.cryptography) ? undefined : controlTime;
}

/** Now, or the last moment at which the anchor was one (5.6.2.2.4, sunset date). */
function timeOfTrust({ currentTime, sunsetOf }: ValidationContext, anchor: Certificate | undefined): Date {
  const sunset = anchor && sunsetOf(anchor);
  return sunset && sunset <= currentTime ? new Date(sunset.getTime() - 1) : currentTime;
}

function slide(
  context: ValidationContext,
  certificate: Certificate,
  issuer: Certificate,
  given: readonly RevocationStatus[] | undefined,
  role: CertificateRole,
  controlTime: Date,
  proofs: ProofsOfExistence,
): Date | undefined {
  let slid = controlTime;
  let status: RevocationStatus | undefined;
  if (needsRevocation(context, certificate, given ? role : 'TIMESTAMP')) {
    const { acceptable } = revocationKnowledge(context, certificate, issuer);
    status = newestProven(given ?? acceptable, certificate, controlTime, context.currentTime, proofs);
    if (!status) return undefined;
    // A revocation that only newer data tells of counts, too: what is known now was not undone by being unknown then.
    for (const known of [status, acceptable[0]])
      if (known?.status === 'revoked' && known.revocationTime && known.revocationTime < slid)
        slid = known.revocationTime;
  }
  if (status && isOverdue(context, status, slid) && status.thisUpdate < slid) slid = status.thisUpdate;
  const suite = context.policy.cryptography;
  const weak = [
    weakSignature(signatureAlgorithmOf(certificate.signatureAlgorithm), issuer, slid, suite),
    status && weakSignature(status.signatureAlgorithm, status.issuer, slid, suite),
  ].filter((one): one is WeakAlgorithm => one !== undefined);
  for (const { until } of weak) {
    if (!until) return undefined;
    if (until < slid) slid = new Date(until.getTime() - 1);
  }
  return slid;
}

/** Where the policy asks for fresh data, older data says something of its own time alone (5.6.2.2.4). */
function isOverdue({ policy }: ValidationContext, { nextUpdate }: RevocationStatus, time: Date): boolean {
  return policy.revocation.freshness === 'FAIL' && (nextUpdate === undefined || nextUpdate < time);
}

function newestProven(
  known: readonly RevocationStatus[],
  certificate: Certificate,
  controlTime: Date,
  currentTime: Date,
  proofs: ProofsOfExistence,
): RevocationStatus | undefined {
  // What is at hand now was issued by now, even if a clock elsewhere is ahead: a revocation must not be overlooked.
  const isIssuedBy = (time: Date) => controlTime.getTime() === currentTime.getTime() || time < controlTime;
  return known
    .filter(
      ({ id, thisUpdate }) =>
        isIssuedBy(thisUpdate) &&
        proofs.existedBy(certificate.sha256, controlTime) &&
        proofs.existedBy(id, controlTime),
    )
    .sort((one, other) => other.productionTime.getTime() - one.productionTime.getTime())[0];
}
