import { expect } from 'chai';
import type { Context } from 'koa';
import { waitOf, within } from '../../../../src/service/http/preferences.ts';

const asking = (prefer: string) => ({ get: () => prefer }) as unknown as Context;

describe('Prefer: wait', () => {
  for (const [header, seconds] of [
    ['', 0],
    ['wait=10', 10],
    ['respond-async, wait=5', 5],
    ['wait=9999', 60],
    ['wait=abc', 0],
    ['await=7', 0],
    ['wait=10s', 0],
  ] as const)
    it(`“${header}” means ${seconds} seconds`, () => {
      expect(waitOf(asking(header))).to.equal(seconds);
    });

  it('gives the outcome when it comes in time, and nothing when it does not', async () => {
    expect(await within(Promise.resolve('done'), 5)).to.equal('done');
    expect(await within(new Promise(() => {}), 0.02)).to.equal(undefined);
    expect(await within(Promise.resolve('done'), 0)).to.equal(undefined);
  });
});
