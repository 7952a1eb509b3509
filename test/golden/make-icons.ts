/** Draws the icons of the installed archive from its mark: run it when the mark changes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromiumPath, openChromium } from '../journey/chromium.ts';

const assets = new URL('../../src/service/web/assets/', import.meta.url);
const mark = readFileSync(new URL('mark.svg', assets), 'utf8');
const path = chromiumPath();
if (!path) throw new Error('the icons are drawn by Chromium; set CHROMIUM');
const browser = await openChromium(path);
const draw = async (name: string, size: number, svg: string) => {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `);
  await page.setContent(`<!DOCTYPE html><body style="margin:0">${sized}`);
  writeFileSync(new URL(name, assets), await page.screenshot({ omitBackground: true }));
  await page.close();
};
await draw('icon-192.png', 192, mark);
await draw('icon-512.png', 512, mark);
await draw('icon-maskable-512.png', 512, mark.replace(' rx="7"', '')); // the mark itself lies within the inner 80 %
await browser.close();
