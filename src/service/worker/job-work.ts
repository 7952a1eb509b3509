import {
  type DrillReport,
  disposalJob,
  drillJob,
  executeDisposal,
  handOverPackageJob,
  makeHandOverPackage,
} from '../../archive/administration/index.ts';
import type { Job, JobProgress } from '../../archive/data-management/index.ts';
import type { IngestContext } from '../../archive/ingest/index.ts';
import {
  audit,
  checkFixity,
  type FixityPolicy,
  fixityJob,
  integrityReportJob,
  keepEvidence,
  keepEvidenceJob,
  keepIntegrityReport,
  type RevalidationContext,
  refreshTrustedLists,
  reidentify,
  reidentifyJob,
  revalidateDue,
  revalidateJob,
  trustedListsJob,
} from '../../archive/preservation/index.ts';

/** What jobs work with. */
export interface JobContext {
  readonly context: IngestContext;
  readonly evidence: RevalidationContext;
  readonly fixity: FixityPolicy;
  readonly drill: (actor: string, onProgress: (done: number, total: number) => void) => Promise<DrillReport>;
}

/** What a job that runs may tell and hear. */
export interface JobControl {
  /** Called often. Throws when the job is to end: cancelled, taken by another worker, or the process stops. */
  readonly onProgress: (progress: JobProgress) => void;
  /** The same for what waits for long. */
  readonly signal: AbortSignal;
}

/** What a job does, given what it was queued with. Run again after a crash, it must come to the same. @returns its outcome */
export type JobWork = (context: JobContext, payload: Job['payload'], control: JobControl) => Promise<object>;

/** The jobs by their names. */
export const jobWorks: Readonly<Record<string, JobWork>> = {
  audit: auditCopies,
  [reidentifyJob]: ({ context }, { actor }, { onProgress }) =>
    reidentify(context, context.formatSignatures, { actor: String(actor), onProgress }),
  [keepEvidenceJob]: ({ evidence }, _, { onProgress }) => keepEvidence(evidence, onProgress),
  [fixityJob]: ({ context, fixity }) => checkFixity(context, fixity),
  [integrityReportJob]: ({ context }) => keepIntegrityReport(context),
  [revalidateJob]: ({ evidence }, _, { onProgress }) => revalidateDue(evidence, onProgress),
  [disposalJob]: executeApproved,
  [handOverPackageJob]: packHandOver,
  [drillJob]: ({ drill }, { actor = 'schedule' }, { onProgress }) =>
    drill(String(actor), (done, total) => onProgress({ done, total })),
  [trustedListsJob]: ({ context }) => refreshTrustedLists(context, context.trustedLists),
};

async function auditCopies(
  { evidence: holdings }: JobContext,
  { location, actor }: Job['payload'],
  { onProgress }: JobControl,
): Promise<object> {
  const report = await audit(holdings, {
    actor: String(actor),
    onProgress,
    ...(location ? { location: String(location) } : {}),
  });
  const { id, copies, bytes, damaged, missing, extra, journal, catalog, evidence } = report;
  return {
    report: id,
    copies,
    bytes,
    damaged: damaged.length,
    missing: missing.length,
    extra: extra.length,
    catalog: catalog.length,
    evidence: evidence.length,
    journal,
  };
}

async function packHandOver(
  { context, evidence }: JobContext,
  { disposal, actor }: Job['payload'],
  { onProgress }: JobControl,
): Promise<object> {
  const request = { disposal: String(disposal), actor: String(actor) };
  const made = await makeHandOverPackage({ ...evidence, ...context }, request, (done, total) =>
    onProgress({ done, total }),
  );
  const { package: id, files, bytes } = made.steps.at(-1)?.facts ?? {};
  return { disposal: made.number, package: id, files, bytes };
}

async function executeApproved(
  { context }: JobContext,
  { disposal, method, actor }: Job['payload'],
  { onProgress }: JobControl,
): Promise<object> {
  const execution = { disposal: String(disposal), method: String(method), actor: String(actor) };
  const done = await executeDisposal(context, execution, (count, total) => onProgress({ done: count, total }));
  return {
    disposal: done.disposal.number,
    state: done.disposal.state,
    destroyed: done.destroyed,
    leftOut: done.leftOut,
    pending: done.pending,
  };
}
