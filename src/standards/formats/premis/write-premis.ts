import { utcSeconds } from '../../../base/index.ts';
import { element, textElement, writeXml, type XmlElement } from '../xml/index.ts';
import type {
  PremisAgent,
  PremisDocument,
  PremisEvent,
  PremisFile,
  PremisIdentifier,
  PremisObject,
  PremisRelationship,
  PremisSignature,
} from './premis-document.ts';

/** The namespace of the one extension we make: what was found about a signature. */
export const signatureNamespace = 'urn:trajno:premis:signature:1';

/** The PREMIS document as bytes: valid against premis.xsd 3.0; the same document gives the same bytes. */
export function writePremis(document: PremisDocument): Uint8Array {
  return writeXml(
    element(
      'premis',
      {
        xmlns: 'http://www.loc.gov/premis/v3',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        version: '3.0',
      },
      ...document.objects.map(object),
      ...document.events.map(event),
      ...document.agents.map(agent),
    ),
  );
}

function object(object: PremisObject): XmlElement {
  return element(
    'object',
    { 'xsi:type': object.kind },
    ...object.identifiers.map((identifier) => identified('objectIdentifier', identifier)),
    ...(object.kind === 'file' ? fileParts(object) : []),
    ...object.relationships.map(relationship),
  );
}

function identified(name: string, { type, value }: PremisIdentifier): XmlElement {
  return element(name, {}, textElement(`${name}Type`, type), textElement(`${name}Value`, value));
}

function fileParts(file: PremisFile): XmlElement[] {
  return [
    element(
      'objectCharacteristics',
      {},
      fixity('SHA-256', file.sha256),
      fixity('SHA-512', file.sha512),
      textElement('size', file.size),
      format(file.format),
    ),
    textElement('originalName', file.originalName),
    ...file.signatures.map(signatureInformation),
  ];
}

function fixity(algorithm: string, value: string): XmlElement {
  return element('fixity', {}, textElement('messageDigestAlgorithm', algorithm), textElement('messageDigest', value));
}

function format({ name, version, puid, basis }: PremisFile['format']): XmlElement {
  return element(
    'format',
    {},
    element('formatDesignation', {}, textElement('formatName', name), optional('formatVersion', version)),
    puid === undefined
      ? undefined
      : element(
          'formatRegistry',
          {},
          textElement('formatRegistryName', 'PRONOM'),
          textElement('formatRegistryKey', puid),
        ),
    optional('formatNote', basis && `identified by ${basis}`),
  );
}

/** PREMIS 1.9 signatureInformation: the extension form, since the signature's value stays in the signed file. */
function signatureInformation(signature: PremisSignature): XmlElement {
  const { format, indication, subIndication, signedBy, claimedSigningTime, bestSignatureTime } = signature;
  const found = { format, indication, subIndication, signedBy, claimedSigningTime, bestSignatureTime };
  return element(
    'signatureInformation',
    {},
    element('signatureInformationExtension', {}, element('signature', { xmlns: signatureNamespace, ...found })),
  );
}

function relationship({ type, subType, related }: PremisRelationship): XmlElement {
  return element(
    'relationship',
    {},
    textElement('relationshipType', type),
    textElement('relationshipSubType', subType),
    ...related.map((identifier) => identified('relatedObjectIdentifier', identifier)),
  );
}

function event(event: PremisEvent): XmlElement {
  return element(
    'event',
    {},
    identified('eventIdentifier', event.identifier),
    textElement('eventType', event.type),
    textElement('eventDateTime', utcSeconds(event.dateTime)),
    event.detail === undefined
      ? undefined
      : element('eventDetailInformation', {}, textElement('eventDetail', event.detail)),
    outcome(event),
    ...event.agents.map((identifier) => identified('linkingAgentIdentifier', identifier)),
    ...event.objects.map((identifier) => identified('linkingObjectIdentifier', identifier)),
  );
}

function outcome({ outcome, outcomeDetail }: PremisEvent): XmlElement | undefined {
  if (outcome === undefined && outcomeDetail === undefined) return undefined;
  return element(
    'eventOutcomeInformation',
    {},
    optional('eventOutcome', outcome),
    outcomeDetail === undefined
      ? undefined
      : element('eventOutcomeDetail', {}, textElement('eventOutcomeDetailNote', outcomeDetail)),
  );
}

function agent(agent: PremisAgent): XmlElement {
  return element(
    'agent',
    {},
    identified('agentIdentifier', agent.identifier),
    textElement('agentName', agent.name),
    textElement('agentType', agent.type),
    optional('agentVersion', agent.version),
    optional('agentNote', agent.note),
  );
}

function optional(name: string, text: string | undefined): XmlElement | undefined {
  return text === undefined || text === '' ? undefined : textElement(name, text);
}
