import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Chromium lies; undefined where there is none, which is a failure in CI and a reason to skip elsewhere. */
export function chromiumPath(): string | undefined {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (existsSync(path)) return path;
  if (process.env.CI) throw new Error(`there is no Chromium at ${path}; set CHROMIUM`);
  return undefined;
}

/** Starts Chromium without anything that calls home. */
export async function openChromium(executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const newContext = browser.newContext.bind(browser);
  // what a service worker sends has neither the routes nor the headers that a test gives its pages
  browser.newContext = (options) => newContext({ serviceWorkers: 'block', ...options });
  return browser;
}

/** tsx marks functions by a call of this name, which pages do not have when such a function runs in them. */
export const namesOfFunctions = 'globalThis.__name = (value) => value;';
