import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { type RunningService, runService } from '../../api/running-service.ts';
import { expectAccessible } from '../accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from '../chromium.ts';

describe('a profile made in the browser', function () {
  this.timeout(120_000);
  let service: RunningService;
  let browser: Browser;
  let page: Page;

  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    service = await runService();
    browser = await openChromium(path);
    const context = await browser.newContext({
      locale: 'sr-RS',
      viewport: { width: 390, height: 844 },
      javaScriptEnabled: true,
    });
    await context.addInitScript({ content: namesOfFunctions });
    page = await context.newPage();
    await page.goto(`${service.origin}${await service.link()}`);
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });
  beforeEach(function () {
    if ((this.currentTest?.parent?.tests ?? []).some((step) => step.isFailed())) this.skip();
  });
  afterEach(async function () {
    const shots = process.env.SCREENSHOTS;
    if (!shots || !page || this.currentTest?.isPending()) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `profile ${this.currentTest?.title.slice(0, 30)}.png`), fullPage: true });
  });

  const press = async (selector: string) => {
    await Promise.all([page.waitForNavigation(), page.click(selector)]);
  };
  const fill = (id: string, text: string) => page.fill(`[id="${id}"]`, text);

  it('begins with the list of those that ship', async () => {
    await page.goto(`${service.origin}/profiles`);
    expect(await page.locator('li.card').count()).to.be.at.least(12);
    expect(await page.textContent('main'))
      .to.include('Грађевинска дозвола')
      .and.include('Дигитализован папирни документ');
    await expectAccessible(page);
    await press('a[href="/profiles/new"]');
  });

  it('gets a field of its own, moved to the top, without anything being kept', async () => {
    await expectAccessible(page);
    await fill('id', 'potvrda');
    await fill('title.sr-Cyrl', 'Потврда о пребивалишту');
    await fill('title.en', 'Residence certificate');
    const fields = await page.locator('#main ol > li').count();
    await press('button[value=add]');
    expect(await page.locator('#main ol > li').count()).to.equal(fields + 1);
    await fill(`f${fields}.name`, 'brojPotvrde');
    await fill(`f${fields}.title.sr-Cyrl`, 'Број потврде');
    await fill(`f${fields}.title.en`, 'Certificate number');
    await page.click(`#f${fields} summary`);
    await fill(`f${fields}.pattern`, '(a+)+');
    for (let at = fields; at > 1; at--) await press(`button[value=up-${at}]`);
    expect(await page.textContent('#f1 h3')).to.equal('2. Број потврде');
    expect(await page.inputValue('[id="f1.pattern"]')).to.equal('(a+)+');
    await press('button[value=remove-3]');
    expect(await page.locator('#main ol > li').count()).to.equal(fields);
    expect((await service.service.context.profiles.current()).all.some(({ id }) => id === 'potvrda')).to.equal(false);
  });

  it('is told at the field what is wrong, and shows the form that would come of it', async () => {
    await press('p.actions button[value=preview]');
    expect(await page.textContent('[id="f1.pattern-fault"]')).to.include('прескуп');
    await expectAccessible(page);
    await fill('f1.pattern', '[0-9]{3}/[0-9]{4}');
    await page.check('[id="f1.required"]');
    await press('p.actions button[value=preview]');
    expect(await page.textContent('#preview'))
      .to.include('Потврда о пребивалишту')
      .and.include('Број потврде');
    await expectAccessible(page);
    await press('button[value=publish]');
    expect(page.url()).to.equal(`${service.origin}/profiles/potvrda`);
    expect(await page.textContent('main')).to.include('верзија 1');
    await expectAccessible(page);
  });

  it('is what a record is uploaded under: a bad value is told at its field', async () => {
    await page.goto(`${service.origin}/?profile=potvrda`);
    await page.setInputFiles('#files', { name: 'потврда.txt', mimeType: 'text/plain', buffer: Buffer.from('текст') });
    await fill('field-title', 'Потврда за Ану');
    await fill('field-brojPotvrde', '12');
    // the browser would stop it first
    await page.evaluate(() => document.querySelector('#field-brojPotvrde')?.removeAttribute('pattern'));
    await page.click('#upload button.primary');
    await page.waitForSelector('#field-brojPotvrde-fault');
    expect(await page.textContent('#field-brojPotvrde-fault')).to.include('није у траженом облику');
    await fill('field-brojPotvrde', '012/2026');
    if (!(await page.locator('#chosen li').count()))
      await page.setInputFiles('#files', { name: 'потврда.txt', mimeType: 'text/plain', buffer: Buffer.from('текст') });
    await Promise.all([page.waitForURL(/received|records/), page.click('#upload button.primary')]);
    await page.goto(`${service.origin}/records/2026-000001`);
    expect(await page.textContent('.facts'))
      .to.include('верзија 1')
      .and.include('012/2026');
  });

  it('has a second version, and the record keeps the first', async () => {
    await page.goto(`${service.origin}/profiles/potvrda/edit`);
    await fill('title.sr-Cyrl', 'Потврда о боравишту');
    await page.check('#secondCheck');
    await press('button[value=publish]');
    expect(await page.textContent('main'))
      .to.include('Потврда о боравишту')
      .and.include('проверава друго лице');
    await page.goto(`${service.origin}/records/2026-000001`);
    expect(await page.textContent('.facts'))
      .to.include('Потврда о пребивалишту')
      .and.include('верзија 1');
    await press('.facts a[href="/profiles/potvrda?version=1"]');
    expect(await page.textContent('main')).to.include('Ово је старија верзија');
  });

  it('is withdrawn with a reason', async () => {
    await page.goto(`${service.origin}/profiles/potvrda`);
    await fill('withdraw-reason', 'спојено са другим');
    await press('form[action$="/withdraw"] button');
    expect(await page.textContent('main')).to.include('Профил је повучен');
    await page.goto(service.origin);
    expect(await page.locator('#profile option[value=potvrda]').count()).to.equal(0);
  });
});
