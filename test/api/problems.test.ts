import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import supertest from 'supertest';
import { archiveErrorCodes } from '../../src/base/index.ts';
import { problemKinds } from '../../src/service/http/index.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('problem documents', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  it('have a heading each in docs/problems.md, and no heading is left over', () => {
    const text = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8');
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).to.have.members([...archiveErrorCodes, 'FAULT']);
  });

  for (const code of [...archiveErrorCodes, 'FAULT'])
    it(`explain ${code} where their type leads`, async () => {
      const response = await service.anyone.get(`/api/problems/${code}`);
      expect(response.status).to.equal(200);
      expect(response.text).to.match(new RegExp(`^## ${code}\n.{20}`));
    });

  it('tell what is at no address and what can be done at one', async () => {
    const nothing = await service.as('auditor').get('/api/v1/nothing');
    expect(nothing.status).to.equal(404);
    expect(JSON.parse(nothing.text)).to.include({ code: 'ADDRESS_UNKNOWN', status: 404 });
    const deletion = await service.as('administrator').delete('/api/v1/records');
    expect(deletion.status).to.equal(405);
    expect(deletion.headers.allow).to.equal('POST, HEAD, GET');
    expect((await service.as('auditor').get('/api/v1/%E0%A4%A')).status).to.equal(404);
    expect((await service.anyone.get('/no-such-page')).status).to.equal(404);
  });

  it('show nothing of a fault of ours but the request’s id, which the log knows', async () => {
    const { context } = service.service;
    const catalog = (() => {
      throw new Error('SELECT secret FROM /home/archive/catalog.sqlite');
    }) as unknown as typeof context.catalog;
    const failing = supertest(service.appWith({ context: { ...context, catalog } }));
    const response = await failing.get('/api/v1/records').set('Authorization', `Bearer ${service.token('auditor')}`);
    expect(response.status).to.equal(500);
    const problem = JSON.parse(response.text);
    expect(Object.keys(problem)).to.have.members(['type', 'title', 'status', 'code', 'instance']);
    expect(problem).to.include({ code: 'FAULT', instance: `urn:trajno:request:${response.headers['x-request-id']}` });
    const told = service.log.find(
      (line) => line.includes(response.headers['x-request-id'] ?? '') && line.includes('failed'),
    );
    expect(told).to.include('"name":"Error"').and.not.include('secret');
    const page = await failing.get('/find').set('Cookie', 'trajno_session=x');
    expect(page.status).to.equal(500);
    expect(page.text).to.not.include('secret').and.not.include('at ');
  });

  it('have a status of an error for every code', () => {
    for (const [code, { status }] of Object.entries(problemKinds)) expect(status, code).to.be.within(400, 599);
  });

  it('speak of a body that is too long or no JSON', async () => {
    const long = await service
      .as('administrator')
      .post('/api/v1/tokens')
      .send({ name: 'x'.repeat(2 << 20), role: 'officer' });
    expect(described(long).status).to.equal(413);
    const broken = await service.as('administrator').post('/api/v1/tokens').type('application/json').send('{"name":');
    expect(described(broken).status).to.equal(400);
    const wrong = await service.as('administrator').post('/api/v1/tokens').type('text/plain').send('x');
    expect(described(wrong).status).to.equal(415);
  });
});
