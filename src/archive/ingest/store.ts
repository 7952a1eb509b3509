import {
  type AipDescription,
  ingestReportBytes,
  parseSealedRecord,
  sealedRecord,
} from '../../standards/packages/index.ts';
import type { CatalogRecord } from '../data-management/index.ts';
import { groupCommit, type PackageToStore, packagedRecord, storePackages, writePackage } from '../packaging/index.ts';
import { materialFiles } from './collected-material.ts';
import type { ConfirmedSubmission } from './confirm.ts';
import { keepListsUsed } from './lists-used.ts';
import type { ReceivedPackage } from './packages/index.ts';
import { provenanceOf } from './preservation-events.ts';
import { keepProfile } from './profile-kept.ts';
import type { IngestContext, IntakeFacts } from './submission.ts';
import type { ValidationReports } from './validate-signatures.ts';

/**
 * Steps 7 and 8. Packages the record as an E-ARK AIP and stores it in every location; what others store meanwhile shares
 * the syncs and the transaction.
 * @returns the record with its receipt of archiving
 */
export function packager(
  context: IngestContext,
): (work: ConfirmedSubmission, facts: IntakeFacts) => Promise<CatalogRecord> {
  const commit = groupCommit((items: readonly PackageToStore[]) => storePackages(context, items), 128);
  return async (work, facts) => commit(await packageSubmission(context, work, facts));
}

async function packageSubmission(
  context: IngestContext,
  work: ConfirmedSubmission,
  facts: IntakeFacts,
): Promise<PackageToStore> {
  const { submission, record } = work;
  const description: AipDescription = {
    record,
    ...provenanceOf(context, work),
    validationReports: [
      ...validationReport('validation-report.json', work.reports, work.validationTime),
      ...(await materialFiles(context, work.material, work.validationTime)),
      ...work.content.reports,
    ],
    ...(work.confirmation ? { confirmation: { content: work.confirmation, createdAt: record.packagedAt } } : {}),
    representationInformation: [
      ...(await context.representationInformation()),
      ...(await keepListsUsed(context, work.reports)),
      ...(await keepProfile(context, work.profile)),
    ],
    ...(submission.package ? packageParts(submission.package) : {}),
  };
  return {
    version: writePackage(description, [
      ...submission.files,
      ...(submission.renditions ?? []).map(({ file }) => file),
      ...(submission.package?.submission ?? []),
    ]),
    record: {
      ...packagedRecord(parseSealedRecord(sealedRecord(record))),
      id: record.id,
      institution: submission.institution,
    },
    facts: {
      number: record.number,
      receipt: `A-${record.number}`,
      version: 1,
      state: submission.category ? 'archived' : 'awaiting',
      ...(facts.duplicateOf ? { duplicateOf: facts.duplicateOf } : {}),
    },
    actor: submission.actor,
  };
}

/** What the producer's package held beside the documents, and the report of it. */
function packageParts({ submission, report }: ReceivedPackage): Pick<AipDescription, 'submission' | 'ingestReport'> {
  return {
    submission: submission.map(({ path, size, sha512 }) => ({ path, payload: { size, sha512 } })),
    ingestReport: { content: ingestReportBytes(report) },
  };
}

/** One file for all reports of the record: an archive of small records should not be an archive of small reports. */
export function validationReport(
  name: string,
  reports: ValidationReports,
  createdAt: Date,
): AipDescription['validationReports'] {
  if (reports.size === 0) return [];
  const content = Buffer.from(`${JSON.stringify([...reports].map(([path, report]) => ({ path, report })))}\n`);
  return [{ name, content, createdAt }];
}
