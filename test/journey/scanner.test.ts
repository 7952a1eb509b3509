import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { sha256Hex } from '../../src/base/index.ts';
import { type RunningService, runService } from '../api/running-service.ts';
import { expectAccessible } from './accessibility.ts';
import { chromiumPath, namesOfFunctions, openChromium } from './chromium.ts';

describe('paper photographed with a phone', function () {
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

  async function open(role: 'officer' | 'second-checker'): Promise<Page> {
    const context = await browser.newContext({ locale: 'sr-RS', viewport: { width: 390, height: 844 } });
    await context.addInitScript({ content: namesOfFunctions });
    const page = await context.newPage();
    await page.goto(`${service.origin}${await service.link(role)}`);
    return page;
  }

  it('becomes one document whose pages stand as they were put, and a second person sees them beside the form', async () => {
    const page = await open('officer');
    expect(await page.locator('#camera').isVisible()).to.equal(false);
    await page.locator('#profile').selectOption('digitised-paper');
    await page.locator('#camera').waitFor();
    expect(await page.locator('#camera').getAttribute('capture')).to.equal('environment');
    const photographs = await page.evaluate(async () => {
      const drawn: string[] = [];
      for (const colour of ['#a00', '#0a0', '#00a', '#aa0']) {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [300, 400];
        const brush = canvas.getContext('2d') as CanvasRenderingContext2D;
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 300, 400);
        drawn.push(canvas.toDataURL('image/jpeg').split(',')[1] ?? '');
      }
      return drawn;
    });
    const bytes = photographs.map((text) => Buffer.from(text, 'base64'));
    const take = (places: number[]) =>
      page.locator('#camera').setInputFiles(
        places.map((place) => ({
          name: 'image.jpeg',
          mimeType: 'image/jpeg',
          buffer: bytes[place] ?? Buffer.alloc(0),
        })),
      );
    const names = () => page.locator('.chosen .file-name').allTextContents();
    await take([0, 1]);
    await take([2]); // one photograph at a time, as phones give them
    await take([3]);
    expect(await names()).to.deep.equal(['001.jpg', '002.jpg', '003.jpg', '004.jpg']);
    expect(await page.locator('[name=together][value=yes]').isChecked()).to.equal(true);
    await page.getByRole('button', { name: 'Помери 003.jpg напред' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter'); // the focus went with the page
    await page.getByRole('button', { name: 'Уклони 004.jpg' }).press('Enter');
    expect(await names()).to.deep.equal(['001.jpg', '002.jpg', '003.jpg']);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.chosen canvas')].every((each) => (each as HTMLCanvasElement).width === 320),
    );
    await expectAccessible(page);
    await page.locator('#field-title').fill('Решење из 1974.');
    await page.locator('#category').fill('K-1');
    await page.locator('#field-izvorniOblik').selectOption('papirni');
    await page.locator('#field-uredjaj').fill('телефон');
    await page.locator('#field-rezolucija').fill('300');
    await page.locator('#field-snimio').fill('Пера Перић');
    await page.locator('#field-datumDigitalizacije').fill('2026-11-20');
    await page.locator('#field-stanjeIzvornika').selectOption('delimicno');
    await page.locator('#description summary').first().click();
    await page.locator('#field-opisOstecenja').fill('подеран доњи угао');
    await page.getByRole('button', { name: 'Пошаљи у архив' }).click();
    await page.waitForURL(/receipt|received/);
    const [, number = ''] = /(\d{4}-\d{6})/.exec(page.url()) ?? [];
    await service.service.intakes.stop();
    const { body: record } = await service.as('officer').get(`/api/v1/records/${number}`);
    expect(record.error.code).to.equal('SECOND_CHECK_NEEDED');
    expect(record.files.map(({ name, sha256 }: { name: string; sha256: string }) => [name, sha256])).to.deep.equal(
      [2, 0, 1].map((place, index) => [`00${index + 1}.jpg`, sha256Hex(bytes[place] ?? Buffer.alloc(0))]),
    );
    const second = await open('second-checker');
    await second.goto(`${service.origin}/records/${number}`);
    await second.waitForFunction(
      () =>
        [...document.querySelectorAll<HTMLImageElement>('.pages-to-check img')].filter(
          ({ naturalWidth }) => naturalWidth === 300,
        ).length > 0,
    );
    expect(await second.locator('.pages-to-check img').count()).to.equal(3);
    expect(await second.locator('.two-columns form[action$="/decide"]').count()).to.equal(1);
    await expectAccessible(second);
    await second.setViewportSize({ width: 1280, height: 900 });
    const [images, form] = await Promise.all([
      second.locator('.pages-to-check').boundingBox(),
      second.locator('form[action$="/decide"]').boundingBox(),
    ]);
    expect((images?.x ?? 0) + (images?.width ?? 0)).to.be.at.most(form?.x ?? 0);
  });
});
