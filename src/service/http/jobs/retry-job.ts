import { type Actor, disposalJob } from '../../../archive/administration/index.ts';
import { enqueueJob, findJob, type Job } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import type { Service } from '../service.ts';

/** Whether a job that ended without success may be run again by who operates the archive; destruction has a way of its own. */
export function isRetriable({ name, state }: Pick<Job, 'name' | 'state'>): boolean {
  return name !== disposalJob && (state === 'failed' || state === 'cancelled');
}

/**
 * Queues what a job was to do once more, as who asks for it now.
 * @returns the new job's id
 * @throws ArchiveError JOB_UNKNOWN | STATE_CONFLICT
 */
export async function retryEndedJob(
  { context, wakeWorker }: Pick<Service, 'context' | 'wakeWorker'>,
  actor: Actor,
  id: string,
): Promise<string> {
  const job = await findJob(context.catalog, actor.institution, id);
  if (!job) throw new ArchiveError('JOB_UNKNOWN', 'There is no such job.');
  if (!isRetriable(job)) throw new ArchiveError('STATE_CONFLICT', 'This job did not fail, or may not be repeated so.');
  const { institution, name, payload, key } = job;
  const again = await enqueueJob(context.catalog, context.clock, {
    institution,
    name,
    payload: 'actor' in payload ? { ...payload, actor: actor.name } : payload,
    ...(key ? { key } : {}),
  });
  wakeWorker();
  return again;
}
