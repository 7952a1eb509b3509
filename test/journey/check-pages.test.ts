import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { type RunningService, runService } from '../api/running-service.ts';
import { earkFiles } from '../support/e-ark-package.ts';
import { emptyFolder } from '../support/folders.ts';
import { sampleContent, signedCms } from '../support/signed-cms.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { toyPki } from '../support/toy-pki.ts';
import { expectAccessible } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

describe('what is checked in the browser without being handed over', function () {
  this.timeout(60_000);
  let service: RunningService;
  let browser: Browser;

  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    service = await runService();
    browser = await openChromium(path);
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  async function open(javaScriptEnabled: boolean, width = 390, path = '/packages'): Promise<Page> {
    const context = await browser.newContext({
      locale: 'sr-RS',
      javaScriptEnabled,
      viewport: { width, height: 844 },
    });
    if (javaScriptEnabled) await context.addInitScript({ content: namesOfFunctions });
    const page = await context.newPage();
    await page.goto(`${service.origin}${await service.link()}`);
    await page.goto(`${service.origin}${path}`);
    return page;
  }

  async function shoot(page: Page, name: string): Promise<void> {
    const shots = process.env.SCREENSHOTS;
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  }

  it('takes a whole folder, names what is wrong in the reader’s language, and gives the report', async () => {
    const folder = join(emptyFolder(), 'package');
    const changed = 'representations/one/data/a.txt';
    for (const [path, bytes] of earkFiles()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), path === changed ? 'changed after it was packed' : bytes);
    }
    const page = await open(true);
    await expectAccessible(page);
    await shoot(page, 'package-form');
    await page.locator('#folder').setInputFiles(folder);
    await page.getByRole('button', { name: 'Провери' }).click();
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Пакет није исправан');
    const text = (await page.textContent('main')) ?? '';
    expect(text).to.include('CSIP71 – Контролни збир датотеке').and.include('Обавезно: 2');
    expect(await page.title()).to.include('Пакет није исправан');
    await expectAccessible(page);
    await shoot(page, 'package-not-valid');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Преузми налаз (JSON)' }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('package-validation.json');
  });

  it('works without scripts, with an archive', async () => {
    const page = await open(false, 1280);
    await page
      .locator('#files')
      .setInputFiles({ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('no') });
    await page.locator('#spec').selectOption('2.1.0');
    await page.getByRole('button', { name: 'Провери' }).click();
    expect(await page.textContent('h1')).to.equal('Пакет није исправан');
    expect(await page.textContent('main'))
      .to.include('CSIP 2.1.0')
      .and.include('Једна коренска фасцикла');
    await shoot(page, 'package-without-scripts');
  });

  it('tells of a signature in a sentence: a signature beside its document, and a document changed after signing', async () => {
    const pki = await toyPki();
    const page = await open(true, 390, '/check');
    await expectAccessible(page);
    await shoot(page, 'check-form');
    await page.locator('#files').setInputFiles([
      { name: 'а.txt', mimeType: 'text/plain', buffer: Buffer.from(sampleContent) },
      {
        name: 'а.txt.p7s',
        mimeType: 'application/pkcs7-signature',
        buffer: Buffer.from(await signedCms({ pki, packaging: 'detached' })),
      },
      {
        name: 'изјава.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from(await signedPdf({ pki, fault: 'changed-content', signatures: [{ timestamp: true }] })),
      },
    ]);
    await page.getByRole('button', { name: 'Провери' }).click();
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Неки потпис не важи');
    expect(await page.locator('h2').allTextContents()).to.deep.equal(['а.txt.p7s', 'изјава.pdf']);
    const text = (await page.textContent('main')) ?? '';
    expect(text).to.include('Документ је мењан после потписивања.').and.include('Временски жиг од');
    await expectAccessible(page);
    await shoot(page, 'check-verdict');
  });
});
