import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import {
  type Catalog,
  enqueueJob,
  type Job,
  listEntries,
  listJobs,
  openCatalog,
  schedule,
} from '../../src/archive/data-management/index.ts';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';
import { describeOnPostgres, emptyDatabase } from '../support/postgres.ts';
import { program } from '../support/program.ts';

const clock = () => new Date();

/** A process of the program, once it has said that it is ready. */
async function started(
  verb: 'serve' | 'worker',
  environment: NodeJS.ProcessEnv,
  all: ChildProcess[],
): Promise<ChildProcess> {
  const running = spawn(process.execPath, [...program, verb], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  all.push(running);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (/Working\.|sign-in/.test(said)) resolve();
    };
    running.stdout.on('data', listen);
    running.stderr.on('data', listen);
    running.on('close', () => reject(new Error(`${verb} ended: ${said}`)));
  });
  return running;
}

async function ended(running: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  running.kill(signal);
  const [code] = await once(running, 'exit');
  return code;
}

describeOnPostgres('workers beside the service, on one database', function () {
  this.timeout(120_000);
  let environment: NodeJS.ProcessEnv;
  let catalog: Catalog;
  const running: ChildProcess[] = [];
  const start = (verb: 'serve' | 'worker') => started(verb, environment, running);
  before(async () => {
    const database = await emptyDatabase();
    environment = { TRAJNO_DATA: emptyFolder(), TRAJNO_DATABASE: database, TRAJNO_PORT: '0', TRAJNO_ONLINE: 'no' };
    catalog = await openCatalog(database);
  });
  after(async () => {
    for (const process of running) process.kill('SIGKILL');
    await catalog.destroy();
  });
  beforeEach(() => catalog('jobs').delete());

  const queueAudits = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        enqueueJob(catalog, clock, { institution: 'default', name: 'audit', payload: { actor: 'auditor' } }),
      ),
    );
  const until = async (holds: (jobs: Job[]) => boolean): Promise<Job[]> => {
    for (let attempt = 0; ; attempt++) {
      const jobs = (await listJobs(catalog, 'default', 100)).filter(({ name }) => name === 'audit');
      if (holds(jobs)) return jobs;
      if (attempt > 3000) throw new Error(`the jobs stand so: ${JSON.stringify(jobs.map(({ state }) => state))}`);
      await wait(20);
    }
  };
  const allDone = (jobs: Job[]) => jobs.every(({ state }) => state === 'done' || state === 'failed');

  it('give numbers without gap and one journal, whoever archives at once', async () => {
    const folder = emptyFolder();
    const files = Array.from({ length: 12 }, (_, n) => join(folder, `file ${n}.txt`));
    for (const file of files) writeFileSync(file, `content of ${file}`);
    await trajno(['list'], environment); // founds the archive
    const ran = await Promise.all(
      [0, 1, 2].map((n) => trajno(['archive', ...files.slice(n * 4, n * 4 + 4), '--json'], environment)),
    );
    expect(ran.map(({ code, err }) => (code === 0 ? '' : err))).to.deep.equal(['', '', '']);
    const numbers: { number: string }[] = await catalog('records').orderBy('number').select('number');
    expect(numbers.map(({ number }) => Number(number.split('-')[1]))).to.deep.equal(files.map((_, n) => n + 1));
    const audited = await trajno(['audit', '--json'], environment);
    expect(audited.code, audited.err).to.equal(0);
    expect(JSON.parse(audited.out).journal).to.equal('intact');
  });

  it('share the jobs, each of which runs once, and stop when told', async () => {
    const [serve, one, two] = await Promise.all([start('serve'), start('worker'), start('worker')]);
    await schedule(catalog, clock, {
      institution: 'default',
      name: 'daily audit',
      job: 'audit',
      payload: { actor: 'auditor' },
      every: 'P1D',
    });
    const audits = () => listEntries(catalog, { institution: 'default', type: 'audit.finished', limit: 100 });
    const before = (await audits()).length;
    await queueAudits(40);
    const jobs = await until((found) => found.length === 41 && allDone(found));
    expect(new Set(jobs.map(({ state }) => state))).to.deep.equal(new Set(['done']));
    expect(new Set(jobs.map(({ attempts }) => attempts))).to.deep.equal(new Set([1]));
    expect(new Set(jobs.map(({ owner }) => owner)).size, 'workers that took part').to.be.greaterThan(1);
    expect(new Set(jobs.map(({ outcome }) => outcome?.journal))).to.deep.equal(new Set(['intact']));
    expect(await audits()).to.have.length(before + 41);
    for (const process of [one, two, serve]) expect(await ended(process, 'SIGTERM')).to.equal(0);
  });

  it('go on with what one of them held when it was killed', async () => {
    const victim = await start('worker');
    await queueAudits(20);
    await until((jobs) => jobs.some(({ state }) => state === 'running'));
    await ended(victim, 'SIGKILL');
    const left = await until(() => true);
    const held = left.filter(({ state }) => state === 'running').map(({ id }) => id);
    expect(held.length, 'jobs that the killed worker held').to.be.at.most(1);
    const successor = await start('worker');
    await until((jobs) => jobs.every(({ id, state }) => state === 'done' || held.includes(id)));
    expect((await until(() => true)).filter(({ state }) => state === 'running').map(({ id }) => id)).to.deep.equal(
      held,
    );
    // The lease lapses: the clock is not waited for.
    await catalog('jobs').whereIn('id', held).update({ run_at: '2026-01-01T00:00:00Z' });
    const jobs = await until(allDone);
    expect(jobs.filter(({ attempts }) => attempts > 1).map(({ id }) => id)).to.deep.equal(held);
    expect(jobs.every(({ outcome }) => outcome?.journal === 'intact')).to.equal(true);
    expect(await ended(successor, 'SIGTERM')).to.equal(0);
  });
});
