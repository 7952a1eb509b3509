import type { ArchiveError } from '../../base/index.ts';
import type { CatalogRecord } from '../data-management/index.ts';
import { check } from './check.ts';
import { confirm } from './confirm.ts';
import { type ContentReports, contentReports } from './content/index.ts';
import { decisionsMade } from './decisions-made.ts';
import { describe } from './describe.ts';
import { formatGate } from './long-term/index.ts';
import { isPassing, park, release, stateAfter } from './outcome.ts';
import { duplicateIn, takePackage } from './packages/index.ts';
import { nextPersonAsked, stepsTaken } from './people-asked.ts';
import { type Offer, receiver } from './receive.ts';
import { signatureFault } from './signature-fault.ts';
import { packager } from './store.ts';
import {
  type IngestContext,
  type IntakeFacts,
  nowIn,
  type ProcessSubmission,
  type ReceivedSubmission,
  type Submission,
} from './submission.ts';
import { validateSignatures } from './validate-signatures.ts';

/** Ingest: from an upload to an accepted AIP. */
export interface Ingest {
  /** Step 1: the files are staged and synced; gives the receipt of intake. */
  receive(offer: Offer): Promise<ReceivedSubmission>;
  /** Steps 2 to 8: gives the record archived, awaiting a category, quarantined or rejected. */
  readonly process: ProcessSubmission;
}

const joined = (one: ContentReports, other: ContentReports): ContentReports => ({
  reports: [...one.reports, ...other.reports],
  events: [...one.events, ...other.events],
});

/** Makes the functions of ingest; what runs at the same time shares syncs and transactions. */
export function openIngest(context: IngestContext): Ingest {
  const receive = receiver(context);
  const packageAndStore = packager(context);

  /** The list of steps. Each can be repeated after a crash: until the last one nothing is visible. */
  const steps = async (submission: Submission, facts: IntakeFacts): Promise<CatalogRecord> => {
    const taken = await takePackage(context, submission);
    const duplicateOf = facts.duplicateOf ?? (await duplicateIn(context, taken));
    const decisions = decisionsMade(context, submission.id, facts);
    const checked = await check(context, taken, decisions);
    const gated = await formatGate(context, checked, nowIn(context.clock));
    const validated = await validateSignatures(context, gated.checked);
    const fault = signatureFault(validated.profile, validated.reports);
    const described = describe(context, validated, facts.number);
    const parked = (state: 'rejected' | 'quarantined', error: ArchiveError) =>
      park(context, taken, state, error, described.record);
    if (fault?.consequence === 'refuse') return parked('rejected', fault.error);
    if (fault?.consequence === 'quarantine' && !(await decisions.acceptanceOf(fault.error.code)))
      return parked('quarantined', fault.error);
    if (gated.error) return parked('quarantined', gated.error);
    const asked = await nextPersonAsked({ ...checked, ...gated }, decisions);
    if (asked) return parked('quarantined', asked);
    const confirmed = await confirm(context, {
      ...described,
      accepted: await stepsTaken({ ...checked, ...gated }, decisions),
      content: joined(await contentReports(context, checked, validated.validationTime), gated),
    });
    return packageAndStore(confirmed, { ...facts, ...(duplicateOf ? { duplicateOf } : {}) });
  };

  return {
    receive,
    process: async (submission, facts) => {
      try {
        return await steps(submission, facts);
      } catch (error) {
        if (!isPassing(error)) return park(context, submission, stateAfter(error), error as ArchiveError);
        await release(context, submission, error);
        throw error;
      }
    },
  };
}

export { amendRecord } from './amend-record.ts';
export type { Amendment } from './amendment.ts';
export { defaultLimits, groupFiles, type SubmissionLimits } from './checks/index.ts';
export { clearStaging } from './clear-staging.ts';
export { type Decision, type DecisionRequest, decide } from './decide.ts';
export { type ClamdSettings, clamdScanner } from './malware/index.ts';
export { fileHeading, invalid, type MetadataTable, readMetadataTable } from './metadata-table.ts';
export { isPassing } from './outcome.ts';
export type { Offer } from './receive.ts';
export { resumeIntakes } from './resume.ts';
export type {
  IngestContext,
  IntakeFacts,
  IntakeReceipt,
  OfferedFile,
  OfferedMetadata,
  ReceivedSubmission,
  Submission,
} from './submission.ts';
export { libreOffice, veraPdf } from './tools/index.ts';
