import { runService } from '../test/api/running-service.ts';
import { chromiumPath, openChromium } from '../test/journey/chromium.ts';
import { machine, median } from './measure.ts';

/**
 * How long the first pages take on a phone with a slow line: 1.6 Mbit/s, 150 ms there and back, a processor four times slower
 * than this one, nothing kept from before. Until everything is there and drawn.
 */
const path = chromiumPath();
if (!path) throw new Error('there is no Chromium; set CHROMIUM');
const service = await runService();
const browser = await openChromium(path);
console.log(machine());
await (await browser.newPage()).goto(service.origin); // the browser itself is warm
for (const address of ['/sign-in', '/', '/find', '/audit', '/operations']) {
  const taken: number[] = [];
  for (let run = 0; run < 5; run++) {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      extraHTTPHeaders: { Authorization: `Bearer ${service.token('administrator')}` },
    });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: (1.6 * 1_000_000) / 8,
      uploadThroughput: (0.75 * 1_000_000) / 8,
    });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const begun = performance.now();
    await page.goto(`${service.origin}${address}`, { waitUntil: 'load' });
    taken.push(performance.now() - begun);
    await context.close();
  }
  console.log(`${address}: median ${median(taken).toFixed(0)} ms, slowest ${Math.max(...taken).toFixed(0)} ms`);
}
await browser.close();
await service.close();
