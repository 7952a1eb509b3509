import type { Actor } from '../../../archive/administration/index.ts';
import { enqueueJob } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import type { Service } from '../service.ts';

/**
 * Has the worker read every copy, or those of one location.
 * @returns the job's id
 * @throws ArchiveError USAGE for a location that does not exist
 */
export async function startAudit(
  { context, wakeWorker }: Pick<Service, 'context' | 'wakeWorker'>,
  actor: Actor,
  location: string | undefined,
): Promise<string> {
  const names = context.storage.locations.map(({ description }) => description.name);
  if (location !== undefined && !names.includes(location))
    throw new ArchiveError('USAGE', `There is no such location. There are: ${names.join(', ')}.`);
  const id = await enqueueJob(context.catalog, context.clock, {
    institution: actor.institution,
    name: 'audit',
    payload: { actor: actor.name, ...(location ? { location } : {}) },
  });
  wakeWorker();
  return id;
}
