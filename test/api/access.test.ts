import { expect } from 'chai';
import supertest from 'supertest';
import { issueLink } from '../../src/archive/administration/index.ts';
import { routes } from '../../src/service/http/index.ts';
import { pageRoutes } from '../../src/service/web/index.ts';
import { type RunningService, runService } from './running-service.ts';

const filled = (path: string) =>
  path
    .replace(':record', '2026-000001')
    .replace(/:(version|file)/, '1')
    .replace(/:[a-z]+/g, 'first');

describe('who may do what', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  for (const { method, path } of routes)
    it(`asks who it is before ${method.toUpperCase()} /api/v1${path}`, async () => {
      const address = `/api/v1${filled(path)}`;
      const nobody = await service.anyone[method](address);
      expect(nobody.status).to.equal(401);
      expect(nobody.headers['www-authenticate']).to.match(/^Bearer/);
      const stranger = await service.anyone[method](address).set('Authorization', 'Bearer trajno_wrong');
      expect(stranger.status).to.equal(401);
    });

  it('asks who it is before every page but those that need nobody', async () => {
    const open = pageRoutes.filter(({ action }) => action === undefined).map(({ path }) => path);
    expect(open).to.have.members([
      '/sign-in',
      '/sign-in',
      '/sign-in/code',
      '/sign-in/passkey/request',
      '/sign-in/passkey',
      '/sign-in/provider',
      '/sign-in/provider',
      '/invitation',
      '/language/:language',
      '/assets/:file',
      '/favicon.ico',
      '/manifest.webmanifest',
      '/service-worker.js',
      '/offline',
      '/verify',
      '/verify/revoked-copies.asics',
      '/verify/file/:sha256',
      '/verify/:code',
      '/verify/:code/evidence',
    ]);
    for (const { method, path, action } of pageRoutes.filter(({ action: needed }) => needed)) {
      const response = await service.anyone[method](filled(path)).set('Sec-Fetch-Site', 'same-origin');
      expect(response.status, `${method} ${path} (${action})`).to.equal(401);
      expect(response.type).to.equal('text/html');
    }
  });

  const forbidden: Record<'officer' | 'auditor', readonly string[]> = {
    officer: [
      'profile.change',
      'record.approve',
      'audit.start',
      'job.cancel',
      'location.change',
      'token.issue',
      'disposal.decide',
      'record.dispose',
      'access.rule',
      'access.log',
    ],
    auditor: [
      'profile.change',
      'record.approve',
      'access.rule',
      'record.submit',
      'record.correct',
      'record.decide',
      'job.cancel',
      'location.change',
      'token.issue',
      'office.change',
      'hold.change',
      'disposal.propose',
      'disposal.decide',
      'record.dispose',
      'copy.issue',
      'copy.revoke',
    ],
  };
  for (const role of ['officer', 'auditor'] as const)
    for (const { method, path, action } of routes)
      it(`${forbidden[role].includes(action) ? 'keeps' : 'lets'} the ${role} ${forbidden[role].includes(action) ? 'from' : 'do'} ${method.toUpperCase()} ${path}`, async () => {
        const response = await service.as(role)[method](`/api/v1${filled(path)}`);
        if (forbidden[role].includes(action)) expect(response.status).to.equal(403);
        else expect(response.status).to.not.be.oneOf([401, 403]);
      });

  it('opens a session by a link once, and not by asking with HEAD', async () => {
    const link = await service.link();
    expect((await service.anyone.head(link)).headers['set-cookie']).to.equal(undefined);
    const browser = supertest.agent(service.server);
    const opened = await browser.get(link);
    expect(opened.status).to.equal(303);
    const [cookie] = opened.headers['set-cookie'] as unknown as string[];
    expect(cookie)
      .to.match(/httponly/i)
      .and.match(/samesite=lax/i);
    expect((await browser.get('/find')).status).to.equal(200);
    const again = await supertest.agent(service.server).get(link);
    expect(again.status).to.equal(401);
    expect(again.headers['set-cookie']).to.equal(undefined);
    expect((await browser.post('/sign-out').set('Sec-Fetch-Site', 'same-origin')).status).to.equal(303);
    expect((await browser.get('/find')).status).to.equal(401);
  });

  it('offers an auditor nothing that would be refused', async () => {
    const { context } = service.service;
    const stored = await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', Buffer.from('запис'), 'а.txt')
      .set('Prefer', 'wait=30');
    const reader = supertest.agent(service.server);
    await reader.get(`/sign-in?link=${await issueLink(context, 'ревизор', 'auditor')}`);
    expect((await reader.get('/')).headers.location).to.equal('/find');
    const page = await reader.get(`/records/${stored.body.records[0].number}`);
    expect(page.status).to.equal(200);
    expect(page.text).to.not.include('/correct').and.not.include('Архивирање</a>');
    expect((await reader.get('/audit')).text).to.include('action="/audit"');
  });

  it('does nothing by cookie for another site', async () => {
    const browser = supertest.agent(service.server);
    await browser.get(await service.link());
    const start = () => browser.post('/api/v1/audits').send({});
    expect((await start()).status, 'neither header').to.equal(403);
    expect((await start().set('Sec-Fetch-Site', 'cross-site')).status).to.equal(403);
    expect((await start().set('Sec-Fetch-Site', 'same-site')).status).to.equal(403);
    expect((await start().set('Origin', 'https://evil.example')).status).to.equal(403);
    expect((await start().set('Sec-Fetch-Site', 'same-origin')).status).to.equal(202);
    const upload = browser
      .post('/upload')
      .set('Origin', 'https://evil.example')
      .attach('file', Buffer.from('a'), 'a.txt');
    expect((await upload).status).to.equal(403);
  });

  it('sends nobody to another site', async () => {
    for (const to of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
    ]) {
      const response = await service.anyone.get('/language/en').query({ to });
      expect(response.headers.location, to).to.equal('/');
    }
    expect((await service.anyone.get('/language/en').query({ to: '/find?text=a' })).headers.location).to.equal(
      '/find?text=a',
    );
  });

  it('gives a token to an administrator, once', async () => {
    const response = await service
      .as('administrator')
      .post('/api/v1/tokens')
      .send({ name: 'писарница', role: 'officer' });
    expect(response.status).to.equal(201);
    const found = await service.anyone.get('/api/v1/records').set('Authorization', `Bearer ${response.body.token}`);
    expect(found.status).to.equal(200);
  });

  it('writes neither secrets nor names, titles or searches into the log', async () => {
    const link = await service.link();
    await supertest.agent(service.server).get(link);
    await service
      .as('officer')
      .post('/api/v1/records')
      .field('metadata', JSON.stringify({ title: 'ТАЈНИ-НАСЛОВ' }))
      .attach('file', Buffer.from('a'), 'тајно-име.txt');
    await service.as('officer').get('/api/v1/records').query({ text: 'тајна-претрага' });
    const log = service.log.join('');
    expect(log).to.include('/api/v1/records');
    for (const secret of ['ТАЈНИ', 'тајно', 'тајна', link.split('=')[1] as string, service.token('officer')])
      expect(log).to.not.include(secret);
    expect(log).to.not.include(encodeURIComponent('тајна'));
  });
});
