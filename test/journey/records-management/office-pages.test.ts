import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addPerson, invitePerson, type Role } from '../../../src/archive/administration/index.ts';
import { type RunningService, runService } from '../../api/running-service.ts';
import { emptyFolder } from '../../support/folders.ts';
import { expectAccessible } from '../accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from '../chromium.ts';

const chromium = chromiumPath();

/** What axe-core finds against WCAG 2.2 AA. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: put there by the script above
    const { violations: found } = await (window as any).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return found.map((each: { id: string; nodes: { html: string }[] }) => `${each.id}: ${each.nodes[0]?.html}`);
  });
}

(chromium ? describe : describe.skip)('the office, in Chromium and in Serbian', function () {
  this.timeout(180_000);
  const folder = emptyFolder();
  let service: RunningService;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  let officer: Page;
  let checker: Page;

  /** A person of this role, in a browser of their own, without JavaScript, on a phone. */
  async function comeIn(name: string, role: Role): Promise<Page> {
    const { context, accounts } = service.service;
    const admin = { name: 'admin', institution: context.institution.id, roles: ['administrator' as const] };
    const person = await addPerson(context, admin, { signInName: name, displayName: name, roles: [role] });
    const secret = await invitePerson(accounts, admin, person.id);
    const opened = await browser.newContext({
      locale: 'sr-RS',
      viewport: { width: 360, height: 740 },
      acceptDownloads: true,
    });
    contexts.push(opened);
    const page = await opened.newPage();
    await page.addInitScript(namesOfFunctions);
    await page.goto(`${service.origin}/sign-in?link=${secret}`);
    await page.fill('input[type=password]', 'četiri reči zaredom');
    await Promise.all([page.waitForURL(/changed=password/), page.keyboard.press('Enter')]);
    await page.fill('#name', name);
    await page.fill('#password', 'četiri reči zaredom');
    await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/sign-in')), page.keyboard.press('Enter')]);
    // a second factor is what `accounts/sign-in` is about: here the session is as one that has it
    await context.catalog('access_tokens').where({ person_id: person.id }).update({ assurance: 'high' });
    return page;
  }

  before(async () => {
    service = await runService();
    browser = await openChromium(chromium as string);
    officer = await comeIn('ana', 'officer');
    checker = await comeIn('mara', 'authorised-person');
  });
  after(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await service?.close();
  });

  const go = (page: Page, path: string) => page.goto(`${service.origin}${path}`);
  const openForm = (page: Page, title: string) => page.locator('summary', { hasText: title }).first().click();
  const send = (page: Page, title: string) => page.locator('main form button', { hasText: title }).first().click();
  const heading = (page: Page) => page.textContent('h1');
  async function expectGood(page: Page): Promise<void> {
    expect(await violations(page), page.url()).to.deep.equal([]);
    await expectAccessible(page);
  }

  it('leads an officer from the creator and the list of categories to a record and its row in the archive book', async () => {
    await go(officer, '/office');
    expect(await officer.textContent('main')).to.include('Још није уписан ниједан стваралац');
    await expectGood(officer);
    await go(officer, '/office/creators');
    await openForm(officer, 'Упиши ствараоца');
    await expectGood(officer);
    const creator = {
      name: 'Општина Пример',
      seat: 'Пример',
      registrationNumber: '07461429',
      taxNumber: '100002803',
      authorised: 'Петар П.',
      competentArchive: 'Историјски архив',
    };
    for (const [name, value] of Object.entries(creator)) await officer.fill(`#${name}`, value);
    await send(officer, 'Упиши ствараоца');
    expect(await officer.textContent('main')).to.include('трајна грађа се не прима');
    await openForm(officer, 'Додај акт');
    await officer.selectOption('select[name=kind]', 'preservation');
    await officer.fill('input[name=title]', 'Интерна правила');
    await officer.fill('form[action$=rules] input[name=number]', '110-1');
    await officer.fill('input[name=date]', '2026-01-10');
    await send(officer, 'Додај акт');
    expect(await officer.textContent('main')).to.include('Интерна правила, 110-1, 10.01.2026.');
    await go(officer, '/office');
    expect(await officer.textContent('main')).to.include('Трајно не замењује еАрхив');

    const list = join(folder, 'lista.csv');
    writeFileSync(list, 'Ознака;Назив;Рок чувања\nI-1;Статут;трајно\nII-3;Рачуни;2\n');
    await go(officer, '/office/categories');
    await openForm(officer, 'Увези нову листу');
    await officer.fill('#adoptedOn', '2026-01-15');
    await officer.fill('#consent', 'IA-33/2026');
    await officer.fill('#consentDate', '2026-01-20');
    await officer.setInputFiles('#table', list);
    await send(officer, 'Увези нову листу');
    expect(await heading(officer)).to.equal('Шта се мења');
    expect(await officer.textContent('main')).to.include('Нових: 2, измењених: 0');
    await expectGood(officer);
    await send(officer, 'Усвоји листу');
    expect(await officer.textContent('main'))
      .to.include('Верзија 1')
      .and.include('на снази');
    await expectGood(officer);

    for (const [category, date, text] of [
      ['I-1', '1990-05-05', 'статут'],
      ['II-3', '2019-05-05', 'рачун'],
    ]) {
      const kept = await service
        .as('officer')
        .post('/api/v1/records')
        .set('Prefer', 'wait=30')
        .field('metadata', JSON.stringify({ title: text, category, fields: { datumNastanka: date } }))
        .attach('file', Buffer.from(text ?? ''), `${text}.txt`);
      expect(kept.status).to.equal(201);
    }
    await go(officer, '/office/book');
    expect(await officer.textContent('main')).to.include('Књига заостаје');
    await send(officer, 'Упиши редове');
    expect(await officer.locator('tbody tr').count()).to.equal(2);
    await expectGood(officer);
    const printed = await officer.request.get(
      `${service.origin}${await officer.getAttribute('a[href*="form=pdf"]', 'href')}`,
    );
    expect((await printed.body()).subarray(0, 4).toString()).to.equal('%PDF');
    await openForm(officer, 'Сачини препис');
    await officer.fill('#year', '2019');
    await send(officer, 'Сачини препис');
    expect(await officer.textContent('main'))
      .to.include('Препис за 2019.')
      .and.include('још није предат');
  });

  it('leads the commission from the candidates to the certificate, by two people', async () => {
    await go(officer, '/office/retention');
    expect(await officer.textContent('main')).to.include('II-3');
    await expectGood(officer);
    await go(officer, '/office/disposals');
    await expectGood(officer);
    await openForm(officer, 'Предложи уништавање');
    await send(officer, 'Предложи уништавање');
    expect(await heading(officer)).to.match(/^Уништавање \d{4}-0001$/);
    await expectGood(officer);
    expect(await officer.locator('summary', { hasText: 'Упиши налаз комисије' }).count()).to.equal(0);
    const address = new URL(officer.url()).pathname;

    await go(checker, address);
    await openForm(checker, 'Упиши налаз комисије');
    await checker.fill('#members', 'Бранка Б.\nВук В.');
    await checker.fill('#minutes', '02-7/2026');
    await checker.fill('#date', '2026-02-10');
    await send(checker, 'Упиши налаз комисије');
    expect(await checker.textContent('main')).to.include('комисија сагласна');
    await go(officer, address);
    const request = await officer.request.get(`${service.origin}${address}/request`);
    expect((await request.body()).subarray(0, 2).toString()).to.equal('PK');
    await openForm(officer, 'Упиши слање захтева');
    for (const [name, value] of [
      ['letter', '02-8'],
      ['date', '2026-02-11'],
      ['channel', 'еАрхив'],
    ] as const)
      await officer.fill(`#${name}`, value);
    await send(officer, 'Упиши слање захтева');
    await go(checker, address);
    const decision = join(folder, 'resenje.pdf');
    writeFileSync(decision, '%PDF решење');
    await openForm(checker, 'Упиши решење архива');
    await checker.fill('#number', 'IA-9');
    await checker.fill('#date', '2026-03-01');
    await checker.setInputFiles('#document', decision);
    await send(checker, 'Упиши решење архива');
    expect(await checker.textContent('main')).to.include('одобрено');
    await expectGood(checker);
    await openForm(checker, 'Уништи');
    await checker.fill('#method', 'брисање');
    await send(checker, 'Уништи');
    await checker.waitForSelector('text=Потврда (PDF)', { timeout: 20_000 });
    expect(await checker.textContent('main'))
      .to.include('завршено')
      .and.include('уклоњено');
    await expectGood(checker);
    const certificate = await checker.request.get(`${service.origin}${address}/documents/certificate.pdf`);
    expect((await certificate.body()).subarray(0, 4).toString()).to.equal('%PDF');
  });

  it('leads the archivist from the candidates to the confirmed hand-over, and the supervisor sees it', async () => {
    await go(officer, '/office/handovers');
    expect(await officer.textContent('main')).to.include('01.01.2021.');
    await expectGood(officer);
    await openForm(officer, 'Предложи предају');
    await send(officer, 'Предложи предају');
    expect(await heading(officer)).to.match(/^Предаја P-\d{4}-0001$/);
    const address = new URL(officer.url()).pathname;
    await go(checker, address);
    await openForm(checker, 'Упиши налаз комисије');
    await expectGood(checker);
    for (const [name, value] of [
      ['members', 'Бранка Б.\nВук В.'],
      ['minutes', '02-9'],
      ['date', '2026-04-01'],
      ['place', 'Пример'],
      ['opinion', 'без ограничења'],
    ] as const)
      await checker.fill(`#${name}`, value);
    await send(checker, 'Упиши налаз комисије');
    await go(officer, address);
    await send(officer, 'Сачини пакет');
    await officer.waitForSelector('text=Пакет за предају (ZIP)', { timeout: 20_000 });
    await openForm(officer, 'Упиши предају');
    for (const [name, value] of [
      ['letter', '02-10'],
      ['date', '2026-04-02'],
      ['channel', 'еАрхив'],
    ] as const)
      await officer.fill(`#${name}`, value);
    await send(officer, 'Упиши предају');
    expect(await officer.textContent('main'))
      .to.include('Записник о предаји (PDF)')
      .and.include('Чека се потврда архива');
    await go(checker, address);
    const receipt = join(folder, 'potvrda.pdf');
    writeFileSync(receipt, '%PDF потврда');
    await openForm(checker, 'Упиши потврду о пријему');
    await checker.fill('#number', 'IA-91');
    await checker.fill('#date', '2026-04-20');
    await checker.setInputFiles('#document', receipt);
    await send(checker, 'Упиши потврду о пријему');
    await openForm(checker, 'Уклони предато');
    await checker.fill('#method', 'уклањање после предаје');
    await send(checker, 'Уклони предато');
    await checker.waitForSelector('text=Потврда (PDF)', { timeout: 20_000 });

    const supervisor = await comeIn('nadzor', 'supervisor');
    await go(supervisor, address);
    expect(await supervisor.textContent('main')).to.include('завршено');
    expect(await supervisor.locator('main form').count()).to.equal(0);
    await expectGood(supervisor);
    await go(supervisor, '/office/book');
    expect(await supervisor.textContent('main')).to.include('предато јавном архиву');
  });

  it('keeps holds and the register', async () => {
    await go(officer, '/office/holds');
    await openForm(officer, 'Постави забрану');
    await officer.selectOption('#scope', 'category');
    for (const [name, value] of [
      ['target', 'II-3'],
      ['owner', 'правна служба'],
      ['mandate', 'П-1'],
      ['reason', '<b>спор</b>'],
      ['reviewOn', '2099-01-01'],
    ] as const)
      await officer.fill(`#${name}`, value);
    await send(officer, 'Постави забрану');
    expect(await officer.textContent('main'))
      .to.include('<b>спор</b>')
      .and.include('01.01.2099.');
    await expectGood(officer);
    await openForm(officer, 'Укини забрану');
    await officer.locator('form[action$=lifting] textarea').fill('решено');
    await send(officer, 'Укини забрану');
    expect(await officer.textContent('main')).to.include('Нема забрана');
    await go(officer, '/office/register');
    await openForm(officer, 'Заведи акт');
    await officer.fill('#subject', 'Захтев');
    await send(officer, 'Заведи акт');
    expect(await officer.textContent('main')).to.match(/01-1\/\d{4}-1 Захтев/);
    await expectGood(officer);
    for (const language of ['sr-Latn', 'en'])
      for (const room of [
        '',
        '/book',
        '/register',
        '/categories',
        '/retention',
        '/holds',
        '/disposals',
        '/handovers',
        '/creators',
        '/compliance',
        '/notes',
      ]) {
        await go(officer, `/language/${language}?to=/office${room}`);
        await expectAccessible(officer);
      }
  });

  it('keeps acts with their documents, and says by when the archive is to be told', async () => {
    const act = join(folder, 'pravilnik.pdf');
    writeFileSync(act, '%PDF правилник');
    await go(officer, '/language/sr-Cyrl?to=/office/notes');
    for (const [kind, title, file] of [
      ['act', 'Правилник о канцеларијском пословању', act],
      ['status-change', 'Спајање са <i>другом</i> управом', undefined],
    ] as const) {
      await openForm(officer, 'Упиши');
      await officer.selectOption('#kind', kind);
      await officer.fill('#title', title);
      await officer.fill('#date', '2026-01-10');
      if (file) await officer.setInputFiles('#document', file);
      await send(officer, 'Упиши');
    }
    expect(await officer.textContent('main'))
      .to.include('Архив се обавештава до 09.02.2026.')
      .and.include('<i>');
    await expectGood(officer);
    const address = await officer.getAttribute('a[href$=document]', 'href');
    expect((await (await officer.request.get(`${service.origin}${address}`)).body()).toString()).to.equal(
      '%PDF правилник',
    );
    await go(officer, '/office');
    expect(await officer.textContent('main')).to.include('Обавестити архив до 09.02.2026.');
    await expectGood(officer);
  });

  it('shows where the institution stands, computed from facts', async () => {
    await go(officer, '/language/sr-Cyrl?to=/office/compliance');
    const row = (text: string) => officer.locator('tr', { hasText: text }).first().textContent();
    expect(await row('Листа категорија је на снази'))
      .to.match(/[^е] ?испуњено/)
      .and.not.include('није испуњено');
    expect(await row('Општа акта'))
      .to.include('није испуњено')
      .and.include('office');
    expect(await row('вежба повраћаја')).to.include('није испуњено');
    expect(await row('Метаподаци')).to.not.include('није');
    await expectGood(officer);
    const csv = await (await officer.request.get(`${service.origin}/office/compliance/indicators.csv`)).text();
    expect(csv).to.include('Изворно електронски');
    const started = await service.as('auditor').post('/api/v1/drills').send({});
    expect(started.status).to.equal(202);
    for (;;) {
      const { drills } = (await service.as('auditor').get('/api/v1/drills')).body;
      if (drills.length > 0) {
        expect(drills[0]).to.include({ outcome: 'passed', actor: 'auditor' });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { facts } = (await service.as('auditor').get('/api/v1/compliance')).body;
    expect(facts.find(({ fact }: { fact: string }) => fact === 'drill').state).to.equal('met');
  });

  it('tells in a sentence what is refused, and takes nothing from another site', async () => {
    await go(officer, '/language/sr-Cyrl?to=/office/handovers');
    await openForm(officer, 'Предложи предају');
    await officer.fill('#records', '2026-999999');
    await send(officer, 'Предложи предају');
    expect(await heading(officer)).to.equal('Није успело');
    const forged = await officer.request.post(`${service.origin}/office/creators`, {
      headers: { Origin: 'https://evil.example' },
      form: { name: 'x' },
    });
    expect(forged.status()).to.equal(403);
  });
});
