import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addPerson } from '../../src/archive/administration/index.ts';
import { listPeople } from '../../src/archive/data-management/index.ts';
import { pageRoutes } from '../../src/service/web/index.ts';
import { type RunningService, runService } from '../api/running-service.ts';
import { samplePdf } from '../support/sample-pdf.ts';
import { axeFaults, faultsOf } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

const chromium = chromiumPath();
const hostile =
  '<script>globalThis.pwned=1;fetch("http://127.0.0.1:9/")</script><img src=x onerror="globalThis.pwned=1">';
const files: Readonly<Record<string, string | (() => Promise<Uint8Array>)>> = {
  'Уговор о закупу.txt': `Уговор ${hostile}`,
  'зла.html': `<!DOCTYPE html><html><body>${hostile}</body></html>`,
  'зла.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.pwned=1"><script>globalThis.pwned=1</script><text>цртеж</text></svg>`,
  'рачун.xml':
    '<?xml version="1.0"?><Invoice xmlns="urn:x"><ID>15/2026</ID><Seller country="RS"><Name>Пекара &lt;b&gt;</Name></Seller></Invoice>',
  'решење.pdf': () => samplePdf(),
  'зао.pdf': async () => {
    const plain = Buffer.from(await samplePdf()).toString('latin1');
    const action = '/OpenAction << /S /JavaScript /JS (app.alert\\("pwned"\\)) >>';
    return Buffer.from(plain.replace('/Type /Catalog', `/Type /Catalog ${action}`), 'latin1');
  },
};
const numbers = Object.fromEntries(Object.keys(files).map((name, n) => [name, `2026-00000${n + 1}`]));

/** Every GET route of the pages with its places filled in, by the router itself: one that is added is walked too. */
(chromium ? describe : describe.skip)('every page', function () {
  this.timeout(process.env.SCREENSHOTS ? 600_000 : 120_000);
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let values: Readonly<Record<string, string>>;
  const complaints: string[] = [];

  before(async () => {
    service = await runService();
    const as = service.as('administrator');
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(await content());
      const metadata = JSON.stringify({ title: name, category: 'II-3' });
      await as.post('/api/v1/records').field('metadata', metadata).attach('file', bytes, name).set('Prefer', 'wait=30');
    }
    const issued = await as
      .post('/records/2026-000001/certify')
      .type('form')
      .send({ purpose: 'суд', form: 'electronic' });
    expect(issued.status, issued.text?.slice(0, 2000)).to.be.oneOf([200, 303]);
    const { body: copies } = await as.get('/api/v1/certified-copies');
    await as.post('/audit').type('form').send({});
    await as.post('/find/saved').type('form').send({ name: 'Закупи', query: 'text=zakup' });
    await addPerson(
      service.service.context,
      { name: 'operator', institution: 'default', roles: ['administrator'] },
      { signInName: 'mira', displayName: 'Мира', roles: ['officer'] },
    );
    const [person] = await listPeople(service.service.context.catalog, 'default');
    let audit = '';
    for (let tries = 0; tries < 200 && !audit; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      audit = (await as.get('/api/v1/audits')).body.audits[0]?.id ?? '';
    }
    values = {
      ':record': '2026-000001',
      ':version': '1',
      ':audit': audit,
      ':person': person?.id ?? '',
      ':copy': copies.copies[0]?.id ?? '',
      ':code': 'ABCD-EFGH-JKLM',
      ':sha256': 'a'.repeat(64),
      ':table': 'coverage.csv',
      ':language': 'en',
      ':file': '1',
    };
    browser = await openChromium(chromium as string);
    context = await browser.newContext({
      viewport: { width: 320, height: 640 },
      extraHTTPHeaders: { Authorization: `Bearer ${service.token('administrator')}` },
    });
    await context.addInitScript({ content: namesOfFunctions });
    page = await context.newPage();
    page.on('crash', () => complaints.push('the page crashed'));
    browser.on('disconnected', () => complaints.push('the browser went away'));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(service.origin) && !/^(data|blob|chrome|chrome-extension):/.test(request.url()))
        complaints.push(request.url());
    });
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  const filled = (path: string) => path.replace(/:[a-z0-9]+/g, (name) => values[name] ?? name);

  async function open(address: string, language: string): Promise<void> {
    await context.addCookies([{ name: 'trajno_language', value: language, url: service.origin }]);
    await page.goto(`${service.origin}${address}`);
    const shots = process.env.SCREENSHOTS;
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    const { width } = page.viewportSize() ?? { width: 0 };
    await page.screenshot({
      path: join(shots, `${address.replace(/\W+/g, '-').slice(0, 60)}-${language}-${width}.png`),
      fullPage: true,
    });
  }

  const faults = async () => [...(await axeFaults(page)), ...(await faultsOf(page))];

  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

  it('has no fault of WCAG 2.2 AA in either script and in English, at 320 pixels and at 200 %', async () => {
    const found: string[] = [];
    const addresses = [
      ...pageRoutes.filter(({ method }) => method === 'get').map(({ path }) => filled(path)),
      '/find?text=u&year=2026&verdict=none',
      '/records/2026-000004',
      '/records/2026-000005',
    ];
    let walked = 0;
    for (const address of addresses) {
      const { headers } = await service
        .as('administrator')
        .get(address)
        .redirects(0)
        .ok(() => true);
      if (!headers['content-type']?.startsWith('text/html')) continue;
      walked += 1;
      for (const language of ['sr-Cyrl', 'en']) {
        await open(address, language);
        found.push(...(await faults()).map((fault) => `${address} in ${language}: ${fault}`));
      }
      await open(address, 'sr-Latn');
      if (await isWide()) found.push(`${address} in sr-Latn scrolls sideways`);
      await page.setViewportSize({ width: 640, height: 512 }); // 1280 × 1024 at 200 %
      if (await isWide()) found.push(`${address} scrolls sideways at 200 %`);
      if (process.env.SCREENSHOTS) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await open(address, 'sr-Cyrl');
      }
      await page.setViewportSize({ width: 320, height: 640 });
    }
    expect(walked).to.be.above(20);
    expect(found).to.deep.equal([]);
  });

  it('executes nothing of what was sent in, whatever it is', async () => {
    complaints.length = 0;
    for (const [name, number] of Object.entries(numbers)) {
      await open(`/records/${number}`, 'sr-Cyrl');
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => 'pwned' in globalThis), name).to.equal(false);
      for (const frame of page.frames().slice(1))
        expect(frame.url(), name).to.match(/files\/1\?display=inline(#.*)?$|^chrome-extension:|^about:blank/);
      await page.goto(`${service.origin}/records/${number}/files/1?display=inline`).catch(() => undefined); // a download
    }
    expect(complaints.slice(0, 10)).to.deep.equal([]);
  });

  it('shows a document of each kind: PDF in the browser’s reader, XML as names and texts, the rest as it is written', async () => {
    await open('/records/2026-000005', 'en');
    expect(await page.locator('iframe.sheet-frame').count()).to.equal(1);
    await open('/records/2026-000006', 'en');
    expect(await page.locator('iframe').count()).to.equal(0);
    expect(await page.textContent('.preview')).to.include('only given to be downloaded');
    await open('/records/2026-000004', 'en');
    expect((await page.textContent('.sheet.xml'))?.replace(/\s+/g, ' ')).to.equal(
      'Invoice ID 15/2026Seller country: RSName Пекара <b>',
    );
    await open('/records/2026-000002', 'en');
    expect(await page.textContent('pre.sheet')).to.include('<script>globalThis.pwned=1');
  });

  it('weighs less than 100 KB with all that the page brings', async () => {
    for (const address of ['/', '/find', '/sign-in', '/audit', '/operations']) {
      const empty = await browser.newContext({
        extraHTTPHeaders: { Authorization: `Bearer ${service.token('administrator')}` },
      });
      const fresh = await empty.newPage();
      const sizes: Promise<number>[] = [];
      fresh.on('requestfinished', (request) => {
        sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize));
      });
      await fresh.goto(`${service.origin}${address}`, { waitUntil: 'networkidle' });
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
      await empty.close();
      expect(bytes, address).to.be.within(20_000, 100_000);
    }
  });

  it('lets someone search, read a record and start an audit by keyboard alone', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open('/find', 'sr-Cyrl');
    const tabTo = async (selector: string) => {
      for (let step = 0; step < 120; step++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
      }
      throw new Error(`no Tab leads to ${selector}`);
    };
    await tabTo('#text');
    await page.keyboard.type('zakup');
    await Promise.all([page.waitForURL(/text=zakup/), page.keyboard.press('Enter')]);
    await tabTo('.facets a[href*="category=ii_3"]');
    await Promise.all([page.waitForURL(/category=ii_3/), page.keyboard.press('Enter')]);
    await tabTo('.conditions a[aria-label*="Категорија"]');
    await Promise.all([page.waitForURL(/find\?text=zakup$/), page.keyboard.press('Enter')]);
    await tabTo('.card a.title');
    await Promise.all([page.waitForURL(/records\/2026-000001$/), page.keyboard.press('Enter')]);
    await tabTo('pre.sheet');
    await tabTo('.file-actions a');
    await page.keyboard.press('Home');
    await page.goto(page.url());
    await tabTo('nav a[href="/audit"]');
    await Promise.all([page.waitForURL(/\/audit$/), page.keyboard.press('Enter')]);
    await tabTo('#audit-location');
    await page.keyboard.press('ArrowDown');
    await tabTo('.start button');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('#table-audits ~ .wide tbody tr').length === 2, null, {
      timeout: 20_000,
    });
  });
});
