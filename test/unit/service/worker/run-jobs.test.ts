import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { cancelJob, enqueueJob, findJob, type Job } from '../../../../src/archive/data-management/index.ts';
import type { OpenArchive } from '../../../../src/service/cli/index.ts';
import {
  type JobControl,
  type JobWork,
  type RunningWorker,
  startWorker,
} from '../../../../src/service/worker/index.ts';
import { testArchive } from '../../../support/archive.ts';
import { describeOnEach } from '../../../support/postgres.ts';

describeOnEach('a worker', function (dialect) {
  this.timeout(60_000);
  let archive: OpenArchive;
  let worker: RunningWorker;
  const failures: string[] = [];
  before(async () => {
    archive = await testArchive(await dialect.environment(), () => new Date()).open();
  });
  afterEach(() => worker.stop());

  const work = (works: Record<string, JobWork>) => {
    worker = startWorker({ ...archive, works, onFailure: (what) => failures.push(what) });
  };
  const queue = (name: string) =>
    enqueueJob(archive.context.catalog, archive.context.clock, { institution: 'default', name, payload: { n: 1 } });
  const until = async (id: string, holds: (job: Job) => unknown): Promise<Job> => {
    for (let attempt = 0; ; attempt++) {
      const job = await findJob(archive.context.catalog, 'default', id);
      if (job && holds(job)) return job;
      if (attempt > 1000) throw new Error(`the job stands so: ${JSON.stringify(job)}`);
      await wait(20);
    }
  };
  /** Goes on until it is ended. */
  const endless: JobWork = async (_context, _payload, { onProgress }: JobControl) => {
    for (let done = 0; ; done++) {
      onProgress({ done, total: 1000 });
      await wait(20);
    }
  };

  it('runs a job with what it was queued with, and keeps its outcome', async () => {
    const id = await queue('answer');
    work({ answer: async (_context, payload) => ({ heard: payload }) });
    expect(await until(id, ({ state }) => state === 'done')).to.deep.include({ outcome: { heard: { n: 1 } } });
  });

  it('shows how far a job is, and ends it when it is cancelled', async () => {
    const id = await queue('endless');
    work({ endless });
    await until(id, ({ progress }) => (progress?.done ?? 0) > 0);
    expect(await cancelJob(archive.context.catalog, archive.context.clock, 'default', id)).to.equal('running');
    expect(await until(id, ({ state }) => state !== 'running')).to.include({ state: 'cancelled' });
  });

  it('gives a job that fails back to be tried again later, and tells', async () => {
    const id = await queue('failing');
    failures.length = 0;
    work({
      failing: async () => {
        throw new Error('the disk is away');
      },
    });
    const job = await until(id, ({ state, attempts }) => state === 'waiting' && attempts === 1);
    expect(Date.parse(job.runAt) - Date.now()).to.be.within(5000, 11_000);
    expect(failures).to.deep.equal(['failing']);
  });

  it('gives back what does not end soon after it was told to stop', async () => {
    const id = await queue('endless');
    work({ endless });
    await until(id, ({ state }) => state === 'running');
    await worker.stop();
    expect(await until(id, () => true)).to.include({ state: 'waiting', attempts: 0 });
  });
});
