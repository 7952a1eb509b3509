import { FormatError } from '../../../base/index.ts';
import { childrenNamed, descendants, readXml, type XmlNode } from '../xml/index.ts';
import {
  type PremisAgent,
  type PremisDocument,
  type PremisEvent,
  type PremisFile,
  type PremisIdentifier,
  type PremisObject,
  type PremisRelationship,
  type PremisSignature,
  premisAgentTypes,
  premisRelationshipTypes,
} from './premis-document.ts';
import { signatureNamespace } from './write-premis.ts';

const premisNamespace = 'http://www.loc.gov/premis/v3';
const xsiType = '{http://www.w3.org/2001/XMLSchema-instance}type';

/**
 * Reads a PREMIS 3 document of the form that `writePremis` gives: its inverse.
 * @throws FormatError when the bytes are no PREMIS document or lack what a package of ours always has
 */
export function readPremis(bytes: Uint8Array): PremisDocument {
  const root = readXml(bytes);
  if (root.name !== 'premis' || root.namespace !== premisNamespace) throw malformed('the root is not premis');
  return {
    objects: childrenNamed(root, 'object').map(object),
    events: childrenNamed(root, 'event').map(event),
    agents: childrenNamed(root, 'agent').map(agent),
  };
}

function object(node: XmlNode): PremisObject {
  const kind = node.attributes.get(xsiType)?.replace(/^.*:/, '');
  const shared = {
    identifiers: childrenNamed(node, 'objectIdentifier').map((identifier) =>
      identified(identifier, 'objectIdentifier'),
    ),
    relationships: childrenNamed(node, 'relationship').map(relationship),
  };
  if (kind === 'file') return { kind, ...shared, ...file(node) };
  if (kind === 'intellectualEntity' || kind === 'representation') return { kind, ...shared };
  throw malformed('an object of unknown kind');
}

function file(node: XmlNode): Omit<PremisFile, 'kind' | 'identifiers' | 'relationships'> {
  const characteristics = only(node, 'objectCharacteristics');
  return {
    sha256: digest(characteristics, 'SHA-256'),
    sha512: digest(characteristics, 'SHA-512'),
    size: wholeNumber(text(characteristics, 'size')),
    format: format(only(characteristics, 'format')),
    originalName: text(node, 'originalName'),
    signatures: descendants(node, signatureNamespace, 'signature').map(signature),
  };
}

function digest(characteristics: XmlNode, algorithm: string): string {
  const fixity = childrenNamed(characteristics, 'fixity').find(
    (candidate) => text(candidate, 'messageDigestAlgorithm') === algorithm,
  );
  if (!fixity) throw malformed(`a file without ${algorithm}`);
  return text(fixity, 'messageDigest').toLowerCase();
}

function format(node: XmlNode): PremisFile['format'] {
  const designation = only(node, 'formatDesignation');
  const registry = childrenNamed(node, 'formatRegistry')[0];
  const basis = childrenNamed(node, 'formatNote')[0]?.text.replace(/^identified by /, '');
  return {
    name: text(designation, 'formatName'),
    ...optional(designation, 'formatVersion', 'version'),
    ...(registry ? { puid: text(registry, 'formatRegistryKey') } : {}),
    ...(basis === undefined ? {} : { basis }),
  };
}

function signature(node: XmlNode): PremisSignature {
  const value = (name: string) => node.attributes.get(name);
  const present = (name: string) => (value(name) === undefined ? {} : { [name]: value(name) });
  return {
    format: value('format') ?? '',
    indication: value('indication') ?? '',
    ...present('subIndication'),
    ...present('signedBy'),
    ...present('claimedSigningTime'),
    ...present('bestSignatureTime'),
  };
}

function relationship(node: XmlNode): PremisRelationship {
  return {
    type: oneOf(premisRelationshipTypes, text(node, 'relationshipType')),
    subType: text(node, 'relationshipSubType'),
    related: childrenNamed(node, 'relatedObjectIdentifier').map((each) => identified(each, 'relatedObjectIdentifier')),
  };
}

function event(node: XmlNode): PremisEvent {
  const detail = childrenNamed(node, 'eventDetailInformation')[0];
  const outcome = childrenNamed(node, 'eventOutcomeInformation')[0];
  const outcomeDetail = outcome && childrenNamed(outcome, 'eventOutcomeDetail')[0];
  return {
    identifier: identified(only(node, 'eventIdentifier'), 'eventIdentifier'),
    type: text(node, 'eventType'),
    dateTime: time(text(node, 'eventDateTime')),
    ...(detail ? optional(detail, 'eventDetail', 'detail') : {}),
    ...(outcome ? optional(outcome, 'eventOutcome', 'outcome') : {}),
    ...(outcomeDetail ? optional(outcomeDetail, 'eventOutcomeDetailNote', 'outcomeDetail') : {}),
    agents: childrenNamed(node, 'linkingAgentIdentifier').map((each) => identified(each, 'linkingAgentIdentifier')),
    objects: childrenNamed(node, 'linkingObjectIdentifier').map((each) => identified(each, 'linkingObjectIdentifier')),
  };
}

function agent(node: XmlNode): PremisAgent {
  return {
    identifier: identified(only(node, 'agentIdentifier'), 'agentIdentifier'),
    name: text(node, 'agentName'),
    type: oneOf(premisAgentTypes, text(node, 'agentType')),
    ...optional(node, 'agentVersion', 'version'),
    ...optional(node, 'agentNote', 'note'),
  };
}

function identified(node: XmlNode, name: string): PremisIdentifier {
  return { type: text(node, `${name}Type`), value: text(node, `${name}Value`) };
}

function only(node: XmlNode, name: string): XmlNode {
  const child = childrenNamed(node, name)[0];
  if (!child) throw malformed(`${node.name} without ${name}`);
  return child;
}

function text(node: XmlNode, name: string): string {
  return only(node, name).text;
}

function optional<Name extends string>(node: XmlNode, element: string, name: Name): { [K in Name]?: string } {
  const found: { [K in Name]?: string } = {};
  const child = childrenNamed(node, element)[0];
  if (child) found[name] = child.text;
  return found;
}

function oneOf<Term extends string>(terms: readonly Term[], found: string): Term {
  const term = terms.find((candidate) => candidate === found);
  if (term === undefined) throw malformed('a term that is not in the vocabulary');
  return term;
}

function wholeNumber(found: string): number {
  if (!/^\d{1,15}$/.test(found)) throw malformed('a size that is no number');
  return Number(found);
}

function time(found: string): Date {
  const moment = new Date(found);
  if (Number.isNaN(moment.getTime())) throw malformed('a time that is none');
  return moment;
}

function malformed(detail: string): FormatError {
  return new FormatError('PREMIS', detail);
}
