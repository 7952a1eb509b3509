import { expect } from 'chai';
import supertest from 'supertest';
import { clamdScanner } from '../../src/archive/ingest/index.ts';
import { apiRouter } from '../../src/service/http/api-router.ts';
import { described, document } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('the service as machines see it', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
    await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', Buffer.from('a'), 'a.txt')
      .set('Prefer', 'wait=30');
  });
  after(() => service.close());

  it('describes exactly the routes that it has', async () => {
    const served = (await service.as('auditor').get('/api/openapi.json')).body;
    expect(served.openapi).to.equal('3.1.0');
    const inRouter = apiRouter(service.service)
      .stack.filter(({ path }) => String(path).startsWith('/api/v1'))
      .flatMap(({ path, methods }) =>
        methods
          .filter((method) => method !== 'HEAD')
          .map(
            (method) =>
              `${method} ${String(path)
                .replace('/api/v1', '')
                .replace(/:([a-z]+)/g, '{$1}')}`,
          ),
      );
    const inDocument = Object.entries(served.paths as typeof document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(inDocument).to.have.members(inRouter);
  });

  it('refers only to schemas that it has', () => {
    const text = JSON.stringify(document);
    const named = new Set([...text.matchAll(/"#\/components\/schemas\/([A-Za-z]+)"/g)].map(([, name]) => name));
    const known = Object.keys((document as unknown as { components: { schemas: object } }).components.schemas);
    expect([...named].filter((name) => !known.includes(name as string))).to.deep.equal([]);
    expect(known.filter((name) => !named.has(name))).to.deep.equal([]);
  });

  it('is alive, ready, and not ready once it was told to stop', async () => {
    expect((await service.anyone.get('/healthz')).text).to.equal('ok\n');
    expect((await service.anyone.get('/readyz')).status).to.equal(200);
    const stopping = supertest(service.appWith({ isStopping: () => true }));
    expect((await stopping.get('/readyz')).status).to.equal(503);
  });

  it('stays ready while only the malware scanner is away, and says so', async () => {
    const context = {
      ...service.service.context,
      scanner: clamdScanner({ address: { path: '/nowhere' }, maxFileSize: 1 }),
    };
    const without = supertest(service.appWith({ context }));
    const { status, text } = await without.get('/readyz');
    expect([status, text]).to.deep.equal([
      200,
      'ready\nthe malware scanner does not answer: what is received waits for it\n',
    ]);
    const metrics = await without.get('/metrics').set('authorization', `Bearer ${service.token('auditor')}`);
    expect(metrics.text).to.match(/^trajno_scanner_up 0$/m);
  });

  it('counts for Prometheus', async () => {
    expect((await service.anyone.get('/metrics')).status).to.equal(401);
    const { text } = await service.as('auditor').get('/metrics');
    expect(text).to.match(/^trajno_records\{state="awaiting"\} 1$/m);
    expect(text).to.match(/^trajno_requests_total\{method="POST",route="\/api\/v1\/records",status="201"\} 1$/m);
    for (const line of text.trim().split('\n'))
      expect(line).to.match(/^(# (HELP|TYPE) \S+ .+|[a-z_]+(\{[^}]*\})? [0-9.e+-]+)$/);
  });

  it('audits as a job and keeps the report', async () => {
    const started = described(await service.as('auditor').post('/api/v1/audits').send({}));
    expect(started.status).to.equal(202);
    const address = started.headers.location as string;
    let job = started.body;
    for (let attempt = 0; attempt < 200 && !['done', 'failed'].includes(job.state); attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      job = described(await service.as('auditor').get(address)).body;
    }
    expect(job.state).to.equal('done');
    const { body: list } = described(await service.as('auditor').get('/api/v1/audits'));
    expect(list.audits[0]).to.include({ damaged: 0, missing: 0, journal: 'intact' });
    expect(list.coverage.map(({ whole }: { whole: number }) => whole)).to.deep.equal([1, 1]);
    const { body: report } = described(await service.as('auditor').get(`/api/v1/audits/${list.audits[0].id}`));
    expect(report.copies).to.be.greaterThan(1);
    expect(described(await service.as('auditor').get('/api/v1/audits/none')).status).to.equal(404);
    const elsewhere = await service.as('auditor').post('/api/v1/audits').send({ location: 'third' });
    expect(described(elsewhere).status).to.equal(400);
    const { body: jobs } = described(await service.as('auditor').get('/api/v1/jobs'));
    expect(jobs.jobs.filter(({ name }: { name: string }) => name === 'audit')).to.have.length(1);
    expect(described(await service.as('auditor').get('/api/v1/jobs/none')).status).to.equal(404);
  });

  it('tells of profiles, locations and the journal', async () => {
    const { body: profiles } = described(await service.as('auditor').get('/api/v1/profiles'));
    expect(profiles.profiles.map(({ id }: { id: string }) => id)).to.include('general');
    const { body: locations } = described(await service.as('auditor').get('/api/v1/locations'));
    expect(locations.locations.map(({ name }: { name: string }) => name)).to.deep.equal(['first', 'second']);
    expect(JSON.stringify(locations)).to.not.include(service.folder);
    const { body: journal } = described(await service.as('auditor').get('/api/v1/journal').query({ limit: 2 }));
    expect(journal.entries[0].sequence).to.equal(journal.head.sequence);
    expect(journal.entries[0].hash).to.equal(journal.head.hash);
    const { body: older } = described(
      await service.as('auditor').get('/api/v1/journal').query({ limit: 2, cursor: journal.next }),
    );
    expect(older.entries[0].sequence).to.equal(journal.entries[1].sequence - 1);
    const { body: received } = described(
      await service.as('auditor').get('/api/v1/journal').query({ type: 'record.received' }),
    );
    expect(received.entries).to.have.length(1);
  });

  it('leaves a location out and brings it back by decisions', async () => {
    const decide = (name: string, decision: string) =>
      service
        .as('administrator')
        .post(`/api/v1/locations/${name}/decisions`)
        .send({ decision, reason: 'диск је на поправци' });
    const left = described(await decide('second', 'leave'));
    expect(left.body.locations[1].state).to.equal('catching-up');
    expect(described(await decide('first', 'leave')).status, 'the last active one').to.equal(409);
    await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', Buffer.from('b'), 'b.txt')
      .set('Prefer', 'wait=30');
    const back = described(await decide('second', 'bring-back'));
    expect(
      back.body.locations.map(({ state, whole }: { state: string; whole: number }) => [state, whole]),
    ).to.deep.equal([
      ['active', 2],
      ['active', 2],
    ]);
    expect(described(await decide('third', 'leave')).status).to.equal(400);
  });
});
