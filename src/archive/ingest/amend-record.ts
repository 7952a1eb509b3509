import { ArchiveError, readWhole } from '../../base/index.ts';
import { type Inventory, stateOf } from '../../standards/ocfl/index.ts';
import {
  type AipDescription,
  aipPaths,
  type JsonValue,
  parseSealedRecord,
  preservationHistory,
  type RecordDescription,
  type SupersededMetadata,
  sealedRecord,
  supersededPaths,
} from '../../standards/packages/index.ts';
import { type CatalogRecord, findRecord } from '../data-management/index.ts';
import {
  type PackageToStore,
  packagedRecord,
  readRecordDescription,
  storePackages,
  writePackage,
} from '../packaging/index.ts';
import { checkMetadata } from './checks/index.ts';
import { confirmationOf } from './confirm.ts';
import { type IngestContext, nowIn } from './submission.ts';

/** What is to be put right in a record. What is left out stays as it is; a field set to null goes. */
export interface Amendment {
  readonly record: string;
  readonly actor: string;
  /** Kept in the package and shown beside the version. */
  readonly reason: string;
  readonly title?: string;
  readonly category?: string;
  readonly fields?: Readonly<Record<string, JsonValue>>;
  /** The version that the caller saw; another one there now is a conflict. */
  readonly expectedVersion?: number;
}

/**
 * Corrects a record's metadata: a new version of its AIP that holds new metadata and refers to everything else. The
 * version before stays readable, nothing is rewritten, no payload is copied.
 * @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT | METADATA_INVALID
 */
export async function amendRecord(context: IngestContext, amendment: Amendment): Promise<CatalogRecord> {
  const { catalog, storage, institution } = context;
  const wanted = await findRecord(catalog, institution.id, amendment.record);
  if (!wanted || wanted.version === 0)
    throw new ArchiveError('RECORD_UNKNOWN', `There is no stored record ${amendment.record}.`);
  const unlock = await context.lockRecord(wanted.id);
  try {
    const record = await findRecord(catalog, institution.id, wanted.id);
    if (!record || !['archived', 'awaiting'].includes(record.state))
      throw new ArchiveError('STATE_CONFLICT', 'Only a stored record can be corrected.');
    if (amendment.expectedVersion !== undefined && amendment.expectedVersion !== record.version)
      throw new ArchiveError(
        'STATE_CONFLICT',
        `The record was changed meanwhile: it is at version ${record.version}. Look at it again.`,
      );
    const [inventory, earlier] = [
      await storage.readInventory(record.id),
      await readRecordDescription(storage, record.id, record.version),
    ];
    if (!inventory || !earlier)
      throw new ArchiveError('LOCATION_CORRUPT', 'The package of this record cannot be read. Run an audit.');
    const [outcome] = await storePackages(context, [await nextPackage(context, amendment, record, earlier, inventory)]);
    if (outcome?.status !== 'fulfilled') throw outcome?.reason;
    return outcome.value;
  } finally {
    await unlock();
  }
}

async function nextPackage(
  context: IngestContext,
  amendment: Amendment,
  record: CatalogRecord,
  earlier: RecordDescription,
  inventory: Inventory,
): Promise<PackageToStore> {
  const next = amended(context, amendment, earlier);
  const profile = context.profiles.find(next.profile.id, next.profile.version);
  checkMetadata(profile, { ...next.metadata, title: next.title });
  const confirmation = profile.confirmation === 'none' ? undefined : await confirmationOf(context, next);
  const description = await describeVersion(context, amendment, next, earlier, inventory, confirmation);
  return {
    version: writePackage(description, [], inventory),
    record: {
      ...packagedRecord(parseSealedRecord(sealedRecord(next))),
      id: record.id,
      institution: record.institution,
      ...(record.archivedAt ? { archivedAt: record.archivedAt } : {}),
    },
    facts: {
      number: record.number,
      receipt: `A-${record.number}/${next.version}`,
      version: next.version,
      state: next.category ? 'archived' : 'awaiting',
      ...(record.duplicateOf ? { duplicateOf: record.duplicateOf } : {}),
    },
    actor: amendment.actor,
  };
}

function amended(context: IngestContext, amendment: Amendment, earlier: RecordDescription): RecordDescription {
  const metadata = Object.entries({ ...earlier.metadata, ...amendment.fields }).filter(([, value]) => value !== null);
  const category = amendment.category ?? earlier.category;
  return {
    ...earlier,
    version: earlier.version + 1,
    title: amendment.title ?? earlier.title,
    ...(category ? { category } : {}),
    metadata: Object.fromEntries(metadata),
    packagedAt: nowIn(context.clock),
    correction: { reason: amendment.reason, by: amendment.actor },
    software: context.software,
  };
}

async function describeVersion(
  context: IngestContext,
  amendment: Amendment,
  next: RecordDescription,
  earlier: RecordDescription,
  inventory: Inventory,
  confirmation: Uint8Array | undefined,
): Promise<AipDescription> {
  const state = stateOf(inventory);
  const read = async (path: string) => readWhole(await context.storage.openState(next.id, path), 1 << 28);
  const history = preservationHistory(await read(aipPaths.premis));
  const refer = async (path: string) => {
    const held = state.get(path);
    return held && { size: (await context.storage.openState(next.id, path)).size, sha512: held.sha512 };
  };
  const reports = [...state.keys()].filter((path) =>
    /^metadata\/preservation\/validation-report[^/]*\.json$/.test(path),
  );
  const operator = { id: 'operator', name: amendment.actor, type: 'person' as const };
  const who = history.agents.some(({ id, name }) => id === operator.id && name === operator.name)
    ? { agents: history.agents, id: operator.id }
    : {
        agents: [...history.agents, { ...operator, id: `operator-v${next.version}` }],
        id: `operator-v${next.version}`,
      };
  const event = { dateTime: next.packagedAt, outcome: 'success', agentIds: [who.id, 'software'] };
  return {
    record: { ...next, correction: { reason: amendment.reason, by: who.id } },
    agents: who.agents,
    events: [
      ...history.events,
      { ...event, id: `e${history.events.length + 1}`, type: 'metadata modification', detail: amendment.reason },
      {
        ...event,
        id: `e${history.events.length + 2}`,
        type: 'information package creation',
        detail: `version ${next.version}`,
      },
    ],
    validationReports: await Promise.all(
      reports.map(async (path) => ({
        name: path.slice(path.lastIndexOf('/') + 1),
        createdAt: earlier.archivedAt,
        payload: await needed(refer(path)),
      })),
    ),
    ...(confirmation ? { confirmation: { content: confirmation, createdAt: next.packagedAt } } : {}),
    representationInformation: await context.representationInformation(),
    superseded: await supersededBy(earlier, refer),
  };
}

type Refer = (path: string) => Promise<{ size: number; sha512: string } | undefined>;

/** The metadata of every version before: what already was superseded, and what is superseded now. */
async function supersededBy(earlier: RecordDescription, refer: Refer): Promise<SupersededMetadata[]> {
  const versions: SupersededMetadata[] = [];
  for (let version = 1; version <= earlier.version; version++) {
    const paths = version === earlier.version ? aipPaths : supersededPaths(version);
    const confirmation = await refer(paths.confirmation);
    versions.push({
      version,
      packagedAt: earlier.packagedAt,
      dublinCore: await needed(refer(paths.dublinCore)),
      record: await needed(refer(paths.record)),
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
