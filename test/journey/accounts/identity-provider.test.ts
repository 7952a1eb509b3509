import type { Server } from 'node:http';
import { expect } from 'chai';
import supertest from 'supertest';
import { type Actor, addPerson, identityProvider, invitePerson } from '../../../src/archive/administration/index.ts';
import { type RunningService, runService } from '../../api/running-service.ts';
import { type RunningProvider, runProvider } from '../../support/identity-provider.ts';

const operator: Actor = { name: 'operator', institution: 'default', roles: ['administrator'] };
const password = 'četiri reči zaredom';
const high = { 'http://schema.id.rs/claims/aal': 'high' };

describe('signing in by an OpenID Connect provider', function () {
  this.timeout(60_000);
  let service: RunningService;
  let provider: RunningProvider;
  let server: Server;
  before(async () => {
    service = await runService();
    const publicOrigin = 'https://arhiv.example.rs';
    provider = await runProvider(`${publicOrigin}/sign-in/provider`, high);
    const settings = { issuer: provider.issuer, clientId: 'trajno', clientSecret: 'tajna-klijenta' };
    server = service.appWith({
      publicOrigin,
      identityProvider: identityProvider({ ...settings, profile: 'eid.gov.rs' }),
    });
  });
  after(async () => {
    await provider?.close();
    await service.close();
  });

  type Browser = ReturnType<typeof supertest.agent>;
  const browser = () => supertest.agent(server).set('Sec-Fetch-Site', 'same-origin');
  const begin = async (agent: Browser) =>
    String((await agent.post('/sign-in/provider').type('form').send({})).headers.location);
  const answer = (agent: Browser, url: URL) => agent.get(url.pathname + url.search);
  const assurances = async () =>
    (await service.service.context.catalog('access_tokens').where({ kind: 'session' }).orderBy('created_at')).map(
      ({ assurance }) => assurance,
    );

  it('asks by code, PKCE, state and nonce', async () => {
    const asked = new URL(await begin(browser())).searchParams;
    expect(Object.fromEntries(asked)).to.include({
      response_type: 'code',
      scope: 'openid',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).to.match(/^[\w-]{43}$/);
  });

  it('lets in whoever linked their identity, with the assurance that the provider tells', async () => {
    const agent = browser();
    const stranger = await answer(agent, await provider.visit(await begin(agent), 'građanin-1'));
    expect(stranger.status).to.equal(401);
    const { context, accounts } = service.service;
    const person = await addPerson(context, operator, { signInName: 'mira', displayName: 'Mira', roles: ['officer'] });
    const link = await invitePerson(accounts, operator, person.id);
    await browser().post('/invitation').type('form').send({ link, password });
    await agent.post('/sign-in').type('form').send({ name: 'mira', password });
    const away = await agent.post('/account/identity').type('form').send({});
    const linked = await answer(agent, await provider.visit(String(away.headers.location), 'građanin-1'));
    expect(linked.status, linked.text).to.equal(303);
    const other = browser();
    const entered = await answer(other, await provider.visit(await begin(other), 'građanin-1'));
    expect(entered.headers.location).to.equal('/');
    expect((await other.get('/account')).status).to.equal(200);
    expect((await assurances()).at(-1)).to.equal('high');
  });

  it('takes no answer twice, in another browser, or with another state', async () => {
    const agent = browser();
    const back = await provider.visit(await begin(agent), 'građanin-1');
    expect((await answer(browser(), back)).status, 'another browser').to.equal(502);
    const changed = new URL(back);
    changed.searchParams.set('state', 'x'.repeat(43));
    expect((await answer(agent, changed)).status, 'another state').to.equal(502);
    expect((await answer(agent, back)).status, 'the state was spent by the attempt').to.equal(502);
  });

  const cases: Record<string, (url: URL) => void> = {
    'an answer that names another issuer': (url) => url.searchParams.set('iss', 'https://evil.example'),
    'a code that was made up': (url) => url.searchParams.set('code', 'x'.repeat(43)),
    'an error': (url) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
    },
  };
  for (const [what, change] of Object.entries(cases))
    it(`refuses ${what}`, async () => {
      const agent = browser();
      const back = await provider.visit(await begin(agent), 'građanin-1');
      change(back);
      const refused = await answer(agent, back);
      expect(refused.status).to.equal(502);
      expect(refused.headers['set-cookie'] ?? []).to.satisfy((set: string[]) =>
        set.every((one) => !/trajno_session=\w/.test(one)),
      );
    });
});
