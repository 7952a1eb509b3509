import { childrenNamed, type XmlNode } from '../formats/xml/index.ts';
import type { Condition, Criteria } from './criteria.ts';
import type { QualificationElement } from './trusted-list.ts';

const additionalTypes = 'http://uri.etsi.org/02231/v2/additionaltypes#';

/** A QualificationElement (TS 119 612 5.5.9.2.1). Criteria that are not understood stay in it as such. */
export function readQualification(node: XmlNode): QualificationElement {
  const lists = childrenNamed(node, 'CriteriaList');
  const [only, another] = lists;
  return {
    qualifiers: childrenNamed(node, 'Qualifiers')
      .flatMap((all) => childrenNamed(all, 'Qualifier'))
      .flatMap(({ attributes }) => attributes.get('uri')?.trim() ?? []),
    criteria: only && !another ? readCriteria(only) : { assert: 'unknown', conditions: [] },
  };
}

const assertions = { all: 'all', atLeastOne: 'atLeastOne', none: 'none' } as const;

function readCriteria({ attributes, children }: XmlNode): Criteria {
  const assert = attributes.get('assert') ?? '';
  return {
    assert: isAssertion(assert) ? assertions[assert] : 'unknown',
    conditions: children.filter(({ name }) => name !== 'Description').flatMap(conditionsIn),
  };
}

const isAssertion = (text: string): text is keyof typeof assertions => Object.hasOwn(assertions, text);

function conditionsIn(node: XmlNode): Condition[] {
  switch (node.name) {
    case 'KeyUsage':
      return [{ kind: 'KEY_USAGE', bits: childrenNamed(node, 'KeyUsageBit').map(usageBit) }];
    case 'PolicySet':
      return [{ kind: 'POLICIES', oids: identifiersIn(node, 'PolicyIdentifier') }];
    case 'CriteriaList':
      return [{ kind: 'CRITERIA', criteria: readCriteria(node) }];
    case 'otherCriteriaList':
      return node.children.map(otherCondition);
    default:
      return [{ kind: 'UNKNOWN' }];
  }
}

function usageBit({ attributes, text }: XmlNode) {
  return { name: attributes.get('name') ?? '', value: ['true', '1'].includes(text.trim()) };
}

/** 5.5.9.2.2.3: the two that the standard knows. */
function otherCondition(node: XmlNode): Condition {
  if (node.namespace !== additionalTypes) return { kind: 'UNKNOWN' };
  if (node.name === 'ExtendedKeyUsage') return { kind: 'KEY_PURPOSES', oids: identifiersIn(node, 'KeyPurposeId') };
  if (node.name === 'CertSubjectDNAttribute')
    return { kind: 'SUBJECT_ATTRIBUTES', oids: identifiersIn(node, 'AttributeOID') };
  return { kind: 'UNKNOWN' };
}

/** Object identifiers in XAdES's ObjectIdentifierType, as a URN or as dotted numbers. */
function identifiersIn(node: XmlNode, name: string): string[] {
  return childrenNamed(node, name)
    .flatMap(({ children }) => children.filter((child) => child.name === 'Identifier'))
    .map(({ text }) => text.trim().replace(/^urn:oid:/i, ''));
}
