import { expect } from 'chai';
import {
  type Catalog,
  findJob,
  finishJob,
  isWithin,
  leaseJob,
  listJobs,
  listSchedules,
  type NewSchedule,
  openCatalog,
  queueDueJobs,
  runNow,
  schedule,
  unschedule,
} from '../../../../src/archive/data-management/index.ts';
import { utcSeconds } from '../../../../src/base/index.ts';
import { refusalOf } from '../../../support/archive.ts';
import { describeOnEach } from '../../../support/postgres.ts';

/** A moment by the clocks of Belgrade in winter. */
const local = (text: string) => new Date(`${text}+01:00`);

describeOnEach('schedules', (dialect) => {
  let catalog: Catalog;
  let now: Date;
  const clock = () => now;
  const plan = (wanted: Partial<NewSchedule> & { every: string }) =>
    schedule(catalog, clock, { institution: 'default', name: 'fixity', ...wanted });
  const nextDueAt = async () => new Date((await listSchedules(catalog, 'default'))[0]?.nextDueAt ?? '');
  /** Queues what is due and works it off. @returns how many jobs there were */
  const workOff = async () => {
    const queued = await queueDueJobs(catalog, clock);
    for (let job = await leaseJob(catalog, clock, 'w'); job; job = await leaseJob(catalog, clock, 'w'))
      await finishJob(catalog, clock, job, 'done', {});
    return queued.length;
  };

  before(async () => {
    catalog = await openCatalog(await dialect.emptyPlace());
  });
  after(() => catalog.destroy());
  beforeEach(async () => {
    now = local('2026-11-24T12:00:00');
    await catalog('jobs').delete();
    await catalog('schedules').delete();
  });

  it('queue a job at once and then at their rhythm, without drifting', async () => {
    await plan({ every: 'PT15M', job: 'audit', payload: { location: 'first' } });
    expect(await workOff()).to.equal(1);
    expect(await workOff()).to.equal(0);
    now = local('2026-11-24T12:15:07');
    expect(await workOff()).to.equal(1);
    expect(await nextDueAt()).to.deep.equal(local('2026-11-24T12:30:00'));
    const [job] = await listJobs(catalog, 'default', 1);
    expect(job).to.deep.include({ name: 'audit', payload: { location: 'first' } });
  });

  it('queue each job once, however many processes look at once', async () => {
    await plan({ every: 'P1D' });
    const queued = await Promise.all(Array.from({ length: 10 }, () => queueDueJobs(catalog, clock)));
    expect(queued.flat()).to.have.length(1);
    expect(await listJobs(catalog, 'default', 10)).to.have.length(1);
  });

  it('come at their time of the day', async () => {
    await plan({ every: 'P1D', at: '02:30' });
    expect(await workOff(), 'today it is too late').to.equal(0);
    now = local('2026-11-25T02:30:01');
    expect(await workOff()).to.equal(1);
    expect(await nextDueAt()).to.deep.equal(local('2026-11-26T02:30:00'));
  });

  it('make up once for what was missed while no process ran', async () => {
    await plan({ every: 'P1D', at: '02:30' });
    now = local('2026-12-01T09:00:00');
    expect(await workOff()).to.equal(1);
    expect(await nextDueAt()).to.deep.equal(local('2026-12-02T02:30:00'));
    await plan({ every: 'PT1H' });
    now = local('2027-12-01T09:10:00');
    expect(await workOff()).to.equal(1);
    expect(+(await nextDueAt()) - +now).to.be.within(1, 3_600_000);
  });

  it('know months and years by the calendar', async () => {
    now = local('2027-01-31T03:00:00');
    await plan({ every: 'P1M' });
    await workOff();
    expect(await nextDueAt()).to.deep.equal(local('2027-02-28T03:00:00'));
    await plan({ every: 'P1Y', at: '04:00' });
    expect(await nextDueAt()).to.deep.equal(local('2028-01-31T04:00:00'));
  });

  it('come at the same time of the day in summer and in winter', async () => {
    now = local('2027-03-26T12:00:00');
    await plan({ every: 'P1D', at: '04:30' });
    const due: string[] = [];
    for (let day = 0; day < 3; day++) {
      now = await nextDueAt();
      due.push(utcSeconds(now));
      await workOff();
    }
    expect(due).to.deep.equal(['2027-03-27T03:30:00Z', '2027-03-28T02:30:00Z', '2027-03-29T02:30:00Z']);
    await plan({ every: 'P1D', at: '02:30' });
    now = new Date('2027-10-30T23:00:00Z');
    expect(await workOff()).to.equal(1);
    expect(await nextDueAt(), 'the hour that comes twice').to.be.within(
      new Date('2027-10-31T00:30:00Z'),
      new Date('2027-10-31T01:30:00Z'),
    );
  });

  it('wait for the end of a pause, also of one over midnight', async () => {
    await plan({ every: 'PT1H', pause: { from: '22:00', to: '06:00' } });
    now = local('2026-11-24T23:59:00');
    expect(await workOff()).to.equal(0);
    now = local('2026-11-25T05:59:59');
    expect(await workOff()).to.equal(0);
    now = local('2026-11-25T06:00:00');
    expect(await workOff()).to.equal(1);
    expect(isWithin({ from: '07:00', to: '16:00' }, local('2026-11-25T16:00:00'))).to.equal(false);
  });

  it('are run when someone says so, pause or not, and keep their rhythm', async () => {
    await plan({ every: 'P1D', at: '02:30', pause: { from: '07:00', to: '16:00' } });
    const before = await nextDueAt();
    const id = await runNow(catalog, clock, 'default', 'fixity');
    expect((await findJob(catalog, 'default', id ?? ''))?.name).to.equal('fixity');
    expect(await runNow(catalog, clock, 'default', 'fixity'), 'it still waits').to.equal(id);
    expect(await nextDueAt()).to.deep.equal(before);
    expect(await runNow(catalog, clock, 'default', 'unheard of')).to.equal(undefined);
  });

  it('queue no second job while the one before still waits or runs', async () => {
    await plan({ every: 'PT1H' });
    await queueDueJobs(catalog, clock);
    now = local('2026-11-24T15:00:00');
    await queueDueJobs(catalog, clock);
    expect(await listJobs(catalog, 'default', 10)).to.have.length(1);
  });

  it('keep their past when they are said again with another rhythm', async () => {
    await plan({ every: 'P1D' });
    await workOff();
    await plan({ every: 'P1W' });
    expect(await workOff()).to.equal(0);
    const [found] = await listSchedules(catalog, 'default');
    expect(found).to.deep.include({ every: 'P1W', lastDueAt: utcSeconds(now) });
    expect(await unschedule(catalog, 'default', 'fixity')).to.equal(true);
    expect(await unschedule(catalog, 'default', 'fixity')).to.equal(false);
  });

  it('are refused when they say nothing that can be followed', async () => {
    for (const wrong of [
      { every: 'daily' },
      { every: 'PT0S' },
      { every: 'P' },
      { every: 'PT6H', at: '02:30' },
      { every: 'P1D', at: '24:00' },
      { every: 'P1D', pause: { from: '7', to: '16:00' } },
    ])
      expect(await refusalOf(plan(wrong)), JSON.stringify(wrong)).to.equal('USAGE');
  });
});
