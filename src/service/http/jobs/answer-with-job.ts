import type { Context } from 'koa';
import type { Actor } from '../../../archive/administration/index.ts';
import { findJob } from '../../../archive/data-management/index.ts';
import type { Service } from '../service.ts';
import { presentJob } from './presenter.ts';

/** Answers with a job that was just made, and where it can be asked about (RFC 9110 15.3.3). */
export async function answerWithJob(
  { context }: Pick<Service, 'context'>,
  ctx: Context,
  { institution }: Pick<Actor, 'institution'>,
  id: string,
): Promise<void> {
  const job = await findJob(context.catalog, institution, id);
  if (!job) throw new Error('a job that was just made is not there');
  ctx.status = 202;
  ctx.set('Location', `/api/v1/jobs/${id}`);
  ctx.body = presentJob(job);
}
