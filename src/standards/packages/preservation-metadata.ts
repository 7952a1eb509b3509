import type {
  PremisAgent,
  PremisDocument,
  PremisEvent,
  PremisFile,
  PremisIdentifier,
  PremisRelationship,
} from '../formats/premis/index.ts';
import type { AipDescription, PreservationAgent, PreservationEvent } from './aip-description.ts';
import { aipPathOf, representationNames, representationPath } from './aip-paths.ts';
import type { RecordDescription, RecordFile } from './record-description.ts';

/** What `metadata/preservation/premis.xml` says: the record, its representations and files, events and agents. */
export function preservationMetadata(description: AipDescription): PremisDocument {
  const { record } = description;
  return {
    objects: [
      {
        kind: 'intellectualEntity',
        identifiers: [
          identifierOf(record.id),
          { type: 'record number', value: record.number },
          ...(record.alternativeIdentifiers ?? []),
        ],
        relationships: [
          structural('is represented by', representationNames(record).map(representationPath)),
          ...requiredInformation(description.representationInformation),
        ],
      },
      ...representationNames(record).map((name) => ({
        kind: 'representation' as const,
        identifiers: [identifierOf(representationPath(name))],
        relationships: [structural('includes', filesOf(record, name).map(aipPathOf))],
      })),
      ...record.files.map(fileObject),
    ],
    events: description.events.map(eventOf),
    agents: description.agents.map(agentOf),
  };
}

/** The files of one representation, in their order. */
export function filesOf(record: RecordDescription, representation: string): RecordFile[] {
  const path = `${representationPath(representation)}/`;
  return record.files.filter((file) => aipPathOf(file).startsWith(path));
}

/** Identifiers are URNs, paths in the package, or ids local to it; the type says which. */
export function identifierOf(value: string): PremisIdentifier {
  if (value.startsWith('urn:')) return { type: 'URN', value };
  return { type: value.includes('/') ? 'AIP path' : 'local', value };
}

/** What belongs together. */
export function structural(subType: string, ids: readonly string[]): PremisRelationship {
  return { type: 'structural', subType, related: ids.map(identifierOf) };
}

/** One relationship for all; an id that is made from the digest needs no second identifier. */
function requiredInformation(required: AipDescription['representationInformation']): PremisRelationship[] {
  if (required.length === 0) return [];
  const related = required.flatMap(({ name, objectId, sha512 }) => {
    const object = { type: `OCFL object: ${name}`, value: objectId };
    return objectId.includes(sha512.slice(0, 48)) ? [object] : [object, { type: `SHA-512: ${name}`, value: sha512 }];
  });
  return [{ type: 'dependency', subType: 'requires', related }];
}

/** What PREMIS says of a file. */
export function fileObject(file: RecordFile): PremisFile {
  const covered = (file.signs ?? []).map((path) => aipPathOf({ ...file, path }));
  return {
    kind: 'file',
    identifiers: [identifierOf(aipPathOf(file))],
    sha256: file.sha256,
    sha512: file.sha512,
    size: file.size,
    format: file.format ?? { name: file.mimeType },
    originalName: file.originalName,
    signatures: file.signatures,
    relationships:
      covered.length === 0 ? [] : [{ type: 'dependency', subType: 'requires', related: covered.map(identifierOf) }],
  };
}

function eventOf(event: PreservationEvent): PremisEvent {
  const { id, agentIds, objectIds, ...facts } = event;
  return {
    ...facts,
    identifier: identifierOf(id),
    agents: agentIds.map(identifierOf),
    objects: (objectIds ?? []).map(identifierOf),
  };
}

function agentOf({ id, ...facts }: PreservationAgent): PremisAgent {
  return { ...facts, identifier: identifierOf(id) };
}
