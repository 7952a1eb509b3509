import { expect } from 'chai';
import { ownAddress } from '../../../../src/service/web/answer.ts';

describe('an address to come back to', () => {
  for (const own of ['/', '/find?text=%D0%B0&cursor=3', '/records/2026-000001'])
    it(`may be ${own}`, () => {
      expect(ownAddress(own)).to.equal(own);
    });

  for (const foreign of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\n/evil.example',
    '/ /evil.example',
    '',
    undefined,
    ['/a'],
    `/${'a'.repeat(3000)}`,
  ])
    it(`is the first page in the place of ${JSON.stringify(foreign)?.slice(0, 40)}`, () => {
      expect(ownAddress(foreign)).to.equal('/');
    });
});
