import { unlessMalformed } from '../../base/index.ts';
import { type Certificate, extensionOids, readCertificatePolicies } from '../formats/x509/index.ts';

/** Which certificates a qualifier is about (TS 119 612 5.5.9.2.2). */
export interface Criteria {
  /** `unknown`: the list asserts in a way that is not understood. */
  readonly assert: 'all' | 'atLeastOne' | 'none' | 'unknown';
  readonly conditions: readonly Condition[];
}

/** One condition on a certificate. */
export type Condition =
  | { readonly kind: 'KEY_USAGE'; readonly bits: readonly { readonly name: string; readonly value: boolean }[] }
  | { readonly kind: 'POLICIES' | 'SUBJECT_ATTRIBUTES' | 'KEY_PURPOSES'; readonly oids: readonly string[] }
  | { readonly kind: 'CRITERIA'; readonly criteria: Criteria }
  | { readonly kind: 'UNKNOWN' };

/**
 * Whether a certificate is among those that the criteria mean.
 * @returns undefined where that hangs on a condition that is not understood
 */
export function matchesCriteria(certificate: Certificate, { assert, conditions }: Criteria): boolean | undefined {
  const found = conditions.map((condition) => matches(certificate, condition));
  if (found.length === 0) return undefined;
  switch (assert) {
    case 'all':
      return conjunction(found);
    case 'atLeastOne':
      return negation(conjunction(found.map(negation)));
    case 'none':
      return conjunction(found.map(negation));
    case 'unknown':
      return undefined;
  }
}

const negation = (value: boolean | undefined) => (value === undefined ? undefined : !value);

/** Of three values: one that does not hold decides, however little is known of the others. */
function conjunction(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

function matches(certificate: Certificate, condition: Condition): boolean | undefined {
  switch (condition.kind) {
    case 'KEY_USAGE': {
      const usages: readonly string[] = certificate.keyUsage ?? [];
      return condition.bits.every(({ name, value }) => usages.includes(name) === value);
    }
    case 'POLICIES':
      return hasAll(policiesOf(certificate), condition.oids);
    case 'SUBJECT_ATTRIBUTES':
      return hasAll(
        certificate.subject.attributes.map(({ type }) => type),
        condition.oids,
      );
    case 'KEY_PURPOSES':
      return hasAll(certificate.extendedKeyUsage ?? [], condition.oids);
    case 'CRITERIA':
      return matchesCriteria(certificate, condition.criteria);
    case 'UNKNOWN':
      return undefined;
  }
}

function hasAll(present: readonly string[], wanted: readonly string[]): boolean | undefined {
  return wanted.length === 0 ? undefined : wanted.every((oid) => present.includes(oid));
}

/** The certificate's policies; none where the extension cannot be read. */
export function policiesOf({ extensions }: Certificate): string[] {
  const extension = extensions.get(extensionOids.certificatePolicies);
  const policies = extension && unlessMalformed(() => readCertificatePolicies(extension.value));
  return (policies ?? []).map(({ policy }) => policy);
}
