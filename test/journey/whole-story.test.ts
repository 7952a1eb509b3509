import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { filesInZip } from '../../src/archive/access/copy-verification/read-copy.ts';
import { totpCode } from '../../src/archive/administration/accounts/one-time-codes.ts';
import { bytesReader } from '../../src/base/index.ts';
import { contract, lastingSigner } from '../support/certified-copy.ts';
import { withLastBitFlipped } from '../support/flipped-bit.ts';
import { emptyFolder } from '../support/folders.ts';
import { type RunningProgram, startProgram } from '../support/running-program.ts';
import { toyKey } from '../support/toy-keys.ts';
import { type ServedToyPki, serveToyPki } from '../support/toy-pki-server.ts';
import { axeFaults, expectAccessible } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

const password = 'четири речи заредом';
const pin = 'тајна печата';
const count = 20;
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

/** One archive from its first start to its first repair, by five people, each at a screen of their own. */
describe('the whole story of an archive', function () {
  this.timeout(120_000);
  const data = emptyFolder();
  const papers = join(emptyFolder(), 'предмет');
  let pki: ServedToyPki;
  let program: RunningProgram;
  let browser: Browser;
  const complaints: string[] = [];

  before(async function () {
    const path = chromiumPath();
    if (!path) return this.skip();
    pki = await serveToyPki({ at: new Date(Date.now() - 60_000), clock: () => new Date(), isSilent: true });
    program = await startProgram(data, { ...(await ownSeal(pki)), TRAJNO_TIMESTAMPS: `${pki.url}/tsa` });
    mkdirSync(papers);
    for (let number = 1; number < count; number += 1)
      writeFileSync(join(papers, `Допис ${number} о комуналној жалби.txt`), `Допис број ${number}`);
    writeFileSync(
      join(papers, 'Уговор о закупу пословног простора.pdf'),
      await contract(pki, 'Ugovor o zakupu poslovnog prostora'),
    );
    browser = await openChromium(path);
  });
  after(async () => {
    await browser?.close();
    await program?.stop();
    await pki?.close();
  });

  it('begins with a link at the console, and ends with damage that was found and repaired', async () => {
    const administrator = await visitor(desktop);
    await becomeAdministrator(administrator);
    const officerLink = await invite(administrator, 'Јелена Јовић', 'jelena', 'officer');
    const lawyerLink = await invite(administrator, 'Марко Марић', 'marko', 'lawyer');
    const auditorLink = await invite(administrator, 'Ана Анић', 'ana', 'auditor');

    const officer = await visitor(desktop);
    await takeUp(officer, officerLink, 'jelena');
    await sendThroughBrokenConnection(officer);

    const lawyer = await visitor(phone);
    await takeUp(lawyer, lawyerLink, 'marko');
    const secret = await turnOnCodes(lawyer, 'lawyer-codes', 0);
    await findInTheOtherAlphabet(lawyer);
    const code = await takeCertifiedCopy(lawyer, secret);

    await checkAsStranger(await visitor(phone), code);

    flipBit(join(data, 'locations', 'second'));
    const auditor = await visitor(desktop);
    await takeUp(auditor, auditorLink, 'ana');
    await auditAndSeeItRepaired(auditor);
    expect(complaints).to.deep.equal([]);
  });

  /** A browser of somebody’s own. */
  async function visitor(viewport: typeof phone): Promise<Page> {
    const context = await browser.newContext({ locale: 'sr-RS', viewport, acceptDownloads: true });
    await context.addInitScript({ content: namesOfFunctions });
    const page = await context.newPage();
    page.on('console', (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    return page;
  }

  /** What the page must be, whoever looks at it; and a picture of it where pictures are asked for. */
  async function look(page: Page, name: string): Promise<void> {
    await expectAccessible(page);
    expect(await axeFaults(page), page.url()).to.deep.equal([]);
    const shots = process.env.SCREENSHOTS;
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.locator('h1').scrollIntoViewIfNeeded();
    if ((await page.locator('iframe').count()) > 0) await page.waitForTimeout(3000); // the browser's PDF reader starts
    await page.screenshot({ path: join(shots, `story-${name}.png`) });
  }

  async function becomeAdministrator(page: Page): Promise<void> {
    const link = /once, within the hour: (\S+)/.exec(program.said)?.[1];
    await page.goto(String(link));
    await look(page, 'first-administrator');
    await page.getByLabel('Име и презиме').fill('Мира Петровић');
    await page.getByLabel('Корисничко име').fill('mira');
    await page.getByLabel('Нова лозинка').fill(password);
    await page.getByRole('button', { name: 'Сачувај' }).click();
    await signIn(page, 'mira');
    await turnOnCodes(page, 'administrator-codes', 0);
  }

  async function signIn(page: Page, name: string): Promise<void> {
    await page.getByLabel('Корисничко име').fill(name);
    await page.getByLabel('Лозинка').fill(password);
    await page.getByRole('button', { name: 'Пријави се', exact: true }).click();
    await page.getByRole('link', { name: /Пријављени сте као/ }).waitFor();
  }

  /** The second factor: the secret is read as an authenticator would. @returns it */
  async function turnOnCodes(page: Page, name: string, stepsAhead: number): Promise<string> {
    await page.getByRole('link', { name: /Пријављени сте као/ }).click();
    await page.locator('#codes-password').fill(password);
    await page.getByRole('button', { name: 'Укључи кодове' }).click();
    await look(page, name);
    const secret = String(await page.textContent('code.secret')).replace(/\s/g, '');
    await page.getByLabel('Код', { exact: true }).fill(codeOf(secret, stepsAhead));
    await page.getByRole('button', { name: 'Укључи', exact: true }).click();
    await page.getByRole('link', { name: 'Сачувао сам их' }).click();
    return secret;
  }

  async function invite(page: Page, name: string, signInName: string, role: string): Promise<string> {
    await page.getByText('Још', { exact: true }).click();
    await page.getByRole('link', { name: 'Људи' }).click();
    await page.getByLabel('Име и презиме').fill(name);
    await page.getByLabel('Корисничко име').fill(signInName);
    await page.locator(`input[name=role][value=${role}]`).check();
    await page.getByRole('button', { name: 'Додај особу' }).click();
    return String(await page.textContent('code.secret'));
  }

  async function takeUp(page: Page, link: string, name: string): Promise<void> {
    await page.goto(link);
    await page.getByLabel('Нова лозинка').fill(password);
    await page.getByRole('button', { name: 'Сачувај' }).click();
    await signIn(page, name);
  }

  async function sendThroughBrokenConnection(page: Page): Promise<void> {
    await page.goto(program.origin);
    await page.locator('#folder').setInputFiles(papers);
    await page.getByText(`${count} · `).waitFor();
    let requests = 0;
    await page.route('**/api/v1/uploads**', (route) => {
      requests += 1;
      return requests % 7 === 3 ? route.abort('connectionreset') : route.continue();
    });
    await page.locator('#category').fill('II-3');
    await look(page, 'upload');
    await page.getByRole('button', { name: 'Пошаљи у архив' }).click();
    await page.waitForURL(/received/, { timeout: 60_000 });
    await page.locator('.card .title').first().waitFor();
    expect(await page.locator('.card').count()).to.equal(count);
    expect(requests).to.be.greaterThan(count);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }

  async function findInTheOtherAlphabet(page: Page): Promise<void> {
    const found = page.getByRole('link', { name: 'Уговор о закупу пословног простора' });
    for (let tries = 0; tries < 40 && !(await found.isVisible()); tries += 1) {
      await page.goto(`${program.origin}/find?text=zakupu`); // the archive still works at what was sent
      await page.waitForTimeout(tries === 0 ? 0 : 250);
    }
    await page.goto(`${program.origin}/find`);
    await page.getByLabel('Шта тражите').fill('zakupu');
    await page.getByRole('button', { name: 'Тражи', exact: true }).click();
    expect(await page.locator('.cards .card').count()).to.equal(1);
    await look(page, 'found');
    await found.click();
    await page.getByText('Потпис важи').or(page.getByText('важи')).first().waitFor();
    await look(page, 'record');
  }

  /** Three clicks: to the form, to issue it; the proof of who one is stands between, and leads back. */
  async function takeCertifiedCopy(page: Page, secret: string): Promise<string> {
    await page.getByRole('link', { name: 'Оверена копија', exact: true }).click();
    await look(page, 'proof-asked');
    await page.getByRole('link', { name: 'Потврдите да сте то ви' }).click();
    await page.getByLabel('Лозинка').fill(password);
    await page.getByLabel('Код', { exact: true }).fill(codeOf(secret, 1));
    await page.getByRole('button', { name: 'Потврди', exact: true }).click();
    await page.waitForURL(/\/records\/[\d-]+\/certify$/);
    await look(page, 'copy-form');
    expect(await page.textContent('main')).to.not.match(/TEST|проб/i);
    await page.getByLabel('Ко је тражи').fill('Мира Мирић');
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Издај оверену копију' }).click();
    const download = await Promise.race([downloaded, page.getByRole('heading', { name: 'Није успело' }).waitFor()]);
    if (!download) throw new Error(`${await page.textContent('main')}\n${program.log().slice(-4000)}`);
    const zip = join(emptyFolder(), 'copy.zip');
    await download.saveAs(zip);
    const files = await filesInZip(bytesReader(readFileSync(zip)));
    const [container = ''] = [...files.keys()];
    const inside = await filesInZip(bytesReader(files.get(container) ?? new Uint8Array()));
    const { code, isTest } = JSON.parse(Buffer.from(inside.get('copy.json') ?? '').toString());
    expect(isTest).to.equal(false);
    return code;
  }

  async function checkAsStranger(page: Page, code: string): Promise<void> {
    await page.goto(`${program.origin}/verify`);
    await page.getByLabel('Код са копије').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Провери' }).first().click();
    await page.getByRole('heading', { name: 'Копија је издата и важи' }).waitFor();
    await look(page, 'verified');
  }

  async function auditAndSeeItRepaired(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'Провера копија' }).or(page.locator('nav a[href="/audit"]')).first().click();
    await page.getByRole('button', { name: 'Покрени проверу' }).click();
    await page.getByText('налаза: 1, све поправљено').first().waitFor({ timeout: 30_000 });
    expect(await page.textContent('main')).to.contain('second');
    await look(page, 'audited');
    await page.locator('#table-audits ~ .wide tbody a').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await look(page, 'audit-report');
    await page.goto(`${program.origin}/find?text=zakupu`);
    await page.getByRole('link', { name: 'Уговор о закупу пословног простора' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.textContent('main')).to.include('Копија је поправљена из исправне');
    await look(page, 'repaired-record');
    await page.goto(`${program.origin}/find`);
    await look(page, 'found-on-desktop');
  }
});

/** The settings of a seal in a file, as an institution that bought one has it, below a root that is trusted. */
async function ownSeal(pki: ServedToyPki): Promise<NodeJS.ProcessEnv> {
  const folder = emptyFolder();
  const trust = emptyFolder();
  writeFileSync(join(trust, 'root.pem'), pki.anchorPem);
  const [authority] = pki.timestampAuthority.signer.chain; // trusted itself: nobody need be asked whether it was revoked
  writeFileSync(join(trust, 'timestamps.pem'), new X509Certificate(authority).toString());
  const name = 'Печат Градске управе Пример';
  const { signer } = await lastingSigner(pki, name);
  const pem = [...signer.chain, pki.root.signer.chain[0]].map((der) => new X509Certificate(der).toString());
  writeFileSync(join(folder, 'seal.pem'), pem.join(''));
  writeFileSync(
    join(folder, 'key.pem'),
    toyKey('ecdsa', `Igračka PKI ${name}`).export({ type: 'pkcs8', format: 'pem' }),
  );
  const given = [
    'pkcs12',
    '-export',
    '-inkey',
    'key.pem',
    '-in',
    'seal.pem',
    '-out',
    'seal.p12',
    '-passout',
    'env:PIN',
  ];
  execFileSync('openssl', given, { cwd: folder, env: { ...process.env, PIN: pin }, stdio: 'pipe' });
  return { TRAJNO_SEAL: join(folder, 'seal.p12'), TRAJNO_SEAL_PIN: pin, TRAJNO_TRUST: trust };
}

/** What an authenticator shows, now or so many half minutes later. */
const codeOf = (secret: string, stepsAhead: number) => totpCode(secret, Math.floor(Date.now() / 30_000) + stepsAhead);

/** Flips a bit of a document in a location, as a disk does. */
function flipBit(location: string): void {
  const document = readdirSync(location, { recursive: true, encoding: 'utf8' }).find((path) =>
    /representations.*\.pdf$/.test(path),
  );
  if (!document) throw new Error(`there is no document in ${location}`);
  const file = join(location, document);
  writeFileSync(file, withLastBitFlipped(readFileSync(file)));
}
