import { expect } from 'chai';
import { enqueueJob, findJob, listJobs } from '../../src/archive/data-management/index.ts';
import { daysLeft, noteDiskSpace } from '../../src/archive/preservation/index.ts';
import { readCsv } from '../../src/standards/formats/table/index.ts';
import { type RunningService, runService } from './running-service.ts';

describe('operations', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  const failedJob = async (name: string, payload: object = {}) => {
    const { catalog, clock } = service.service.context;
    const id = await enqueueJob(catalog, clock, {
      institution: 'default',
      name,
      payload: { ...payload },
      runAt: new Date('2040-01-01'),
    });
    await catalog('jobs')
      .where({ id })
      .update({ state: 'failed', outcome: JSON.stringify({ code: 'LOCATION_UNAVAILABLE' }) });
    return id;
  };
  const retry = (role: 'steward' | 'auditor', job: string) =>
    service.as(role).post('/operations/jobs').type('form').send({ job });

  it('shows what failed and why, and runs it again as who asks', async () => {
    const id = await failedJob('audit', { actor: 'somebody', location: 'first' });
    const { text } = await service.as('steward').get('/operations').set('Accept-Language', 'en');
    expect(text).to.include('Retry the job audit of the copies of').and.include('A storage location');
    expect((await service.as('auditor').get('/operations')).text).to.not.include('action="/operations/jobs"');
    expect((await retry('auditor', id)).status).to.equal(403);
    expect((await retry('steward', id)).status).to.equal(303);
    const [again] = await listJobs(service.service.context.catalog, 'default', 1);
    expect(again?.payload).to.deep.equal({ actor: 'steward', location: 'first' });
    expect((await findJob(service.service.context.catalog, 'default', id))?.state).to.equal('failed');
  });

  it('runs no destruction again, and nothing that is not over', async () => {
    expect((await retry('steward', await failedJob('disposal'))).status).to.equal(409);
    const { catalog, clock } = service.service.context;
    const waiting = await enqueueJob(catalog, clock, {
      institution: 'default',
      name: 'x',
      payload: {},
      runAt: new Date('2040-01-01'),
    });
    expect((await retry('steward', waiting)).status).to.equal(409);
    expect((await retry('steward', 'nothing')).status).to.equal(404);
  });

  it('gives every table as CSV and PDF: locations, authorities, certificates', async () => {
    for (const name of ['jobs', 'space', 'stamps', 'lists', 'certificates']) {
      const csv = await service.as('steward').get(`/operations/tables/${name}.csv`).responseType('blob');
      expect(csv.status, name).to.equal(200);
      if (name === 'certificates') expect(readCsv(csv.body).length).to.be.above(1);
      expect((await service.as('steward').get(`/operations/tables/${name}.pdf`)).status, name).to.equal(200);
    }
  });

  it('notes the space of every location once a day', async () => {
    const { context } = service.service;
    for (let n = 0; n < 2; n++) await noteDiskSpace(context);
    expect((await context.catalog('disk_space')).map(({ location }) => location).sort()).to.deep.equal([
      'first',
      'second',
    ]);
  });

  it('foresees when a disk is full by what it lost, and foresees nothing from too little', () => {
    const noted = (free: (n: number) => number, days: number, device = 'a') =>
      Array.from({ length: days }, (_, n) => ({
        location: 'first',
        day: new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10),
        device,
        freeBytes: free(n),
      }));
    expect(daysLeft(noted((n) => 1000 - 10 * n, 31))).to.equal(70);
    expect(daysLeft(noted((n) => 1000 + 10 * n, 31))).to.equal(undefined);
    expect(daysLeft(noted((n) => 1000 - 10 * n, 5))).to.equal(undefined);
    expect(daysLeft([...noted((n) => 9000 - n, 20, 'old'), ...noted((n) => 500 - 5 * n, 11)])).to.equal(90);
    expect(daysLeft([])).to.equal(undefined);
  });
});
