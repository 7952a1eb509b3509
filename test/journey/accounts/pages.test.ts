import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { inviteFounder } from '../../../src/archive/administration/index.ts';
import { type RunningService, runService } from '../../api/running-service.ts';
import { axeFaults, expectAccessible } from '../accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from '../chromium.ts';

const chromium = chromiumPath();
const password = 'četiri reči zaredom';

(chromium ? describe : describe.skip)('the pages of accounts, in Chromium', function () {
  this.timeout(120_000);
  let service: RunningService;
  let browser: Browser;
  let page: Page;
  let origin: string;
  const complaints: string[] = [];

  before(async () => {
    service = await runService();
    origin = service.origin.replace('127.0.0.1', 'localhost'); // passkeys need a name
    browser = await openChromium(chromium as string);
    page = await browser.newPage({ locale: 'sr-RS', viewport: { width: 320, height: 640 } });
    await page.addInitScript(namesOfFunctions);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  async function expectGood(): Promise<void> {
    expect(await axeFaults(page), page.url()).to.deep.equal([]);
    await expectAccessible(page);
  }

  it('makes the first administrator by keyboard alone', async () => {
    await page.goto(`${origin}/sign-in?link=${await inviteFounder(service.service.accounts)}`);
    await expectGood();
    await page.focus('#displayName');
    await page.keyboard.type('Мира Петровић');
    await page.keyboard.press('Tab');
    await page.keyboard.type('mira');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await Promise.all([page.waitForURL(/changed=password/), page.keyboard.press('Enter')]);
    await expectGood();
    await page.fill('#name', 'mira');
    await page.fill('#password', password);
    await Promise.all([page.waitForURL(`${origin}/`), page.keyboard.press('Enter')]);
    expect(await page.textContent('footer')).to.include('mira');
  });

  for (const address of ['/account', '/people', '/tokens', '/confirm'])
    for (const language of ['sr-Cyrl', 'sr-Latn', 'en'])
      it(`has no fault at ${address} in ${language}`, async () => {
        await page.goto(`${origin}/language/${language}?to=${address}`);
        expect(new URL(page.url()).pathname).to.equal(address);
        await expectGood();
      });

  it('sets up codes by a picture in the page itself', async () => {
    await page.goto(`${origin}/account`);
    await page.fill('#codes-password', password);
    await Promise.all([page.waitForURL(/codes/), page.keyboard.press('Enter')]);
    expect((await page.locator('svg.qr').boundingBox())?.width).to.be.greaterThan(150);
    await expectGood();
  });

  it('adds a person, and shows the link once', async () => {
    await page.goto(`${origin}/people`);
    await page.fill('#displayName', '<b onmouseover=alert(1)>Пера</b>');
    await page.fill('#signInName', 'pera');
    await page.check('input[value=officer]');
    await page.click('main form button');
    expect(await page.textContent('code.secret')).to.match(/\/sign-in\?link=[\w-]{43}$/);
    await expectGood();
    await page.click('main p a');
    expect(await page.textContent('h1')).to.equal('<b onmouseover=alert(1)>Пера</b>');
    await expectGood();
  });

  it('adds a passkey, and comes in by it', async () => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${origin}/account`);
    await page.fill('#passkey-name', 'лаптоп');
    await page.click('[data-passkey=create] button');
    await page.waitForSelector('li.card:has-text("лаптоп")');
    await page.click('footer button');
    await page.waitForURL(/sign-in/);
    await page.click('[data-passkey=get] button');
    await page.waitForURL(`${origin}/`);
    const [row] = await service.service.context
      .catalog('access_tokens')
      .where({ kind: 'session' })
      .orderBy('created_at', 'desc');
    expect(row.assurance).to.equal('high');
  });

  it('breaks no rule of its own policy', () => {
    expect(complaints.filter((text) => /content security|csp/i.test(text))).to.deep.equal([]);
  });
});
