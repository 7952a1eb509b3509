import { expect } from 'chai';
import supertest from 'supertest';
import { totpCode } from '../../../src/archive/administration/accounts/one-time-codes.ts';
import {
  type Actor,
  addPerson,
  closeAccount,
  inviteFounder,
  invitePerson,
} from '../../../src/archive/administration/index.ts';
import { listSignInEvents, type Person } from '../../../src/archive/data-management/index.ts';
import { type RunningService, runService } from '../../api/running-service.ts';

type Browser = ReturnType<typeof supertest.agent>;
const operator: Actor = { name: 'operator', institution: 'default', roles: ['administrator'] };
const password = 'četiri reči zaredom';

describe('signing in', function () {
  this.timeout(60_000);
  let service: RunningService;
  let now = Date.now();
  before(async () => {
    service = await runService();
    const { accounts } = service.service;
    Object.assign(accounts, { clock: () => new Date(now) });
    Object.assign(service.service.context, { clock: () => new Date(now) });
  });
  after(() => service.close());

  const browser = (): Browser => supertest.agent(service.server).set('Sec-Fetch-Site', 'same-origin');
  const form = (agent: Browser, address: string, fields: object) => agent.post(address).type('form').send(fields);
  const enter = (agent: Browser, name: string, word = password) =>
    form(agent, '/sign-in', { name, password: word, to: '/account' });
  const events = async (person: Person) =>
    (await listSignInEvents(service.service.context.catalog, 'default', person.id, 50)).map(({ kind }) => kind);

  async function person(signInName: string, ...roles: Person['roles']): Promise<Person> {
    const { context, accounts } = service.service;
    const added = await addPerson(context, operator, {
      signInName,
      displayName: signInName,
      roles: roles as Actor['roles'],
    });
    const link = await invitePerson(accounts, operator, added.id);
    const set = await form(browser(), '/invitation', { link, password });
    expect(set.headers.location).to.equal('/sign-in?changed=password');
    return added;
  }

  it('makes the first administrator by a link that is spent afterwards', async () => {
    const link = await inviteFounder(service.service.accounts);
    const page = await browser().get(`/sign-in?link=${link}`);
    expect(page.status).to.equal(200);
    expect(page.headers['set-cookie'], 'opening it signs nobody in').to.equal(undefined);
    const names = { link, displayName: 'Мира Петровић', signInName: 'mira' };
    expect((await form(browser(), '/invitation', { ...names, password: 'kratka' })).status).to.equal(422);
    expect((await form(browser(), '/invitation', { ...names, signInName: '!', password })).status).to.equal(422);
    expect((await form(browser(), '/invitation', { ...names, password })).status).to.equal(303);
    expect((await form(browser(), '/invitation', { ...names, signInName: 'druga', password })).status).to.equal(401);
    const other = await inviteFounder(service.service.accounts);
    expect((await browser().get(`/sign-in?link=${other}`)).status, 'there is an administrator now').to.equal(401);
    const agent = browser();
    expect((await enter(agent, ' MIRA ')).headers.location).to.equal('/account');
    expect((await agent.get('/people')).text).to.include('Мира Петровић');
  });

  it('gives a new session at each sign-in, and takes none that it is given', async () => {
    await person('fiksacija', 'officer');
    const agent = browser().set('Cookie', 'trajno_session=chosen-by-another');
    const opened = await enter(agent, 'fiksacija');
    const [first] = opened.headers['set-cookie'] as unknown as string[];
    expect(first).to.match(/^trajno_session=(?!chosen)[\w-]{43};.*samesite=lax.*httponly/i);
    expect(
      (await supertest.agent(service.server).get('/account').set('Cookie', 'trajno_session=chosen-by-another')).status,
    ).to.equal(401);
    const known = browser();
    const [before] =
      ((await enter(known, 'fiksacija')).headers['set-cookie'] as unknown as string[])[0]?.split(';') ?? [];
    const [after] =
      ((await enter(known, 'fiksacija')).headers['set-cookie'] as unknown as string[])[0]?.split(';') ?? [];
    expect(after)
      .to.match(/^trajno_session=/)
      .and.not.equal(before);
    const old = await supertest
      .agent(service.server)
      .get('/account')
      .set('Cookie', before as string);
    expect(old.status).to.equal(401);
  });

  it('ends a session that is not used for an hour, and all of them when asked', async () => {
    await person('sesija', 'officer');
    const [one, two] = [browser(), browser()];
    await enter(one, 'sesija');
    await enter(two, 'sesija');
    now += 59 * 60_000;
    expect((await one.get('/account')).status).to.equal(200);
    now += 2 * 60_000;
    expect((await one.get('/account')).status, 'was used meanwhile').to.equal(200);
    expect((await two.get('/account')).status, 'was not').to.equal(401);
    await enter(two, 'sesija');
    expect((await form(one, '/account/sessions/end', {})).status).to.equal(303);
    for (const agent of [one, two]) expect((await agent.get('/account')).status).to.equal(401);
  });

  it('answers alike for a name that nobody has, and locks it alike', async () => {
    await person('prava', 'officer');
    const outcomes: string[][] = [];
    for (const name of ['prava', 'nepostojeća']) {
      const told: string[] = [];
      for (let attempt = 0; attempt < 11; attempt++) {
        const { status, text } = await enter(browser(), name, `pogrešna ${attempt}`);
        told.push(`${status} ${text.match(/role="alert">([^<]*)/)?.[1]}`);
      }
      outcomes.push(told);
    }
    expect(outcomes[0]).to.deep.equal(outcomes[1]);
    expect(outcomes[0]?.at(9)).to.match(/^401/);
    expect(outcomes[0]?.at(10)).to.match(/^429/);
    const locked = await enter(browser(), 'prava');
    expect(locked.status, 'the right password does not help now').to.equal(429);
    expect(Number(locked.headers['retry-after'])).to.be.within(1, 900);
    now += 16 * 60_000;
    expect((await enter(browser(), 'prava')).status).to.equal(303);
  });

  it('counts failures alone against an address that many share', async () => {
    await person('kancelarija', 'officer');
    const attempts = async () =>
      (await service.service.context.catalog('sign_in_limits').sum({ sum: 'failures' }))[0]?.sum;
    const before = await attempts();
    for (let time = 0; time < 5; time++) await enter(browser(), 'kancelarija');
    expect(await attempts()).to.equal(before);
    await enter(browser(), 'kancelarija', 'pogrešna');
    expect(Number(await attempts()), 'account and address').to.equal(Number(before) + 2);
  });

  it('asks for a second factor once it is set up, takes each code once, and a recovery code once', async () => {
    const who = await person('dvoje', 'officer');
    const agent = browser();
    await enter(agent, 'dvoje');
    expect((await form(agent, '/account/codes', { password: 'pogrešna' })).status).to.equal(401);
    expect((await form(agent, '/account/codes', { password })).headers.location).to.equal('/account/codes');
    const offer = await agent.get('/account/codes');
    expect(offer.text).to.include('<svg class="qr"').and.not.include('<script>');
    const secret = (offer.text.match(/class="secret">([A-Z2-7 ]+)</)?.[1] ?? '').replaceAll(' ', '');
    expect(secret).to.match(/^[A-Z2-7]{32}$/);
    const code = () => totpCode(secret, Math.floor(now / 30_000));
    expect((await form(agent, '/account/codes/first', { code: '000000' })).status).to.be.oneOf([401, 200]);
    const shown = await form(agent, '/account/codes/first', { code: code() });
    const recovery = [...shown.text.matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, each]) => each);
    expect(recovery).to.have.length(10);

    const next = browser();
    expect((await enter(next, 'dvoje')).text).to.include('action="/sign-in/code"');
    expect((await next.get('/account')).status, 'one factor is not enough').to.equal(401);
    expect((await form(next, '/sign-in/code', { code: code() })).status, 'was taken').to.equal(401);
    now += 30_000;
    expect((await form(next, '/sign-in/code', { code: code(), to: '//evil.example' })).headers.location).to.equal('/');
    for (const [status, typed] of [
      [303, recovery[3]?.toLowerCase()],
      [401, recovery[3]],
    ] as const) {
      const lost = browser();
      await enter(lost, 'dvoje');
      expect((await form(lost, '/sign-in/code', { code: typed })).status).to.equal(status);
    }
    expect(await events(who)).to.include.members(['entered', 'failed']);
  });

  it('ends what a person held when the account is closed or the password set anew', async () => {
    const who = await person('odlazi', 'officer');
    const agent = browser();
    await enter(agent, 'odlazi');
    const link = await invitePerson(service.service.accounts, operator, who.id);
    await form(browser(), '/invitation', { link, password: 'sasvim nova lozinka' });
    expect((await agent.get('/account')).status).to.equal(401);
    expect((await enter(agent, 'odlazi')).status).to.equal(401);
    expect((await enter(agent, 'odlazi', 'sasvim nova lozinka')).status).to.equal(303);
    await closeAccount(service.service.context, operator, who.id);
    expect((await agent.get('/account')).status).to.equal(401);
    expect((await enter(agent, 'odlazi', 'sasvim nova lozinka')).status).to.equal(401);
  });

  it('does nothing for another site', async () => {
    for (const address of ['/sign-in', '/sign-in/code', '/invitation', '/sign-in/passkey', '/sign-in/provider'])
      for (const site of ['cross-site', 'same-site', 'none']) {
        const answer = await supertest(service.server).post(address).set('Sec-Fetch-Site', site).type('form').send({});
        expect(answer.status, `${address} ${site}`).to.equal(403);
      }
  });
});
