import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { type RunningService, runService } from '../api/running-service.ts';
import { emptyFolder } from '../support/folders.ts';
import { expectAccessible } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

const count = 200;

describe('a folder of two hundred files, sent through a connection that breaks', function () {
  this.timeout(120_000);
  const folder = emptyFolder();
  let service: RunningService;
  let browser: Browser;
  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    service = await runService();
    browser = await openChromium(path);
    mkdirSync(join(folder, 'дописи'));
    for (let number = 1; number <= count; number += 1)
      writeFileSync(join(folder, 'дописи', `допис ${number}.txt`), `Допис број ${number} о жалби`);
    writeFileSync(join(folder, 'велика.bin'), Buffer.alloc(20 << 20, 'велика датотека'));
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  async function open(): Promise<Page> {
    const context = await browser.newContext({ locale: 'sr-RS', viewport: { width: 390, height: 844 } });
    await context.addInitScript({ content: namesOfFunctions });
    const page = await context.newPage();
    await page.goto(`${service.origin}${await service.link('officer')}`);
    return page;
  }
  const total = async () => {
    let sum = 0;
    for (let cursor = ''; ; ) {
      const { body } = await service.as('officer').get(`/api/v1/records?limit=100${cursor}`);
      sum += body.records.length;
      if (!body.next) return sum;
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
    }
  };

  it('arrives whole, each file once, with its own bar, while the page tells of the broken connection', async () => {
    const page = await open();
    await page.locator('#folder').setInputFiles(join(folder, 'дописи'));
    await page.getByText(`${count} · `).waitFor();
    let requests = 0;
    await page.route('**/api/v1/uploads**', (route) => {
      requests += 1;
      return requests % 7 === 3 ? route.abort('connectionreset') : route.continue();
    });
    await page.getByRole('button', { name: 'Пошаљи у архив' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.chosen .state').length > 0);
    await expectAccessible(page);
    await page.waitForURL(/received/, { timeout: 60_000 });
    expect(requests).to.be.greaterThan(count);
    expect(await total()).to.equal(count);
  });

  it('goes on where it stopped when the page was closed in the middle of a large file', async () => {
    const page = await open();
    const isFirst = { value: true };
    await page.route('**/api/v1/uploads/*', (route) => {
      if (route.request().method() !== 'PATCH' || !isFirst.value) return route.continue();
      isFirst.value = false;
      return route.abort('connectionreset');
    });
    await page.locator('#files').setInputFiles(join(folder, 'велика.bin'));
    await page.getByRole('button', { name: 'Пошаљи у архив' }).click();
    await page.getByText('веза је прекинута').first().waitFor();
    page.on('dialog', (dialog) => dialog.accept());
    await page.goto(service.origin);
    await page.getByText('Претходно слање није завршено').waitFor();
    const offsets: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(request.headers()['upload-offset'] ?? '');
    });
    await page.locator('#files').setInputFiles(join(folder, 'велика.bin'));
    await page.getByRole('button', { name: 'Пошаљи у архив' }).click();
    await page.waitForURL(/receipt|received/, { timeout: 30_000 });
    expect(offsets[0]).to.equal(String(8 << 20));
    expect(await total()).to.equal(count + 1);
  });
});
