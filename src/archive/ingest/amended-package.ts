import { ArchiveError } from '../../base/index.ts';
import {
  type AipDescription,
  aipPathOf,
  aipPaths,
  type PreservationAgent,
  type PreservationEvent,
  preservationHistory,
  type RecordDescription,
  type RepresentationInformation,
  reportPath,
  type SubmissionFile,
  type SupersededMetadata,
  supersededPaths,
} from '../../standards/packages/index.ts';
import { readRecordDescription, type StoredVersion } from '../packaging/index.ts';
import type { Profile } from '../profiles/index.ts';
import type { AddedFiles } from './add-files.ts';
import type { Amendment } from './amendment.ts';
import { materialFiles } from './collected-material.ts';
import { keepListsUsed } from './lists-used.ts';
import { identificationDetail, scanEvents, scannerAgents, signatureEvents } from './preservation-events.ts';
import { keepProfile } from './profile-kept.ts';
import { validationReport } from './store.ts';
import type { IngestContext } from './submission.ts';

/** What the next version of a package is made from. */
interface VersionParts {
  readonly next: RecordDescription;
  readonly stored: StoredVersion;
  readonly amendment: Pick<Amendment, 'actor' | 'reason'>;
  readonly added: AddedFiles | undefined;
  readonly confirmation: Uint8Array | undefined;
  /** The one under which the record came; corrections keep to it. */
  readonly profile: Profile;
}

/** The next version of a package: history goes on, earlier metadata stays as superseded, reports are referred to. */
export async function describeVersion(context: IngestContext, parts: VersionParts): Promise<AipDescription> {
  const { next, stored, added, confirmation } = parts;
  const history = preservationHistory(await stored.read(aipPaths.premis));
  const who = operator(history.agents, parts);
  return {
    record: { ...next, correction: { reason: parts.amendment.reason, by: who.id } },
    agents: [...who.agents, ...scannerAgents(added?.staged ?? [], scannerId(next))],
    events: [...history.events, ...newEvents(history.events.length, parts, who.id)],
    validationReports: [
      ...(await earlierReports(stored, next)),
      ...(added ? validationReport(`validation-report-v${next.version}.json`, added.reports, added.receivedAt) : []),
      ...(added ? await materialFiles(context, added.material, added.receivedAt) : []),
    ],
    ...(confirmation ? { confirmation: { content: confirmation, createdAt: next.packagedAt } } : {}),
    representationInformation: distinct([
      ...(await context.representationInformation()),
      ...history.trustedLists,
      ...(added ? await keepListsUsed(context, added.reports) : []),
      ...(await keepProfile(context, parts.profile)),
    ]),
    ...(await producerParts(stored)),
    superseded: await supersededBy(context, stored, next),
  };
}

/** A list may have decided in an earlier version, and again in this one. */
function distinct(references: readonly RepresentationInformation[]): RepresentationInformation[] {
  return [...new Map(references.map((reference) => [reference.objectId, reference])).values()];
}

/** What the producer's package held beside the documents stays in every version. */
async function producerParts(stored: StoredVersion): Promise<Pick<AipDescription, 'submission' | 'ingestReport'>> {
  const report = await stored.refer(aipPaths.ingestReport);
  if (!report) return {};
  const paths = stored.paths.filter((path) => path.startsWith(aipPaths.submission));
  const submission: SubmissionFile[] = [];
  for (const path of paths)
    submission.push({ path: path.slice(aipPaths.submission.length), payload: await needed(stored.refer(path)) });
  return { submission, ingestReport: { payload: report } };
}

/** The agent who asked for this version: one that the package knows by this name, or a new one. */
function operator(agents: readonly PreservationAgent[], { next, amendment }: VersionParts) {
  const known = agents.find(({ type, name }) => type === 'person' && name === amendment.actor);
  if (known) return { id: known.id, agents };
  const id = `operator-v${next.version}`;
  return { id, agents: [...agents, { id, name: amendment.actor, type: 'person' as const }] };
}

/** Engine and database have changed since: every version has its own. */
function scannerId({ version }: RecordDescription): string {
  return `scanner-v${version}`;
}

function newEvents(before: number, { next, amendment, added }: VersionParts, who: string): PreservationEvent[] {
  const success = { outcome: 'success', agentIds: [who, 'software'] };
  const objectIds = (added?.files ?? []).map(aipPathOf);
  const events: Omit<PreservationEvent, 'id'>[] = [
    ...(added
      ? [
          { type: 'transfer', dateTime: added.receivedAt, detail: 'files added', objectIds, ...success },
          {
            type: 'message digest calculation',
            dateTime: added.receivedAt,
            detail: 'SHA-256, SHA-512',
            objectIds,
            ...success,
          },
          ...scanEvents(added.staged, added.receivedAt, scannerId(next)).map((event) => ({ objectIds, ...event })),
          {
            type: 'format identification',
            dateTime: added.receivedAt,
            detail: identificationDetail(added.staged),
            objectIds,
            ...success,
          },
          ...signatureEvents(added.files, added.receivedAt),
        ]
      : []),
    { type: 'metadata modification', dateTime: next.packagedAt, detail: amendment.reason, ...success },
    { type: 'information package creation', dateTime: next.packagedAt, detail: `version ${next.version}`, ...success },
  ];
  return events.map((event, index) => ({ id: `e${before + index + 1}`, ...event }));
}

const earlierReport = /^metadata\/preservation\/((?:validation|content)-report[^/]*\.json|validation-material\/[^/]+)$/;

async function earlierReports(stored: StoredVersion, { archivedAt }: RecordDescription) {
  const paths = stored.paths.filter((path) => earlierReport.test(path));
  return Promise.all(
    paths.map(async (path) => ({
      name: path.slice(reportPath('').length),
      createdAt: archivedAt,
      payload: await needed(stored.refer(path)),
    })),
  );
}

/** The metadata of every version before: what already was superseded, and what is superseded now. */
async function supersededBy(
  { storage }: IngestContext,
  stored: StoredVersion,
  next: RecordDescription,
): Promise<SupersededMetadata[]> {
  const versions: SupersededMetadata[] = [];
  for (let version = 1; version < next.version; version++) {
    const paths = version === next.version - 1 ? aipPaths : supersededPaths(version);
    const confirmation = await stored.refer(paths.confirmation);
    const { packagedAt } = await needed(readRecordDescription(storage, next.id, version));
    versions.push({
      version,
      packagedAt,
      dublinCore: await needed(stored.refer(paths.dublinCore)),
      record: await needed(stored.refer(paths.record)),
      ...(confirmation ? { confirmation } : {}),
    });
  }
  return versions;
}

async function needed<Value>(value: Promise<Value | undefined>): Promise<Value> {
  const found = await value;
  if (found === undefined)
    throw new ArchiveError('LOCATION_CORRUPT', 'The package of this record lacks a part. Run an audit.');
  return found;
}
