import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { type RunningService, runService } from '../api/running-service.ts';
import { bagFiles, below } from '../support/bag.ts';
import { emptyFolder } from '../support/folders.ts';
import { zipArchive } from '../support/zip-archive.ts';
import { expectAccessible } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

describe('handing over a bag on the first page', function () {
  this.timeout(120_000);
  let service: RunningService;
  let browser: Browser;
  let page: Page;
  const folder = emptyFolder();

  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    service = await runService();
    browser = await openChromium(path);
    const context = await browser.newContext({ locale: 'sr-RS', viewport: { width: 1100, height: 900 } });
    await context.addInitScript({ content: namesOfFunctions });
    page = await context.newPage();
    await page.goto(`${service.origin}${await service.link()}`);
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });
  afterEach(async function () {
    const shots = process.env.SCREENSHOTS;
    if (!shots || !page || this.currentTest?.isPending()) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `package ${this.currentTest?.title.slice(0, 40)}.png`), fullPage: true });
  });

  const send = async (name: string, zip: Buffer) => {
    const file = join(folder, name);
    writeFileSync(file, zip);
    await page.goto(`${service.origin}/`);
    await page.setInputFiles('#files', file);
    await page.fill('#category', 'II-3');
    await page.click('#upload button[type=submit].primary');
    await page.waitForURL(/\/(received|records)/);
  };
  /** Opens the record's page, again until it says so. */
  const openRecord = async (serial: string, saying: string) => {
    for (let tries = 0; tries < 60; tries++) {
      await page.goto(`${service.origin}/records/${new Date().getFullYear()}-${serial}`);
      if ((await page.textContent('main'))?.includes(saying)) return;
      await page.waitForTimeout(250);
    }
    throw new Error(`the page does not say “${saying}”`);
  };

  it('tells on the record’s page what was kept as what, and what was left out', async () => {
    const info = ['External-Description: Записници одбора', 'External-Identifier: OP-7/2024'];
    await send('торба.zip', zipArchive({ ...below('торба', bagFiles({ info })), '__MACOSX/торба/._x': 'x' }));
    await openRecord('000001', 'Пакет у коме је стигао');
    expect(await page.textContent('h1')).to.equal('Записници одбора');
    const section = page.locator('section[aria-labelledby=received-title]');
    const told = (await section.textContent()) ?? '';
    expect(told).to.include('Торба BagIt, испуњава захтеве BagIt 1.0').and.to.include('торба.zip');
    expect(told).to.match(/Сачувано као документа3.*Сачувано као подаци пошиљаоца4.*Изостављено1/s);
    await section.locator('summary').first().click();
    expect(await section.textContent()).to.include('__MACOSX/торба/._x – оставио га је оперативни систем');
    await expectAccessible(page);
  });

  it('tells of a bag that is not valid what to do', async () => {
    const files = bagFiles();
    files.set('data/одлука.txt', Buffer.from('друга'));
    await send('лоша.zip', zipArchive(below('лоша', files)));
    await openRecord('000002', 'Пакет не испуњава захтеве свог стандарда');
    await page.getByText('Прве грешке').click();
    expect(await page.textContent('main')).to.include('BAGIT-3-VALID, data/одлука.txt');
    await expectAccessible(page);
  });
});
