import type { RecordId } from '../../base/index.ts';
import { type FileGroup, type MetadataReference, type MetsAgent, writeMets } from '../formats/mets/index.ts';
import { type PremisDocument, writePremis } from '../formats/premis/index.ts';
import type { AipFile, PackagedContent } from './aip-description.ts';
import { aipPaths, representationPath } from './aip-paths.ts';
import { dublinCoreOf } from './dublin-core.ts';
import { type Dated, metadataReference, reference } from './mets-parts.ts';
import { identifierOf, structural } from './preservation-metadata.ts';
import type { DublinCoreStatement } from './record-description.ts';
import { schemaCatalog } from './schema-catalog.ts';
import { verifyText } from './verify-text.ts';

/** E-ARK SIP 2.2.0. */
export const sipProfile = 'https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml';

/** A file of a representation, `path` below its `data/`. */
export type SipFile = { readonly path: string; readonly mimeType: string } & PackagedContent;

/** What a SIP is made from. Plain; the same description gives the same bytes. */
export interface SipDescription {
  readonly id: RecordId;
  readonly label: string;
  readonly createdAt: Date;
  readonly software: { readonly name: string; readonly version: string };
  /** Who created the archives (SIP9), who submits them (SIP15), and who is to preserve them (SIP26). */
  readonly creator: SipBody;
  readonly submitter: SipBody;
  readonly preserver: SipBody;
  /** By what agreement or act it is submitted (SIP3). */
  readonly agreement: string;
  /** Dublin Core of the submission as a whole. */
  readonly descriptive: readonly DublinCoreStatement[];
  readonly representations: readonly { readonly name: string; readonly files: readonly SipFile[] }[];
  /** Plain text for whoever receives it. */
  readonly documentation: string;
}

/** A body, and by what it is known. */
export interface SipBody {
  readonly name: string;
  readonly code?: string;
}

/** The files of a SIP (CSIP and SIP 2.2.0), sorted by path. Payload is given back as references by digest. */
export function buildSip(sip: SipDescription): AipFile[] {
  const { createdAt } = sip;
  const descriptive: Dated = { path: aipPaths.dublinCore, content: dublinCoreOf(sip.descriptive), createdAt };
  const documentation: Dated = {
    path: 'documentation/README.txt',
    content: new TextEncoder().encode(sip.documentation),
    createdAt,
  };
  const verify: Dated = { path: aipPaths.verifyText, content: new TextEncoder().encode(verifyText), createdAt };
  const schemas: Dated = { path: aipPaths.schemas, content: schemaCatalog(), createdAt };
  const premis: Dated = { path: aipPaths.premis, content: writePremis(premisOf(sip)), createdAt };
  const representations = sip.representations.map((one) => representationOf(sip, one));
  const group = (id: string, use: string, mimeType: string, ...files: readonly Dated[]): FileGroup => ({
    id,
    use,
    files: files.map((file, index) => reference(file, `ID-${id}-${index + 1}`, mimeType)),
  });
  const dmd: MetadataReference = { ...metadataReference(descriptive), id: 'd1' };
  const mets = writeMets({
    objectId: sip.id,
    label: sip.label,
    profile: sipProfile,
    packageType: 'SIP',
    createdAt,
    recordStatus: 'NEW',
    agents: agentsOfSip(sip),
    alternativeIds: [{ type: 'SUBMISSIONAGREEMENT', value: sip.agreement }],
    descriptive: [dmd],
    provenance: [{ ...metadataReference(premis), id: 'p1' }],
    fileGroups: [
      group('schemas', 'Schemas', 'application/xml', schemas),
      group('documentation', 'Documentation', 'text/plain', documentation, verify),
      ...representations.map(({ name, mets: own }, index) =>
        group(`rep${index + 1}`, `Representations/${name}`, 'application/xml', own),
      ),
    ],
  });
  const all = [
    descriptive,
    premis,
    schemas,
    documentation,
    verify,
    ...representations.flatMap(({ mets: own, data }) => [own, ...data]),
  ].map(({ createdAt: _createdAt, ...file }) => file);
  return [{ path: aipPaths.mets, content: mets }, ...all].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The submission, what it is made of, and who made it for whom. */
function premisOf({
  id,
  createdAt,
  software,
  submitter,
  preserver,
  representations,
  agreement,
}: SipDescription): PremisDocument {
  const [program, from, to] = ['software', 'submitter', 'preserver'].map(identifierOf);
  if (!program || !from || !to) throw new Error('an agent has no identifier');
  const names = representations.map(({ name }) => representationPath(name));
  return {
    objects: [
      {
        kind: 'intellectualEntity',
        identifiers: [identifierOf(id)],
        relationships: [structural('is represented by', names)],
      },
      ...names.map((name) => ({
        kind: 'representation' as const,
        identifiers: [identifierOf(name)],
        relationships: [],
      })),
    ],
    events: [
      {
        identifier: identifierOf('packaging'),
        type: 'information package creation',
        dateTime: createdAt,
        detail: `for hand-over to ${preserver.name}, by ${agreement}`,
        outcome: 'success',
        agents: [program, from, to],
        objects: [identifierOf(id)],
      },
    ],
    agents: [
      { identifier: program, name: software.name, type: 'software', version: software.version },
      { identifier: from, name: submitter.name, type: 'organization' },
      { identifier: to, name: preserver.name, type: 'organization' },
    ],
  };
}

function representationOf(
  sip: SipDescription,
  { name, files }: SipDescription['representations'][number],
): { readonly name: string; readonly mets: Dated; readonly data: readonly Dated[] } {
  const { createdAt } = sip;
  const folder = `${representationPath(name)}/`;
  const data = files.map(
    ({ path, mimeType: _mimeType, ...content }): Dated => ({
      path: `${folder}data/${path}`,
      createdAt,
      ...content,
    }),
  );
  const references = data.map((file, index) =>
    reference(file, `ID-f${index + 1}`, files[index]?.mimeType ?? 'application/octet-stream', folder),
  );
  const content = writeMets({
    objectId: name,
    profile: sipProfile,
    packageType: 'SIP',
    createdAt,
    recordStatus: 'NEW',
    agents: agentsOfSip(sip),
    descriptive: [],
    provenance: [],
    fileGroups: [{ id: 'data', use: 'Data', files: references }],
  });
  return { name, mets: { path: `${folder}${aipPaths.mets}`, content, createdAt }, data };
}

function agentsOfSip({ software, creator, submitter, preserver }: SipDescription): MetsAgent[] {
  const body = (role: MetsAgent['role'], { name, code }: SipBody): MetsAgent => ({
    role,
    type: 'ORGANIZATION',
    name,
    ...(code ? { note: { type: 'IDENTIFICATIONCODE' as const, text: code } } : {}),
  });
  return [
    {
      role: 'CREATOR',
      type: 'OTHER',
      otherType: 'SOFTWARE',
      name: software.name,
      note: { type: 'SOFTWARE VERSION', text: software.version },
    },
    body('ARCHIVIST', creator),
    body('CREATOR', submitter),
    body('PRESERVATION', preserver),
  ];
}
