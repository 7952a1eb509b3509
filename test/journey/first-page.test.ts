import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type RunningService, runService } from '../api/running-service.ts';
import { emptyFolder } from '../support/folders.ts';
import { expectAccessible, faultsOf } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

/** Moves on with Tab until the element is focused, as someone without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (isThere) return;
  }
  throw new Error(`no Tab leads to ${selector}`);
}

describe('the first page, by a records officer without a mouse', function () {
  this.timeout(120_000);
  const folder = emptyFolder();
  const files = ['Уговор о закупу.txt', 'Записник са седнице.txt'].map((name) => join(folder, name));
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    for (const [index, file] of files.entries()) writeFileSync(file, `Садржај ${index} ${'а'.repeat(200)}`);
    service = await runService();
    browser = await openChromium(path);
    context = await browser.newContext({
      locale: 'sr-RS',
      viewport: { width: 390, height: 844 },
      acceptDownloads: true,
    });
    await context.addInitScript({ content: namesOfFunctions });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });
  beforeEach(function () {
    const steps = this.currentTest?.parent?.tests ?? [];
    if (steps.some((step) => step.isFailed())) this.skip(); // each step goes on from the one before
  });
  afterEach(async function () {
    const shots = process.env.SCREENSHOTS;
    if (!shots || !page || this.currentTest?.isPending()) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${this.currentTest?.title.slice(0, 40)}.png`), fullPage: true });
  });

  it('tells in Serbian how to come in, and comes in by the link', async () => {
    await page.goto(`${service.origin}/`);
    expect(await page.textContent('h1')).to.equal('Пријава');
    await expectAccessible(page);
    await page.goto(`${service.origin}${await service.link()}`);
    expect(await page.textContent('h1')).to.equal('Архивирајте документе');
    await expectAccessible(page);
    complaints.length = 0; // the browser complains of 401, which it was
  });

  it('sends two files by keyboard alone', async () => {
    const choosing = page.waitForEvent('filechooser');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className), 'the first stop skips the menu').to.equal(
      'skip',
    );
    await page.keyboard.press('Enter');
    await tabTo(page, '#files');
    await page.keyboard.press('Enter');
    await (await choosing).setFiles(files);
    expect(await page.locator('#chosen li').count()).to.equal(2);
    await tabTo(page, '#category');
    await page.keyboard.type('II-3');
    await tabTo(page, '#upload button[type=submit].primary');
    await Promise.all([page.waitForURL(/\/received/), page.keyboard.press('Enter')]);
    expect(await page.textContent('h1')).to.equal('Примљена су 2 документа');
    await expectAccessible(page);
  });

  it('gets a receipt that becomes the receipt of archiving', async () => {
    await page.getByRole('link', { name: 'Уговор о закупу.txt' }).focus();
    await Promise.all([page.waitForURL(/receipt/), page.keyboard.press('Enter')]);
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Потврда о архивирању', null, {
      timeout: 30_000,
    });
    const digest = createHash('sha256')
      .update(readFileSync(files[0] as string))
      .digest('hex');
    expect(await page.textContent('.receipt'))
      .to.include(digest)
      .and.include('Чека следећи временски жиг');
    await expectAccessible(page);
  });

  it('changes to Latin letters in one click and stays there', async () => {
    await page.getByRole('link', { name: 'Srpski, latinica' }).click();
    expect(await page.textContent('h1')).to.equal('Potvrda o arhiviranju');
    await page.goto(`${service.origin}/find`);
    expect(await page.textContent('h1')).to.equal('Pretraga');
    await expectAccessible(page);
  });

  it('finds in Latin letters what was written in Cyrillic', async () => {
    await page.locator('#text').focus();
    await page.keyboard.type('ugovor zakup');
    await Promise.all([page.waitForURL(/text=ugovor/), page.keyboard.press('Enter')]);
    expect(await page.locator('.card').count()).to.equal(1);
    await page.goto(`${service.origin}/find?text=nepostojece`);
    expect(await page.locator('.card').count()).to.equal(0);
    await expectAccessible(page);
    await page.goBack();
  });

  it('sees one record: state, copies, history', async () => {
    await page.getByRole('link', { name: 'Уговор о закупу.txt' }).focus();
    await Promise.all([page.waitForURL(/records\/\d{4}-\d{6}$/), page.keyboard.press('Enter')]);
    const text = (await page.textContent('main')) ?? '';
    expect(text).to.include('arhiviran').and.include('II-3').and.include('Jedna kopija').and.include('first');
    expect(text).to.include('Uložen u arhiv; izdata je potvrda o arhiviranju');
    await expectAccessible(page);
  });

  it('downloads the file whole and in part', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Preuzmi: / }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('Уговор о закупу.txt');
    const saved = readFileSync(await download.path());
    expect(saved.equals(readFileSync(files[0] as string))).to.equal(true);
    const address = await page.getByRole('link', { name: /^Preuzmi: / }).getAttribute('href');
    const part = await page.evaluate(async (file) => {
      const response = await fetch(file, { headers: { Range: 'bytes=2-5' } });
      return { status: response.status, bytes: [...new Uint8Array(await response.arrayBuffer())] };
    }, address as string);
    expect(part).to.deep.equal({ status: 206, bytes: [...saved.subarray(2, 6)] });
  });

  it('corrects the title, with the reason kept beside the version', async () => {
    await page.getByRole('link', { name: 'Ispravi podatke' }).click();
    await expectAccessible(page);
    await page.fill('#field-title', 'Уговор о закупу пословног простора');
    await page.fill('#reason', 'потпун наслов');
    await page.getByRole('button', { name: 'Sačuvaj novu verziju' }).click();
    expect(await page.textContent('h1')).to.equal('Уговор о закупу пословног простора');
    expect(await page.textContent('main'))
      .to.include('Verzija 2')
      .and.include('потпун наслов');
  });

  it('hears at the field what is wrong, and keeps what was chosen and typed', async () => {
    await page.goto(`${service.origin}/`);
    await page.setInputFiles('#files', files[0] as string);
    await page.fill('#field-title', 'Задржани наслов');
    await page.locator('details.more summary').click();
    await page.evaluate(() => document.getElementById('field-rokCuvanja')?.removeAttribute('pattern'));
    await page.fill('#field-rokCuvanja', 'дуго');
    await page.getByRole('button', { name: 'Pošalji u arhiv' }).click();
    await page.waitForSelector('.fault');
    expect(await page.textContent('#field-rokCuvanja-fault')).to.include('Vrednost nije u traženom obliku.');
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal('field-rokCuvanja');
    expect(await page.inputValue('#field-title')).to.equal('Задржани наслов');
    expect(await page.locator('#chosen li').count()).to.equal(1);
    await expectAccessible(page);
    await page.fill('#field-rokCuvanja', '10');
    await page.getByRole('button', { name: 'Pošalji u arhiv' }).click();
    await page.waitForURL(/receipt/);
    expect(await page.textContent('.receipt')).to.include('Isti sadržaj je već primljen');
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('422')));
  });

  it('starts an audit and sees it end well', async () => {
    await page.goto(`${service.origin}/audit`);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Pokreni proveru' }).click();
    const finished = 'table[aria-labelledby=table-audits] tbody';
    await page.waitForSelector(finished, { timeout: 60_000 });
    expect(await page.textContent(finished)).to.include('sve je ispravno');
    await page.locator(`${finished} a`).first().click();
    expect(await page.textContent('h1')).to.equal('Izveštaj o proveri');
    await expectAccessible(page);
  });

  it('sees as tasks what has no category', async () => {
    await page.goto(`${service.origin}/tasks`);
    expect(await page.textContent('main')).to.include('Primljeni, nesvrstani');
    await expectAccessible(page);
  });

  it('reads every page at 320 pixels, in the dark, in three languages', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const colorScheme of ['light', 'dark'] as const)
      for (const language of ['sr-Cyrl', 'sr-Latn', 'en']) {
        await page.emulateMedia({ colorScheme });
        for (const address of [
          '/',
          '/find',
          '/records/2026-000001',
          '/records/2026-000001/receipt',
          '/tasks',
          '/audit',
        ]) {
          await page.goto(`${service.origin}/language/${language}?to=${address}`);
          await expectAccessible(page);
        }
      }
  });

  it('works without scripts', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'en' });
    const simple = await plain.newPage();
    await simple.goto(`${service.origin}${await service.link()}`);
    await simple.setInputFiles('#files', files);
    await simple.check('input[name=together][value=yes]');
    await simple.fill('#field-title', 'Without scripts');
    await simple.click('#upload button.primary');
    await simple.waitForURL(/receipt/);
    expect(await simple.textContent('.receipt')).to.include('Without scripts');
    expect(await simple.locator('.receipt .files').first().locator('li').count()).to.equal(2);
    await plain.close();
  });

  it('goes out, and nothing is shown to whoever comes next', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(`${service.origin}/find`);
    expect(await page.textContent('h1')).to.equal('Sign in');
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
  });

  it('would have been found out if it were not accessible', async () => {
    const other = await context.newPage();
    await other.setContent(
      '<html lang="de"><title>a</title><main><h2 style="color:#999;background:#fff">B</h2><input><img src="x"></main></html>',
    );
    const found = await faultsOf(other);
    for (const fault of ['language', 'first headings', 'skips a level', 'has no name', 'no alt', 'contrast'])
      expect(found.join('; ')).to.include(fault);
    await other.close();
  });

  it('gave the browser nothing to complain of', () => {
    expect(complaints).to.deep.equal([]);
  });
});
