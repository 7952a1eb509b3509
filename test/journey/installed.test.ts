import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { sha256Hex } from '../../src/base/index.ts';
import { type RunningService, runService } from '../api/running-service.ts';
import { expectAccessible } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

describe('the archive installed on a phone', function () {
  this.timeout(60_000);
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    service = await runService();
    browser = await openChromium(path);
    context = await browser.newContext({
      serviceWorkers: 'allow',
      locale: 'sr-RS',
      viewport: { width: 390, height: 844 },
    });
    await context.addInitScript({ content: namesOfFunctions });
    page = await context.newPage();
    await page.goto(`${service.origin}${await service.link('officer')}`);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  it('can be installed, as Chromium sees it', async () => {
    const devtools = await context.newCDPSession(page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    const own = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'); // as every test’s browser is
    expect(own).to.deep.equal([]);
    const { errors, data } = await devtools.send('Page.getAppManifest');
    expect(errors).to.deep.equal([]);
    expect(JSON.parse(data ?? '').lang).to.equal('sr-Cyrl');
  });

  it('keeps neither records nor pages with content', async () => {
    await page.goto(`${service.origin}/find`);
    await page.goto(`${service.origin}/`);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const caught = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return { names, addresses: caught.flat().map(({ url }) => new URL(url).pathname) };
    });
    expect(kept.names).to.have.length(1);
    expect(kept.addresses.filter((address) => !address.startsWith('/assets/'))).to.deep.equal(['/offline']);
    expect(kept.addresses).to.include('/assets/style.css');
  });

  it('says that there is no connection where there is none, and goes on when it is back', async () => {
    await context.setOffline(true);
    await page.goto(`${service.origin}/find`);
    await page.getByRole('heading', { name: 'Нема везе' }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).to.equal('flex'); // with its style
    await expectAccessible(page);
    await context.setOffline(false);
    await page.goto(`${service.origin}/find`);
    await page.locator('#text').waitFor();
  });

  it('sends what was shared with it once it is described', async () => {
    const share = await context.request.post(`${service.origin}/share`, {
      headers: { 'Sec-Fetch-Site': 'none' },
      multipart: { file: { name: 'слика.txt', mimeType: 'text/plain', buffer: Buffer.from('са телефона') } },
    });
    expect(share.ok()).to.equal(true);
    await page.goto(service.origin);
    await page.locator('.chosen .file-name', { hasText: 'слика.txt' }).waitFor();
    await expectAccessible(page);
    const sent: string[] = [];
    page.on('request', (request) => void sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await page.getByRole('button', { name: 'Пошаљи у архив' }).click();
    await page.waitForURL(/receipt|received/);
    expect(sent).to.include('POST /upload/finished').and.not.include('POST /api/v1/uploads');
  });

  it('gives a receipt that fits on one sheet, without what is only for the screen, and can be saved', async () => {
    await page.goto(`${service.origin}/records/2026-000001/receipt`);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['nav', '.languages', '.bottom', '.actions', '.skip'])
      expect(await page.locator(hidden).first().isVisible(), hidden).to.equal(false);
    expect(await page.locator('.receipt .digest').first().isVisible()).to.equal(true);
    const sheet = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    expect(sheet.match(/\/Type\s*\/Page\b/g)).to.have.length(1);
    await page.emulateMedia({ media: 'screen' });
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Сачувај' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).to.match(/2026-000001\.txt$/);
    expect((await page.locator('.receipt .digest').last().textContent())?.length).to.be.above(60);
    expect(await textOf(await saved.createReadStream())).to.include(sha256Hex(Buffer.from('са телефона')));
  });
});

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
