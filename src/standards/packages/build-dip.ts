import type { RecordId } from '../../base/index.ts';
import { type MetadataReference, writeMets } from '../formats/mets/index.ts';
import { type PremisDocument, type PremisIdentifier, writePremis } from '../formats/premis/index.ts';
import type { AipFile, PackagedContent } from './aip-description.ts';
import { aipPathOf, aipPaths, fileKey, representationNames, representationPath } from './aip-paths.ts';
import { agentsOf, type Dated, metadataReference, reference, representation } from './mets-parts.ts';
import { fileObject, filesOf, identifierOf, structural } from './preservation-metadata.ts';
import type { RecordDescription, RecordFile } from './record-description.ts';
import { schemaCatalog } from './schema-catalog.ts';
import { verifyText } from './verify-text.ts';

/** E-ARK DIP 2.2.0. */
export const dipProfile = 'https://earkdip.dilcis.eu/profile/E-ARK-DIP-v2-2-0.xml';

/** The representation that redacted files lie in. */
export const redactedRepresentation = 'redacted';

/** A file in which somebody has made something unreadable, given in the place of an original. */
export interface RedactedFile {
  readonly file: RecordFile & { readonly representation: typeof redactedRepresentation };
  /** What it was made of: `fileKey` of a file of the record. */
  readonly source: string;
  /** Who made it, and why. */
  readonly by: string;
  readonly reason: string;
}

/** What a DIP is made from. Plain; the same description gives the same bytes. */
export interface DipDescription {
  /** Its own id (DIP1). */
  readonly id: RecordId;
  readonly createdAt: Date;
  /** Who asked for it. */
  readonly actor: string;
  /** Of the AIP's version that it is made from. */
  readonly record: RecordDescription;
  /** Which of the record's files are given. */
  readonly files: readonly RecordFile[];
  readonly redacted: readonly RedactedFile[];
  /** Metadata of the AIP, byte for byte and under the same paths. */
  readonly fromAip: readonly ({ readonly path: string; readonly createdAt: Date } & PackagedContent)[];
  /** What the archive says of the record since it was packaged; `path` below `metadata/`. */
  readonly additions: readonly { readonly path: string; readonly content: Uint8Array }[];
}

/** Where the PREMIS of the AIP lies in a DIP, beside the DIP's own. */
export const premisOfAip = 'metadata/preservation/premis-aip.xml';

/** The files of a DIP (CSIP and DIP 2.2.0), sorted by path. Payload is given back as references by digest. */
export function buildDip(description: DipDescription): AipFile[] {
  const { record, files, redacted, createdAt } = description;
  const given = { ...record, files: [...files, ...redacted.map(({ file }) => file)], archivedAt: createdAt };
  const premis = { path: aipPaths.premis, content: writePremis(premisOf(description, given)), createdAt };
  const additions = description.additions.map(({ path, content }) => ({
    path: `metadata/${path}`,
    content,
    createdAt,
  }));
  const metadata: Dated[] = [premis, ...description.fromAip, ...additions];
  const descriptive = metadata.filter(({ path }) => /^metadata\/(descriptive|other)\//.test(path));
  const provenance = metadata.filter((file) => !descriptive.includes(file));
  const representations = representationNames(given).map((name) =>
    representation(given, name, { profile: dipProfile, packageType: 'DIP' }),
  );
  const documentation = { path: aipPaths.verifyText, content: new TextEncoder().encode(verifyText), createdAt };
  const schemas = { path: aipPaths.schemas, content: schemaCatalog(), createdAt };
  const references = (prefix: string, kept: readonly Dated[]): MetadataReference[] =>
    kept.map((file, index) => ({ ...metadataReference(file), id: `${prefix}${index + 1}` }));
  const mets = writeMets({
    objectId: description.id,
    label: record.title,
    profile: dipProfile,
    packageType: 'DIP',
    createdAt,
    recordStatus: 'CURRENT',
    agents: agentsOf(record),
    alternativeIds: [{ type: 'AIP', value: record.id }],
    descriptive: references('d', descriptive),
    provenance: references('p', provenance),
    fileGroups: [
      { id: 'schemas', use: 'Schemas', files: [reference(schemas, 'ID-schemas', 'application/xml')] },
      { id: 'documentation', use: 'Documentation', files: [reference(documentation, 'ID-doc1', 'text/plain')] },
      ...representations.map(({ name, mets }, index) => ({
        id: `rep${index + 1}`,
        use: `Representations/${name}`,
        files: [reference(mets, `ID-rep${index + 1}`, 'application/xml')],
      })),
    ],
  });
  const data = representations.flatMap((one) => [one.mets, ...one.data]);
  const all = [...metadata, ...data, documentation, schemas].map(({ createdAt: _createdAt, ...file }) => file);
  return [{ path: aipPaths.mets, content: mets }, ...all].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The DIP, what it was made from and by whom; a redacted file names the original that it stands for. */
function premisOf(
  { id, record, redacted, createdAt, actor }: DipDescription,
  given: RecordDescription,
): PremisDocument {
  const [software, person] = [identifierOf('software'), identifierOf('operator')];
  const derived = (source: PremisIdentifier) => ({
    type: 'derivation' as const,
    subType: 'has source',
    related: [source],
  });
  const sources = new Map(record.files.map((file) => [fileKey(file), file]));
  return {
    objects: [
      {
        kind: 'intellectualEntity',
        identifiers: [identifierOf(id), { type: 'record number', value: record.number }],
        relationships: [
          derived({ type: `AIP, version ${record.version}`, value: record.id }),
          structural('is represented by', representationNames(given).map(representationPath)),
        ],
      },
      ...representationNames(given).map((name) => ({
        kind: 'representation' as const,
        identifiers: [identifierOf(representationPath(name))],
        relationships: [structural('includes', filesOf(given, name).map(aipPathOf))],
      })),
      ...given.files.map((file) => {
        const source = redacted.find((one) => one.file === file)?.source;
        const original = source === undefined ? undefined : sources.get(source);
        const object = fileObject({ ...file, ...(file.signs ? { signs: signedHere(file, given) } : {}) });
        if (!original) return object;
        const relation = derived({ type: `SHA-512 of ${aipPathOf(original)} in the AIP`, value: original.sha512 });
        return { ...object, relationships: [...object.relationships, relation] };
      }),
    ],
    events: [
      {
        identifier: identifierOf('dissemination'),
        type: 'dissemination',
        dateTime: createdAt,
        detail: `made from version ${record.version} of ${record.id}`,
        outcome: 'success',
        agents: [software, person],
        objects: [identifierOf(id)],
      },
      ...redacted.map(({ file, by, reason }, index) => ({
        identifier: identifierOf(`redaction-${index + 1}`),
        type: 'redaction',
        dateTime: file.createdAt ?? createdAt,
        detail: reason,
        outcome: 'success',
        outcomeDetail: by,
        agents: [person],
        objects: [identifierOf(aipPathOf(file))],
      })),
    ],
    agents: [
      { identifier: software, name: record.software.name, type: 'software', version: record.software.version },
      { identifier: person, name: actor, type: 'person' },
    ],
  };
}

/** Of the files that a detached signature covers, those that are given with it. */
function signedHere(file: RecordFile, given: RecordDescription): string[] {
  const paths = new Set(
    given.files.filter((one) => one.representation === file.representation).map(({ path }) => path),
  );
  return (file.signs ?? []).filter((path) => paths.has(path));
}
