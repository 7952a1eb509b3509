import { FormatError } from '../../base/index.ts';
import { decodeWholeAsn1, integerOf } from '../formats/asn1/index.ts';
import {
  type Certificate,
  extensionOids,
  inheritParameters,
  isSignedBy,
  lacksParameters,
  nameText,
  type PolicyInformation,
  readCertificatePolicies,
  readOidSequence,
  readPolicyConstraints,
  readPolicyMappings,
} from '../formats/x509/index.ts';
import type { CertificationPath } from './build-paths.ts';
import { gatherConstraints, noConstraints, satisfiesConstraints } from './name-constraints.ts';
import {
  growTree,
  initialPolicyTree,
  intersectTree,
  mapPolicies,
  PolicyTreeTooLarge,
  policiesOf,
} from './policy-tree.ts';

/** Inputs of RFC 5280 6.1.1 beside the path. */
export interface PathParameters {
  /** Undefined: validity periods are not looked at (EN 319 102-1 5.2.6 judges them by itself). */
  readonly validationTime?: Date;
  /** user-initial-policy-set; undefined: any policy. */
  readonly acceptedPolicies?: readonly string[];
  readonly explicitPolicyRequired?: boolean;
  readonly policyMappingInhibited?: boolean;
  readonly anyPolicyInhibited?: boolean;
}

/** The rule of RFC 5280 6.1 that a certificate broke. */
export type PathRule =
  | 'SIGNATURE'
  | 'VALIDITY'
  | 'NAME_CHAINING'
  | 'NAME_CONSTRAINTS'
  | 'POLICY'
  | 'BASIC_CONSTRAINTS'
  | 'PATH_LENGTH'
  | 'KEY_USAGE'
  | 'CRITICAL_EXTENSION';

/** What was found; no failure means that the path is valid, revocation aside. */
export interface PathConclusion {
  readonly failure?: { readonly rule: PathRule; readonly certificate: Certificate; readonly detail: string };
  /** Authority-constrained policies with their qualifiers, where the path is valid. */
  readonly policies: readonly PolicyInformation[];
}

/** Extensions that may be critical because we act on them, or because others do whom we hand the certificate to. */
const understood = new Set<string>([
  extensionOids.keyUsage,
  extensionOids.basicConstraints,
  extensionOids.subjectAltName,
  extensionOids.nameConstraints,
  extensionOids.certificatePolicies,
  extensionOids.policyMappings,
  extensionOids.policyConstraints,
  extensionOids.inhibitAnyPolicy,
  extensionOids.extendedKeyUsage,
  extensionOids.crlDistributionPoints,
  extensionOids.freshestCrl,
  extensionOids.authorityKeyIdentifier,
  extensionOids.subjectKeyIdentifier,
  extensionOids.qcStatements,
  extensionOids.ocspNoCheck,
  '2.5.29.18',
]);

class Broken extends Error {
  readonly rule: PathRule;
  readonly certificate: Certificate;

  constructor(rule: PathRule, certificate: Certificate, detail: string) {
    super(detail);
    this.rule = rule;
    this.certificate = certificate;
  }
}

/**
 * Validates a path that was built (RFC 5280 6.1): signatures, validity, names and their constraints, policies, basic
 * constraints, path length, key usage, critical extensions. Revocation is asked elsewhere. The anchor is trusted as it
 * stands: of its certificate only name and key are used.
 */
export function validatePath(path: CertificationPath, parameters: PathParameters = {}): PathConclusion {
  const [anchor, ...certificates] = [...path].reverse();
  if (!anchor) throw new Error('a path without certificates');
  const [target] = path;
  try {
    return { policies: walk(anchor, certificates, parameters) };
  } catch (error) {
    if (error instanceof Broken)
      return { failure: { rule: error.rule, certificate: error.certificate, detail: error.message }, policies: [] };
    // Extensions are read where they count; one that cannot be read makes its certificate unusable.
    if (error instanceof FormatError && target)
      return { failure: { rule: 'CRITICAL_EXTENSION', certificate: target, detail: error.message }, policies: [] };
    throw error;
  }
}

interface WalkState {
  tree: ReturnType<typeof initialPolicyTree>;
  constraints: typeof noConstraints;
  explicitPolicy: number;
  inhibitAnyPolicy: number;
  policyMapping: number;
  maxPathLength: number;
  issuer: Certificate;
  issuerKey: Certificate['publicKey'];
}

function walk(anchor: Certificate, certificates: readonly Certificate[], parameters: PathParameters) {
  const length = certificates.length;
  const counter = (inhibited: boolean | undefined) => (inhibited ? 0 : length + 1);
  const state: WalkState = {
    tree: initialPolicyTree(),
    constraints: noConstraints,
    explicitPolicy: counter(parameters.explicitPolicyRequired),
    inhibitAnyPolicy: counter(parameters.anyPolicyInhibited),
    policyMapping: counter(parameters.policyMappingInhibited),
    maxPathLength: length,
    issuer: anchor,
    issuerKey: anchor.publicKey,
  };
  certificates.forEach((certificate, index) => {
    const isLast = index === length - 1;
    checkBasics(certificate, state, parameters.validationTime);
    checkNames(certificate, state, isLast);
    growPolicies(certificate, state, isLast);
    if (!isLast) prepareForNext(certificate, state);
  });
  return wrapUp(certificates.at(-1), state, parameters.acceptedPolicies);
}

/** RFC 5280 6.1.3 a. */
function checkBasics(
  certificate: Certificate,
  { issuer, issuerKey }: WalkState,
  validationTime: Date | undefined,
): void {
  if (!isSignedBy(certificate, issuerKey))
    throw new Broken('SIGNATURE', certificate, `it is not signed by ${nameText(issuer.subject)}`);
  if (validationTime && (certificate.notBefore > validationTime || certificate.notAfter < validationTime))
    throw new Broken('VALIDITY', certificate, 'the time lies outside its validity');
  if (certificate.issuer.key !== issuer.subject.key)
    throw new Broken('NAME_CHAINING', certificate, 'its issuer has another name');
}

/** RFC 5280 6.1.3 b, c. */
function checkNames(certificate: Certificate, { constraints }: WalkState, isLast: boolean): void {
  if (certificate.selfIssued && !isLast) return;
  if (!satisfiesConstraints(certificate, constraints))
    throw new Broken('NAME_CONSTRAINTS', certificate, 'its names lie outside what its issuers may name');
}

/** RFC 5280 6.1.3 d, e, f. */
function growPolicies(certificate: Certificate, state: WalkState, isLast: boolean): void {
  const extension = certificate.extensions.get(extensionOids.certificatePolicies);
  const anyAllowed = state.inhibitAnyPolicy > 0 || (!isLast && certificate.selfIssued);
  state.tree = extension
    ? bounded(certificate, () => growTree(state.tree, readCertificatePolicies(extension.value), anyAllowed))
    : null;
  if (state.explicitPolicy <= 0 && !state.tree)
    throw new Broken('POLICY', certificate, 'a policy is required and none is left');
}

function bounded<Value>(certificate: Certificate, grow: () => Value): Value {
  try {
    return grow();
  } catch (error) {
    if (error instanceof PolicyTreeTooLarge) throw new Broken('POLICY', certificate, error.message);
    throw error;
  }
}

/** RFC 5280 6.1.4. */
function prepareForNext(certificate: Certificate, state: WalkState): void {
  mapPoliciesOf(certificate, state);
  state.constraints = gatherConstraints(state.constraints, certificate);
  if (!certificate.selfIssued) {
    if (state.explicitPolicy > 0) state.explicitPolicy--;
    if (state.policyMapping > 0) state.policyMapping--;
    if (state.inhibitAnyPolicy > 0) state.inhibitAnyPolicy--;
  }
  constrainPolicies(certificate, state);
  checkAuthority(certificate, state);
  checkCritical(certificate);
  state.issuer = certificate;
  state.issuerKey = lacksParameters(certificate.publicKey)
    ? inheritParameters(certificate.publicKey, state.issuerKey)
    : certificate.publicKey;
}

/** RFC 5280 6.1.4 a, b. */
function mapPoliciesOf(certificate: Certificate, state: WalkState): void {
  const extension = certificate.extensions.get(extensionOids.policyMappings);
  if (!extension) return;
  const mappings = readPolicyMappings(extension.value);
  if (mappings.some(({ issuerDomain, subjectDomain }) => [issuerDomain, subjectDomain].includes('2.5.29.32.0')))
    throw new Broken('POLICY', certificate, 'it maps any policy');
  const policies = certificate.extensions.get(extensionOids.certificatePolicies);
  const named = policies ? readCertificatePolicies(policies.value) : [];
  state.tree = bounded(certificate, () => mapPolicies(state.tree, mappings, named, state.policyMapping > 0));
}

/** RFC 5280 6.1.4 i, j. */
function constrainPolicies(certificate: Certificate, state: WalkState): void {
  const constraints = certificate.extensions.get(extensionOids.policyConstraints);
  if (constraints) {
    const { requireExplicit, inhibitMapping } = readPolicyConstraints(constraints.value);
    if (requireExplicit !== undefined) state.explicitPolicy = Math.min(state.explicitPolicy, requireExplicit);
    if (inhibitMapping !== undefined) state.policyMapping = Math.min(state.policyMapping, inhibitMapping);
  }
  const inhibit = certificate.extensions.get(extensionOids.inhibitAnyPolicy);
  if (inhibit)
    state.inhibitAnyPolicy = Math.min(state.inhibitAnyPolicy, Number(integerOf(decodeWholeAsn1(inhibit.value))));
}

/** RFC 5280 6.1.4 k to n. */
function checkAuthority(certificate: Certificate, state: WalkState): void {
  const { basicConstraints, keyUsage } = certificate;
  if (certificate.version !== 3 || !basicConstraints?.ca)
    throw new Broken('BASIC_CONSTRAINTS', certificate, 'it may not issue certificates');
  if (!certificate.selfIssued) {
    if (state.maxPathLength <= 0)
      throw new Broken('PATH_LENGTH', certificate, 'the path is longer than an issuer allows');
    state.maxPathLength--;
  }
  if (basicConstraints.pathLength !== undefined)
    state.maxPathLength = Math.min(state.maxPathLength, basicConstraints.pathLength);
  if (keyUsage && !keyUsage.includes('keyCertSign'))
    throw new Broken('KEY_USAGE', certificate, 'its key may not sign certificates');
}

/** RFC 5280 6.1.4 o, 6.1.5 f. */
function checkCritical(certificate: Certificate): void {
  for (const { oid, critical } of certificate.extensions.values())
    if (critical && !understood.has(oid))
      throw new Broken('CRITICAL_EXTENSION', certificate, `the critical extension ${oid} is not understood`);
}

/** RFC 5280 6.1.5. */
function wrapUp(target: Certificate | undefined, state: WalkState, accepted: readonly string[] | undefined) {
  if (!target) return [];
  if (state.explicitPolicy > 0) state.explicitPolicy--;
  const constraints = target.extensions.get(extensionOids.policyConstraints);
  if (constraints && readPolicyConstraints(constraints.value).requireExplicit === 0) state.explicitPolicy = 0;
  checkCritical(target);
  const tree = bounded(target, () => intersectTree(state.tree, accepted));
  if (state.explicitPolicy <= 0 && !tree)
    throw new Broken('POLICY', target, 'none of its policies is among those accepted');
  return policiesOf(tree);
}

/** Whether the certificate's extended key usage, if any, includes `purpose`. */
export function allowsPurpose(certificate: Certificate, purpose: string): boolean {
  const extension = certificate.extensions.get(extensionOids.extendedKeyUsage);
  return extension ? readOidSequence(extension.value).includes(purpose) : false;
}
