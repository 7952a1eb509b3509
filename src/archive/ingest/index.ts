import type { ArchiveError } from '../../base/index.ts';
import type { CatalogRecord } from '../data-management/index.ts';
import { check } from './check.ts';
import { confirm } from './confirm.ts';
import { describe } from './describe.ts';
import { isPassing, park, release, stateAfter } from './outcome.ts';
import { duplicateIn, takePackage } from './packages/index.ts';
import { type Offer, receiver } from './receive.ts';
import { signatureFault } from './signature-fault.ts';
import { packager } from './store.ts';
import type { IngestContext, IntakeFacts, ProcessSubmission, ReceivedSubmission, Submission } from './submission.ts';
import { validateSignatures } from './validate-signatures.ts';

/** Ingest: from an upload to an accepted AIP. */
export interface Ingest {
  /** Step 1: the files are staged and synced; gives the receipt of intake. */
  receive(offer: Offer): Promise<ReceivedSubmission>;
  /** Steps 2 to 8: gives the record archived, awaiting a category, quarantined or rejected. */
  readonly process: ProcessSubmission;
}

/** Makes the functions of ingest; what runs at the same time shares syncs and transactions. */
export function openIngest(context: IngestContext): Ingest {
  const receive = receiver(context);
  const packageAndStore = packager(context);

  /** The list of steps. Each can be repeated after a crash: until the last one nothing is visible. */
  const steps = async (submission: Submission, facts: IntakeFacts): Promise<CatalogRecord> => {
    const taken = await takePackage(context, submission);
    const duplicateOf = facts.duplicateOf ?? (await duplicateIn(context, taken));
    const checked = await check(context, taken, facts);
    const validated = await validateSignatures(context, checked);
    const fault = signatureFault(validated.profile, validated.reports);
    const consequence = checked.profile.onFailedSignature;
    const described = describe(context, validated, facts.number);
    if (fault && consequence === 'refuse') return park(context, taken, 'rejected', fault, described.record);
    const isAccepted = facts.accepted !== undefined && facts.accepted !== 'FILE_NOT_SCANNED';
    if (fault && consequence === 'quarantine' && !isAccepted)
      return park(context, taken, 'quarantined', fault, described.record);
    const confirmed = await confirm(context, described);
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
export { defaultLimits, groupFiles, type Profile, type SubmissionLimits } from './checks/index.ts';
export { clearStaging } from './clear-staging.ts';
export { type Decision, type DecisionRequest, decide } from './decide.ts';
export { type ClamdSettings, clamdScanner } from './malware/index.ts';
export { isPassing } from './outcome.ts';
export { type Profiles, readProfiles } from './profiles.ts';
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
