import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type Catalog,
  cancelJob,
  enqueueJob,
  findJob,
  finishJob,
  inTransaction,
  leaseJob,
  leaseMilliseconds,
  listJobs,
  mostAttempts,
  openCatalog,
  releaseJob,
  renewLease,
  retryJob,
} from '../../../../src/archive/data-management/index.ts';
import { describeOnEach } from '../../../support/postgres.ts';

describeOnEach('jobs', (dialect) => {
  let place: string;
  let catalog: Catalog;
  let now: number;
  const clock = () => new Date(now);
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const queue = (more: object = {}) =>
    enqueueJob(catalog, clock, { institution: 'default', name: 'audit', payload: { of: 'all' }, ...more });
  const lease = (owner: string) => leaseJob(catalog, clock, owner);
  const leased = async (owner: string) => {
    const job = await lease(owner);
    if (!job) throw new Error('there was no job');
    return job;
  };
  const stateOf = async (id: string) => (await findJob(catalog, 'default', id))?.state;

  before(async () => {
    place = await dialect.emptyPlace();
    catalog = await openCatalog(place);
  });
  after(() => catalog.destroy());
  beforeEach(async () => {
    now = Date.parse('2026-11-24T12:00:00Z');
    await catalog('jobs').delete();
  });

  it('are taken in the order in which they are due, with what they were queued with', async () => {
    const later = await queue({ runAt: new Date(now + 10_000) });
    const sooner = await queue({ runAt: new Date(now + 5000), payload: { of: 'one' } });
    expect(await lease('one'), 'none is due yet').to.equal(undefined);
    pass(5000);
    const job = await leased('one');
    expect(job).to.deep.include({ id: sooner, payload: { of: 'one' }, state: 'running', owner: 'one', attempts: 1 });
    expect(await lease('two')).to.equal(undefined);
    pass(5000);
    expect((await lease('two'))?.id).to.equal(later);
  });

  it('are each held by one worker, however many ask at once', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, () => queue()));
    const others = await Promise.all([openCatalog(place), openCatalog(place)]);
    const taken = (
      await Promise.all(
        Array.from({ length: 60 }, (_, n) => leaseJob([catalog, ...others][n % 3] ?? catalog, clock, `w${n}`)),
      )
    ).flatMap((job) => job ?? []);
    for (let job = await lease('last'); job; job = await lease('last')) taken.push(job);
    expect(taken.map(({ id }) => id).sort()).to.deep.equal([...ids].sort());
    expect(new Set(taken.map(({ attempts }) => attempts))).to.deep.equal(new Set([1]));
    await Promise.all(others.map((other) => other.destroy()));
  });

  it('go to another worker when the lease lapses, and the first one can write nothing any more', async () => {
    const id = await queue();
    const first = await leased('one');
    pass(leaseMilliseconds - 1000);
    expect(await lease('two')).to.equal(undefined);
    pass(1000);
    const second = await leased('two');
    expect([second.id, second.attempts]).to.deep.equal([id, 2]);
    expect(await renewLease(catalog, clock, first)).to.equal('lost');
    expect(await finishJob(catalog, clock, first, 'done', {})).to.equal(false);
    expect(await retryJob(catalog, clock, first, {})).to.equal('lost');
    expect(await releaseJob(catalog, clock, first)).to.equal(false);
    expect(await finishJob(catalog, clock, second, 'done', { found: 0 })).to.equal(true);
    expect(await findJob(catalog, 'default', id)).to.deep.include({ state: 'done', outcome: { found: 0 } });
  });

  it('stay with a worker that renews its lease, and show how far they are', async () => {
    const id = await queue();
    const job = await leased('one');
    for (let n = 0; n < 5; n++) {
      pass(leaseMilliseconds / 2);
      expect(await renewLease(catalog, clock, job, { done: n, total: 5 })).to.equal('held');
      expect(await lease('two')).to.equal(undefined);
    }
    expect((await findJob(catalog, 'default', id))?.progress).to.deep.equal({ done: 4, total: 5 });
  });

  it('are gone on with when the process that held them was killed', async () => {
    const id = await queue();
    const holder = spawn(process.execPath, ['--import=tsx', join(import.meta.dirname, 'hold-a-job.ts'), place], {
      env: { ...process.env, NOW: new Date(now).toISOString() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(holder.stdout, 'data');
    expect(String(said).trim()).to.equal(id);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await stateOf(id)).to.equal('running');
    pass(leaseMilliseconds);
    expect(await lease('two')).to.include({ id, attempts: 2 });
  });

  it('are tried again after a failure, each time later, and at last have failed', async () => {
    const id = await queue();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      const job = await leased('one');
      expect(job.attempts).to.equal(attempt);
      const next = await retryJob(catalog, clock, job, { code: 'DISK_FULL' });
      expect(next).to.equal(attempt < mostAttempts ? 'waiting' : 'failed');
      const { runAt = '' } = (await findJob(catalog, 'default', id)) ?? {};
      if (attempt < mostAttempts) {
        expect(await lease('one'), 'not at once').to.equal(undefined);
        waits.push((Date.parse(runAt) - now) / 1000);
        now = Date.parse(runAt);
      }
    }
    expect(waits).to.deep.equal([10, 20, 40, 80, 160, 320, 640]);
    expect(await findJob(catalog, 'default', id)).to.deep.include({ state: 'failed', outcome: { code: 'DISK_FULL' } });
    pass(1e9);
    expect(await lease('one')).to.equal(undefined);
  });

  it('have failed when they kill every worker that takes them', async () => {
    const id = await queue();
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      await leased(`victim ${attempt}`);
      pass(leaseMilliseconds);
    }
    expect(await lease('one')).to.equal(undefined);
    expect(await stateOf(id)).to.equal('failed');
  });

  it('that wait are cancelled at once; those that run when their worker hears of it', async () => {
    const waiting = await queue({ runAt: new Date(now + 1000) });
    expect(await cancelJob(catalog, clock, 'another', waiting)).to.equal(undefined);
    expect(await cancelJob(catalog, clock, 'default', waiting)).to.equal('cancelled');
    const running = await queue();
    const job = await leased('one');
    expect(await cancelJob(catalog, clock, 'default', running)).to.equal('running');
    expect(await renewLease(catalog, clock, job)).to.equal('cancelled');
    expect(await finishJob(catalog, clock, job, 'cancelled', {})).to.equal(true);
    pass(1e9);
    expect(await lease('two')).to.equal(undefined);
    expect([await stateOf(waiting), await stateOf(running)]).to.deep.equal(['cancelled', 'cancelled']);
    expect(await cancelJob(catalog, clock, 'default', running), 'it is over').to.equal(undefined);
  });

  it('that were cancelled are not tried again, neither after a failure nor when their worker died', async () => {
    const [failing, orphaned] = [await queue(), await queue()];
    const job = await leased('one');
    await leased('two');
    for (const id of [failing, orphaned]) await cancelJob(catalog, clock, 'default', id);
    expect(await retryJob(catalog, clock, job, {})).to.equal('cancelled');
    pass(leaseMilliseconds);
    expect(await lease('three')).to.equal(undefined);
    expect([await stateOf(failing), await stateOf(orphaned)]).to.deep.equal(['cancelled', 'cancelled']);
  });

  it('with one key are there once while they wait or run, and again afterwards', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => queue({ key: 'all copies' })));
    expect(new Set(ids).size).to.equal(1);
    const job = await leased('one');
    expect(await queue({ key: 'all copies' }), 'while it runs').to.equal(job.id);
    expect(await queue({ key: 'all copies', institution: 'another' })).to.not.equal(job.id);
    await finishJob(catalog, clock, job, 'done', {});
    expect(await queue({ key: 'all copies' })).to.not.equal(job.id);
    expect(await listJobs(catalog, 'default', 10)).to.have.length(2);
  });

  it('are there when the transaction that queued them is, and not when it failed', async () => {
    const failing = inTransaction(catalog, async (transaction) => {
      await enqueueJob(transaction, clock, { institution: 'default', name: 'audit', payload: {}, key: 'k' });
      throw new Error('no');
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('no');
    expect(await lease('one')).to.equal(undefined);
  });

  it('are given back by a worker that is to stop, which is no failed attempt', async () => {
    await queue();
    expect(await releaseJob(catalog, clock, await leased('one'))).to.equal(true);
    expect(await lease('two')).to.include({ attempts: 1, owner: 'two' });
  });
});
