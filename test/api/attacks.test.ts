import { expect } from 'chai';
import supertest from 'supertest';
import { type Actor, addPerson, issueApiToken, type Role, roles } from '../../src/archive/administration/index.ts';
import { putAccessToken } from '../../src/archive/data-management/index.ts';
import { routes } from '../../src/service/http/index.ts';
import { pageRoutes } from '../../src/service/web/index.ts';
import { type RunningService, runService } from './running-service.ts';

/** Who may do what: written by hand beside `authorize.ts`, so that a change of either is seen. */
const all = [...roles];
const content: Role[] = ['administrator', 'officer', 'second-checker', 'authorised-person', 'auditor', 'supervisor'];
const stewards: Role[] = ['administrator', 'steward'];
const allowed: Record<string, readonly Role[]> = {
  'account.use': all,
  'package.validate': all,
  'signature.validate': all,
  'record.find': [...content, 'lawyer'],
  'record.read': [...content, 'lawyer'],
  'record.export': [...content, 'lawyer'],
  'record.submit': ['administrator', 'officer'],
  'record.correct': ['administrator', 'officer'],
  'record.decide': ['administrator', 'officer', 'second-checker', 'authorised-person'],
  'record.approve': ['administrator', 'authorised-person'],
  'profile.change': ['administrator', 'supervisor'],
  'record.dispose': ['administrator', 'authorised-person'],
  'office.read': [...content, 'lawyer'],
  'office.change': ['administrator', 'officer'],
  'hold.change': ['administrator', 'officer'],
  'disposal.propose': ['administrator', 'officer'],
  'disposal.decide': ['administrator', 'second-checker', 'authorised-person'],
  'access.rule': ['administrator', 'authorised-person'],
  'access.log': ['administrator', 'authorised-person', 'auditor'],
  'embargo.pass': ['administrator', 'authorised-person'],
  'copy.read': [...content, 'lawyer'],
  'copy.issue': ['administrator', 'officer', 'authorised-person', 'lawyer'],
  'copy.print': ['authorised-person'],
  'copy.revoke': ['administrator', 'officer', 'authorised-person'],
  'journal.read': [...content, 'steward'],
  'audit.read': [...content, 'steward'],
  'audit.start': ['administrator', 'steward', 'auditor'],
  'location.read': [...content, 'steward'],
  'location.change': stewards,
  'job.read': [...content, 'steward'],
  'job.cancel': stewards,
  'job.retry': stewards,
  'token.issue': stewards,
  'token.revoke': stewards,
  'person.read': [...stewards, 'supervisor'],
  'person.change': stewards,
};

/** Every route by what it takes to use it. One that is added has no row, and fails the first test below. */
const rows: Record<string, readonly string[]> = {
  'account.use': [
    'get /',
    'post /sign-out',
    'get /confirm',
    'post /confirm',
    'get /account',
    'post /account/password',
    'post /account/codes',
    'get /account/codes',
    'post /account/codes/first',
    'post /account/codes/end',
    'post /account/passkeys/request',
    'post /account/passkeys',
    'post /account/passkeys/drop',
    'post /account/identity',
    'post /account/sessions/end',
  ],
  anyone: [
    'get /verify',
    'get /verify/revoked-copies.asics',
    'get /verify/file/:sha256',
    'get /verify/:code',
    'get /verify/:code/evidence',
    'get /sign-in',
    'post /sign-in',
    'post /sign-in/code',
    'post /sign-in/passkey/request',
    'post /sign-in/passkey',
    'post /sign-in/provider',
    'get /sign-in/provider',
    'post /invitation',
    'get /language/:language',
    'get /assets/:file',
    'get /favicon.ico',
    'get /manifest.webmanifest',
    'get /service-worker.js',
    'get /offline',
  ],
  'audit.read': [
    'get /api/v1/evidence',
    'get /api/v1/audits',
    'get /api/v1/drills',
    'get /api/v1/audits/:audit',
    'get /audit',
    'get /audit/:audit',
    'get /audit/tables/:table',
  ],
  'audit.start': ['post /api/v1/audits', 'post /api/v1/drills', 'post /audit'],
  'copy.issue': [
    'post /api/v1/records/:record/certified-copies',
    'post /api/v1/records/:record/prepared-copies',
    'get /api/v1/prepared-copies',
    'get /api/v1/prepared-copies/:copy/certificate',
    'post /api/v1/prepared-copies/:copy/signed-certificate',
    'post /api/v1/prepared-copies/:copy/withdrawal',
    'get /prepared-copies/return',
    'get /prepared-copies/:copy',
    'get /prepared-copies/:copy/cloud',
    'post /prepared-copies/:copy/signed',
    'post /prepared-copies/:copy/withdrawal',
    'post /api/v1/certified-copies/:copy/deliveries',
    'get /records/:record/certify',
    'post /records/:record/certify',
    'post /certified-copies/:copy/deliveries',
    'post /api/v1/certified-copies/:copy/payment',
    'post /certified-copies/:copy/payment',
  ],
  'copy.read': [
    'get /api/v1/records/:record/certified-copies',
    'get /api/v1/certified-copies',
    'get /api/v1/certified-copies/:copy',
    'get /certified-copies',
    'get /certified-copies/:copy',
    'get /api/v1/certified-copies/:copy/payment',
    'get /certified-copies/:copy/payment',
  ],
  'access.rule': [
    'post /api/v1/records/:record/access-rulings',
    'get /records/:record/access',
    'post /records/:record/access',
  ],
  'access.log': ['get /api/v1/access-log', 'get /access-log', 'get /access-log.csv'],
  'embargo.pass': [],
  'copy.print': ['get /certified-copies/:copy/paper', 'post /certified-copies/:copy/paper'],
  'copy.revoke': ['post /api/v1/certified-copies/:copy/revocation', 'post /certified-copies/:copy/revocation'],
  'disposal.decide': [
    'post /api/v1/disposals/:disposal/review',
    'post /api/v1/disposals/:disposal/decision',
    'post /office/disposals/:disposal/review',
    'post /office/disposals/:disposal/decision',
    'post /office/handovers/:disposal/review',
    'post /office/handovers/:disposal/decision',
    'post /api/v1/handovers/:disposal/review',
    'post /api/v1/handovers/:disposal/receipt',
  ],
  'disposal.propose': [
    'post /api/v1/disposals',
    'post /api/v1/disposals/:disposal/letter',
    'post /api/v1/disposals/:disposal/abandonment',
    'post /api/v1/handovers',
    'post /office/disposals',
    'post /office/disposals/:disposal/letter',
    'post /office/disposals/:disposal/abandonment',
    'post /office/handovers',
    'post /office/handovers/:disposal/package',
    'post /office/handovers/:disposal/letter',
    'post /office/handovers/:disposal/abandonment',
    'post /api/v1/handovers/:disposal/package',
    'post /api/v1/handovers/:disposal/letter',
    'post /api/v1/handovers/:disposal/abandonment',
  ],
  'hold.change': [
    'post /api/v1/holds',
    'post /api/v1/holds/:hold/reviews',
    'post /api/v1/holds/:hold/lifting',
    'post /office/holds',
    'post /office/holds/:hold/reviews',
    'post /office/holds/:hold/lifting',
  ],
  'job.cancel': ['post /api/v1/jobs/:job/cancellation'],
  'job.read': ['get /api/v1/jobs', 'get /api/v1/jobs/:job', 'get /operations', 'get /operations/tables/:table'],
  'job.retry': ['post /operations/jobs'],
  'journal.read': ['get /api/v1/journal', 'get /audit/journal'],
  'location.change': ['post /api/v1/locations/:location/decisions'],
  'location.read': ['get /api/v1/locations'],
  'office.change': [
    'post /api/v1/erasure-requests',
    'post /erasure-requests',
    'post /api/v1/creators',
    'post /office/creators',
    'post /office/creators/:creator/rules',
    'post /office/categories/preview',
    'post /office/categories',
    'post /office/retention/events',
    'post /office/retention/extensions',
    'post /office/book/:creator/rows',
    'post /office/book/:creator/paper',
    'post /office/book/:creator/transcripts',
    'post /office/transcripts/:transcript/submission',
    'post /office/register',
    'post /office/notes',
    'post /office/notes/:note/notification',
    'post /office/register/closings',
    'post /office/register/:entry/voiding',
    'post /api/v1/creators/:creator/versions',
    'post /api/v1/category-lists',
    'post /api/v1/records/:record/extensions',
    'post /api/v1/retention/events',
    'post /api/v1/creators/:creator/archive-book/entries',
    'post /api/v1/creators/:creator/archive-book/paper-entries',
    'post /api/v1/creators/:creator/archive-book/transcripts',
    'post /api/v1/archive-book/transcripts/:transcript/submission',
    'post /api/v1/register',
    'post /api/v1/register/:entry/voiding',
    'post /api/v1/register/closings',
  ],
  'office.read': [
    'get /api/v1/erasure-requests',
    'get /erasure-requests',
    'get /api/v1/creators',
    'get /api/v1/compliance',
    'get /office/compliance',
    'get /office/notes',
    'get /office/notes/:note/document',
    'get /office/compliance/indicators.csv',
    'get /office',
    'get /office/creators',
    'get /office/categories',
    'get /office/categories/seed.csv',
    'get /office/categories/:list/table',
    'get /office/retention',
    'get /office/holds',
    'get /office/book',
    'get /office/book/:creator/print',
    'get /office/transcripts/:transcript/document',
    'get /office/register',
    'get /office/disposals',
    'get /office/disposals/:disposal',
    'get /office/disposals/:disposal/documents/:document',
    'get /office/disposals/:disposal/request',
    'get /office/handovers',
    'get /office/handovers/:disposal',
    'get /office/handovers/:disposal/documents/:document',
    'get /api/v1/creators/:creator',
    'get /api/v1/categories',
    'get /api/v1/category-lists',
    'get /api/v1/category-lists/:list',
    'get /api/v1/retention/candidates',
    'get /api/v1/retention',
    'get /api/v1/holds',
    'get /api/v1/holds/:hold',
    'get /api/v1/disposals',
    'get /api/v1/disposals/:disposal',
    'get /api/v1/disposals/:disposal/documents/:document',
    'get /api/v1/disposals/:disposal/request',
    'get /api/v1/handovers/candidates',
    'get /api/v1/handovers',
    'get /api/v1/handovers/:disposal',
    'get /api/v1/handovers/:disposal/documents/:document',
    'get /api/v1/creators/:creator/archive-book',
    'get /api/v1/archive-book/transcripts',
    'get /api/v1/archive-book/transcripts/:transcript/document',
    'get /api/v1/register',
    'get /api/v1/fidelity-statements',
    'get /api/v1/fidelity-statements/:statement/document',
  ],
  'package.validate': ['post /api/v1/package-validations', 'get /packages', 'post /packages'],
  'person.change': [
    'post /people',
    'post /people/:person/roles',
    'post /people/:person/link',
    'post /people/:person/close',
  ],
  'person.read': ['get /people', 'get /people/:person'],
  'record.correct': [
    'patch /api/v1/records/:record',
    'post /api/v1/records/:record/files',
    'get /records/:record/correct',
    'post /records/:record/correct',
    'post /records/:record/add',
  ],
  'record.decide': ['post /api/v1/records/:record/decisions', 'post /records/:record/decide'],
  'record.dispose': [
    'post /api/v1/disposals/:disposal/execution',
    'post /api/v1/handovers/:disposal/execution',
    'post /office/disposals/:disposal/execution',
    'post /office/handovers/:disposal/execution',
  ],
  'record.export': [
    'post /api/v1/records/:record/redacted-dips',
    'get /records/:record/dip',
    'post /records/:record/dip',
    'get /api/v1/records/:record/versions/:version/package',
    'post /api/v1/dips',
    'get /api/v1/dips/:dip/package',
    'get /api/v1/handovers/:disposal/package',
    'get /office/handovers/:disposal/package',
    'get /records/:record/versions/:version/package',
  ],
  'record.approve': ['post /api/v1/fidelity-statements'],
  'profile.change': [
    'post /api/v1/profiles',
    'post /api/v1/profiles/:profile/versions',
    'post /api/v1/profiles/:profile/withdrawal',
    'get /profiles/new',
    'post /profiles/edit',
    'get /profiles/:profile/edit',
    'post /profiles/:profile/withdraw',
  ],
  'record.find': [
    'get /api/v1/records/:record/access',
    'get /api/v1/records',
    'get /api/v1/profiles',
    'get /api/v1/profiles/:profile',
    'get /api/v1/profiles/:profile/versions',
    'get /profiles',
    'get /profiles/:profile',
    'get /profiles/:profile/metadata.csv',
    'get /upload',
    'get /find',
    'get /tasks',
    'post /find/saved',
    'post /find/saved/remove',
  ],
  'record.read': [
    'post /records/:record/reason',
    'get /api/v1/records/:record',
    'get /api/v1/records/:record/receipt',
    'get /api/v1/records/:record/ingest-report',
    'get /api/v1/records/:record/files/:file',
    'get /api/v1/records/:record/versions',
    'get /api/v1/records/:record/events',
    'get /api/v1/records/:record/copies',
    'get /api/v1/records/:record/files/:file/evidence',
    'get /api/v1/records/:record/verdicts',
    'get /api/v1/records/:record/retention',
    'get /records/:record',
    'get /records/:record/files/:file',
    'get /records/:record/files/:file/evidence',
    'get /records/:record/receipt',
    'get /records/:record/receipt.txt',
    'get /received',
  ],
  'record.submit': ['post /api/v1/records', 'post /upload', 'post /upload/finished', 'post /share'],
  'signature.validate': ['post /api/v1/validations', 'get /check', 'post /check'],
  'token.issue': ['post /api/v1/tokens', 'post /tokens'],
  'token.revoke': ['get /tokens', 'post /tokens/revoke'],
};

const filled = (path: string) =>
  path
    .replace(':record', '2026-000001')
    .replace(/:(version|file)\b/, '1')
    .replace(':table', 'coverage.csv')
    .replace(/:[a-z]+/g, 'urn:uuid:01a20d6d-90b0-7d42-bdf4-5a19285b2484');

describe('attacks', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
    const stored = await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', Buffer.from('запис'), 'а.txt')
      .set('Prefer', 'wait=30');
    expect(stored.body.records[0].number).to.equal('2026-000001');
  });
  after(() => service.close());

  it('has a row for every route, and none for one that is gone', () => {
    const found = [
      ...routes.map(({ method, path, action }) => `${action} ${method} /api/v1${path}`),
      ...pageRoutes.map(({ method, path, action = 'anyone' }) => `${action} ${method} ${path}`),
    ];
    const written = Object.entries(rows).flatMap(([action, list]) => list.map((route) => `${action} ${route}`));
    expect(found.sort()).to.deep.equal(written.sort());
  });

  for (const role of roles)
    it(`lets the role ${role} do what the table says and nothing else`, async () => {
      for (const [action, list] of Object.entries(rows))
        for (const route of list) {
          const [method = '', path = ''] = route.split(' ');
          if (action === 'anyone' || path.endsWith('/sign-out')) continue;
          const { status } = await service.as(role)[method as 'get'](filled(path));
          if (allowed[action]?.includes(role)) {
            const isOwnAccount = action === 'account.use'; // a token has no account
            if (!isOwnAccount) expect(status, `${role} ${route}`).to.not.be.oneOf([401, 403]);
            expect(status, `${role} ${route}`).to.not.equal(500);
          } else expect(status, `${role} ${route}`).to.equal(403);
        }
    });

  it('shows nothing of this institution to another', async () => {
    const { context } = service.service;
    const operator: Actor = { name: 'operator', institution: 'default', roles: ['administrator'] };
    const person = await addPerson(context, operator, { signInName: 'naša', displayName: 'Наша', roles: ['officer'] });
    await putAccessToken(context.catalog, 'trajno_stranger', {
      kind: 'api',
      institution: 'other',
      actor: 'stranger',
      role: 'administrator',
      createdAt: '2026-11-25T00:00:00Z',
    });
    const stranger = supertest.agent(service.server).set('Authorization', 'Bearer trajno_stranger');
    for (const list of Object.values(rows))
      for (const route of list.filter((each) => /:(record|person)\b/.test(each))) {
        const [method = '', path = ''] = route.split(' ');
        const answer = await stranger[method as 'get'](filled(path.replace(':person', person.id)))
          .set('If-Match', '"1"')
          .set(method === 'get' ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' });
        expect(answer.status, route).to.be.oneOf([400, 404, 415]);
        expect(answer.text ?? '', route)
          .to.not.include('Наша')
          .and.not.include('а.txt');
      }
    for (const address of ['/people', '/tokens', '/find', '/tasks', '/api/v1/records', '/api/v1/journal']) {
      const { status, text } = await stranger.get(address);
      expect(status, address).to.equal(200);
      expect(text, address).to.not.match(/Наша|bootstrap|2026-000001|naša/);
    }
  });

  it('writes whatever people type as text', async () => {
    const script = `"><img src=x onerror=alert(1)><script>alert(1)</script>`;
    const as = service.as('administrator');
    const sent = await as
      .post('/api/v1/records')
      .field('metadata', JSON.stringify({ title: script }))
      .attach('file', Buffer.from('a'), { filename: '<img src=x onerror=alert(1)>.txt' })
      .set('Prefer', 'wait=30');
    const pages = [
      await as.post('/people').type('form').send({ displayName: script, signInName: 'xss', role: 'officer' }),
      await as.post('/people').type('form').send({ displayName: script, signInName: script }),
      await as.get('/people'),
      await as.post('/tokens').type('form').send({ name: script, role: 'officer' }),
      await as.get('/tokens'),
      await as.get('/find').query({ text: script, signer: script, category: script }),
      await as.get(`/records/${sent.body.records?.[0]?.number}`),
      await service.anyone.get('/sign-in').query({ to: script, link: script }),
      await service.anyone
        .post('/sign-in')
        .set('Sec-Fetch-Site', 'same-origin')
        .type('form')
        .send({ name: script, to: script }),
      await service.anyone.post('/invitation').set('Sec-Fetch-Site', 'same-origin').type('form').send({ link: script }),
      await service.anyone.get(`/nothing/${encodeURIComponent(script)}`),
    ];
    for (const { text, headers } of pages) {
      expect(text).to.not.match(/<img src=x|<script>alert/);
      expect(headers['content-security-policy']).to.include("script-src 'self'").and.not.include('unsafe');
    }
  });

  it('puts nothing that was sent into its headers', async () => {
    const evil = '/x\r\nSet-Cookie: trajno_session=evil';
    for (const answer of [
      await service.anyone.get('/language/en').query({ to: evil }),
      await service.anyone.get('/sign-in').query({ to: evil, link: evil }),
    ])
      expect(JSON.stringify(answer.headers)).to.not.match(/trajno_session=evil/);
  });

  it('gives a scoped token its scopes alone', async () => {
    const secret = await issueApiToken(service.service.context, 'scoped', 'officer', ['record.find']);
    const scoped = supertest.agent(service.server).set('Authorization', `Bearer ${secret}`);
    expect((await scoped.get('/api/v1/records')).status).to.equal(200);
    expect((await scoped.get('/api/v1/records/2026-000001')).status).to.equal(403);
  });
});
