import { type JsonObject, type JwsSignature, jwsDigest, objectOf, stringOf } from '../../formats/jws/index.ts';
import type { ProfileFacts } from '../signed-document.ts';
import type { UnsignedComponent } from './jades-components.ts';
import { certificateReferenceCount, claimedTimeIn, criticalFindings } from './jades-header.ts';
import { holdsSingleTokens } from './jades-timestamps.ts';

/** From then on the claimed time is in iat, no longer in sigT (TS 119 182-1 6.3 a). */
const signingTimeGivenUp = new Date('2025-05-15T00:00:00Z');

const olderComponents = ['xRefs', 'rRefs', 'axRefs', 'arRefs', 'sigRTst', 'rfsTst'];

/** What a signature that cannot be read tells: it is a JWS and no JAdES. */
export const plainJwsProfile: ProfileFacts = {
  family: 'JAdES',
  basic: false,
  baseline: false,
  hasPolicy: false,
  hasCompleteReferences: false,
  hasOlderAttributes: false,
  hasEvidenceRecord: false,
  hasSecurityStore: false,
};

/** What the format of a JAdES signature is told from (TS 119 182-1 6.3). */
export function jadesProfile(
  { protectedHeader }: JwsSignature,
  components: readonly UnsignedComponent[],
  isCounterSignature: boolean,
): ProfileFacts {
  const count = (...names: readonly string[]) => components.filter(({ name }) => names.includes(name)).length;
  const policy = objectOf(protectedHeader.get('sigPId'));
  const baseline =
    stringOf(protectedHeader.get('alg')) !== undefined &&
    !(isCounterSignature && protectedHeader.has('cty')) &&
    criticalFindings(protectedHeader, ['exp']).length === 0 &&
    isTimeAsAsked(protectedHeader) &&
    certificateReferenceCount(protectedHeader) === 1 &&
    count('sigPSt') <= (policy && namesPolicyDigest(policy) ? 1 : 0);
  return {
    ...plainJwsProfile,
    basic: baseline,
    baseline,
    hasPolicy: policy !== undefined,
    hasOlderAttributes: count(...olderComponents) > 0,
    singleTimestamps: holdsSingleTokens(components),
    hasCertificateValues: count('xVals', 'axVals', 'tstVD', 'anyValData') > 0,
  };
}

/** The document of a policy may come along only where its digest is signed (TS 119 182-1 6.3 b). */
function namesPolicyDigest(policy: JsonObject): boolean {
  return policy.has('digVal') && jwsDigest(stringOf(policy.get('digAlg')) ?? '') !== undefined;
}

/** One of iat and sigT, the latter only in signatures from before it was given up. */
function isTimeAsAsked(header: JwsSignature['protectedHeader']): boolean {
  const time = claimedTimeIn(header);
  return time !== undefined && (header.has('iat') || time < signingTimeGivenUp);
}
