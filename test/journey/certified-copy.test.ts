import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { filesInZip } from '../../src/archive/access/copy-verification/read-copy.ts';
import { type CopyContext, revocationLists } from '../../src/archive/access/index.ts';
import { bytesReader } from '../../src/base/index.ts';
import { type CertificateHolder, sealPades } from '../../src/standards/seals/index.ts';
import { type RunningService, runService } from '../api/running-service.ts';
import { keep } from '../support/archive.ts';
import { contract, issuingBy, lastingSigner } from '../support/certified-copy.ts';
import { emptyFolder } from '../support/folders.ts';
import { toyPki } from '../support/toy-pki.ts';
import { expectAccessible } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

describe('a certified copy in three clicks, and its check by a stranger with a phone', function () {
  this.timeout(60_000);
  const folder = emptyFolder();
  let service: RunningService;
  let browser: Browser;
  let server: Server;
  let origin: string;
  let number: string;
  let decision: { readonly number: string };
  let person: CertificateHolder;

  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    const trust = emptyFolder();
    const pki = await toyPki({ at: new Date(Date.now() - 60_000) });
    writeFileSync(join(trust, 'root.pem'), pki.anchorPem);
    service = await runService({ TRAJNO_TRUST: trust });
    const issuing = issuingBy(service.service.copies, pki, await lastingSigner(pki, 'Печат'));
    person = await lastingSigner(pki, 'Ана Анић');
    const certificateSerial = new X509Certificate(person.signer.chain[0]).serialNumber;
    const authorisedPerson = { name: 'Ана Анић', capacity: 'начелник', act: 'решење бр. 5/2026', certificateSerial };
    const payee = { account: '840-955845-10', name: 'Градска управа Пример' };
    const copies: CopyContext = {
      ...issuing,
      issuer: { ...issuing.issuer, authorisedPerson, payee },
      asksPersonSignature: async (record) => record.number === decision.number,
    };
    server = service.appWith({ copies, revocationLists: revocationLists(copies) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    ({ number } = await keep(service.service as never, { 'Уговор.pdf': await contract(pki) }));
    decision = await keep(service.service as never, { 'Решење.pdf': await contract(pki, 'Решење') });
    browser = await openChromium(path);
  });
  after(async () => {
    await browser?.close();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    await service?.close();
  });

  async function open(locale: string, width = 390): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ locale, viewport: { width, height: 844 }, acceptDownloads: true });
    await context.addInitScript({ content: namesOfFunctions });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    return { page, complaints };
  }

  async function shoot(page: Page, name: string): Promise<void> {
    const shots = process.env.SCREENSHOTS;
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  }

  it('is issued from the record’s page, printed, and found sound by whoever has the code or a file', async () => {
    const { page, complaints } = await open('sr-RS');
    await page.goto(`${origin}${await service.link('authorised-person')}`);
    await page.goto(`${origin}/records/${number}`);
    await page.getByRole('link', { name: 'Оверена копија', exact: true }).click();
    await expectAccessible(page);
    await shoot(page, 'copy-form');
    await page.getByLabel('Ко је тражи').fill('Мира Мирић');
    await page.getByLabel('Такса (динара)').fill('310');
    const zip = await downloaded(page, () => page.getByRole('button', { name: 'Издај оверену копију' }).click());
    const files = await filesInZip(bytesReader(zip));
    const [container = ''] = [...files.keys()];
    const inside = await filesInZip(bytesReader(files.get(container) ?? new Uint8Array()));
    const { code } = JSON.parse(Buffer.from(inside.get('copy.json') ?? '').toString());

    await page.goto(`${origin}/records/${number}`);
    await page.getByRole('link', { name: container.replace('.asice', '') }).click();
    await expectAccessible(page);
    await shoot(page, 'copy-register');
    await page.getByRole('link', { name: 'Налог за уплату' }).click();
    await expectAccessible(page);
    await shoot(page, 'copy-payment');
    expect(await page.textContent('main')).to.match(/310,00 RSD.*97 \d\d-\d{10}/s);
    await page.goBack();
    await page.getByLabel('Дан уплате').fill('2026-11-25');
    await page.getByRole('button', { name: 'Упиши уплату' }).click();
    await page.getByText('плаћено 25.11.2026.: 310,00 RSD').first().waitFor();
    await page.getByRole('link', { name: 'Штампани примерак' }).click();
    await page.getByRole('button', { name: 'Одштампај и забележи' }).click();
    await expectAccessible(page);
    await shoot(page, 'copy-paper');
    expect(await page.textContent('main')).to.contain('Одштампани примерак електронског документа');

    const stranger = await open('en-GB');
    await stranger.page.goto(`${origin}/verify`);
    await expectAccessible(stranger.page);
    await shoot(stranger.page, 'verify');
    await stranger.page.getByLabel('Code of the copy').fill(code.toLowerCase());
    await stranger.page.getByRole('button', { name: 'Check' }).first().click();
    await stranger.page.waitForURL(/\/verify\/.{5}-/);
    await expectAccessible(stranger.page);
    await shoot(stranger.page, 'verify-code');
    expect(await stranger.page.textContent('h1')).to.equal('The copy was issued and stands');
    const sent: string[] = [];
    stranger.page.on('request', (request) => sent.push(`${request.method()} ${request.postData() ?? ''}`));
    const original = join(folder, 'ugovor.pdf');
    const bytes = Buffer.from(inside.get('original-1.pdf') ?? '');
    writeFileSync(original, bytes);
    await stranger.page.locator('#file').setInputFiles(original);
    await stranger.page.waitForURL(/sha256=/);
    expect(await stranger.page.textContent('main')).to.contain('belongs to this copy: original');
    bytes[300] = (bytes[300] ?? 0) ^ 1;
    writeFileSync(original, bytes);
    const before = stranger.page.url();
    await stranger.page.locator('#file').setInputFiles(original);
    await stranger.page.waitForURL((url) => url.href !== before);
    expect(await stranger.page.textContent('main')).to.contain('none of the files of this copy');
    expect(sent.every((request) => request === 'GET ')).to.equal(true);
    expect([...complaints, ...stranger.complaints]).to.deep.equal([]);
  });

  it('waits for the authorised person, who downloads the certificate, signs it and returns it', async () => {
    const { page, complaints } = await open('sr-RS', 1200);
    await page.goto(`${origin}${await service.link('authorised-person')}`);
    await page.goto(`${origin}/records/${decision.number}/certify`);
    await page.getByRole('button', { name: 'Припреми за потпис' }).click();
    await page.getByRole('heading', { name: 'Уверење чека потпис' }).waitFor();
    await expectAccessible(page);
    await shoot(page, 'copy-prepared');
    const download = await downloaded(page, () => page.getByRole('link', { name: 'Преузмите уверење (PDF)' }).click());
    const update = await sealPades(bytesReader(download), person.signer, { signingTime: new Date() });
    const signed = join(folder, 'signed.pdf');
    writeFileSync(signed, Buffer.concat([download, update]));
    await page.getByLabel('Вратите потписано уверење').setInputFiles(signed);
    const zip = await downloaded(page, () => page.getByRole('button', { name: 'Издај оверену копију' }).click());
    const [container = ''] = [...(await filesInZip(bytesReader(zip))).keys()];
    await page.goto(`${origin}/certified-copies`);
    await page.getByRole('link', { name: container.replace('.asice', '') }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  async function downloaded(page: Page, act: () => Promise<void>): Promise<Buffer> {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    const path = join(folder, `${Math.random()}.download`);
    await download.saveAs(path);
    return readFileSync(path);
  }
});
