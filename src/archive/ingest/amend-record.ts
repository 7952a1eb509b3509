import { ArchiveError, utcSeconds } from '../../base/index.ts';
import { parseSealedRecord, type RecordDescription, sealedRecord } from '../../standards/packages/index.ts';
import { type CatalogRecord, findRecord } from '../data-management/index.ts';
import {
  journal,
  openStoredVersion,
  type PackageToStore,
  packagedRecord,
  readRecordDescription,
  type StoredVersion,
  storePackages,
  writePackage,
} from '../packaging/index.ts';
import { type AddedFiles, addFiles } from './add-files.ts';
import { describeVersion } from './amended-package.ts';
import type { Amendment } from './amendment.ts';
import { checkMetadata } from './checks/index.ts';
import { reclassify } from './classify.ts';
import { confirmationOf } from './confirm.ts';
import { requireLastingFormats } from './long-term/index.ts';
import { type IngestContext, nowIn } from './submission.ts';

/**
 * Corrects a record's metadata or adds files to it: a new version of its AIP that holds what is new and refers to
 * everything else. The version before stays readable, nothing is rewritten, no payload is copied.
 * @throws ArchiveError RECORD_UNKNOWN | STATE_CONFLICT | METADATA_INVALID, and what intake refuses files for
 */
export async function amendRecord(context: IngestContext, amendment: Amendment): Promise<CatalogRecord> {
  const { catalog, institution } = context;
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
    await context.storage.dropStaged(record.id); // what an interrupted attempt left
    const next = await nextPackage(context, amendment, record).catch((error) =>
      refused(context, amendment, record, error),
    );
    const [outcome] = await storePackages(context, [next]);
    if (outcome?.status !== 'fulfilled') throw outcome?.reason;
    return outcome.value;
  } finally {
    await context.storage.dropStaged(wanted.id);
    await unlock();
  }
}

/** That someone tried to add something infected is to be seen later, though nothing of it is kept. @throws `error` */
async function refused(
  context: IngestContext,
  { actor }: Amendment,
  { id, institution }: CatalogRecord,
  error: unknown,
): Promise<never> {
  if (error instanceof ArchiveError && error.code === 'FILE_INFECTED')
    await journal(context, {
      time: utcSeconds(context.clock()),
      institution,
      type: 'record.amendment-refused',
      subject: id,
      actor,
      detail: { code: error.code, found: error.places.map(({ detail }) => detail) },
    });
  throw error;
}

async function nextPackage(
  context: IngestContext,
  amendment: Amendment,
  record: CatalogRecord,
): Promise<PackageToStore> {
  const stored: StoredVersion = await openStoredVersion(context, record.id, record.version);
  const earlier = await readRecordDescription(context.storage, record.id, record.version);
  if (!earlier) throw new ArchiveError('LOCATION_CORRUPT', 'The package of this record cannot be read. Run an audit.');
  const added = amendment.files ? await addFiles(context, amendment.files, earlier) : undefined;
  const next = amended(context, amendment, earlier, added, await reclassify(context, amendment, earlier));
  const profile = (await context.profiles.current()).find(next.profile.id, next.profile.version);
  checkMetadata(profile, { ...next.metadata, title: next.title });
  requireLastingFormats(profile, next);
  const confirmation = profile.confirmation === 'none' ? undefined : await confirmationOf(context, next);
  const description = await describeVersion(context, { next, stored, amendment, added, confirmation, profile });
  return {
    version: writePackage(description, added?.staged ?? [], stored.inventory),
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

function amended(
  context: IngestContext,
  amendment: Amendment,
  earlier: RecordDescription,
  added: AddedFiles | undefined,
  classification: RecordDescription['classification'],
): RecordDescription {
  const metadata = Object.entries({ ...earlier.metadata, ...amendment.fields }).filter(([, value]) => value !== null);
  const category = amendment.category ?? earlier.category;
  const { classification: _former, ...kept } = earlier;
  return {
    ...kept,
    version: earlier.version + 1,
    title: amendment.title ?? earlier.title,
    ...(category ? { category } : {}),
    ...(classification ? { classification } : {}),
    metadata: Object.fromEntries(metadata),
    files: [...earlier.files, ...(added?.files ?? [])],
    packagedAt: nowIn(context.clock),
    correction: { reason: reasonOf(amendment), by: amendment.actor },
    software: context.software,
  };
}

function reasonOf({ reason, archiveConsent }: Amendment): string {
  return archiveConsent ? `${reason} (${archiveConsent})` : reason;
}
