import { expect } from 'chai';
import { languageFor } from '../../../../src/service/messages/index.ts';

describe('the language for a browser', () => {
  for (const [header, language] of [
    ['', 'sr-Cyrl'],
    ['sr', 'sr-Cyrl'],
    ['sr-RS,en;q=0.5', 'sr-Cyrl'],
    ['sr-Latn-RS', 'sr-Latn'],
    ['en-GB,sr;q=0.9', 'en'],
    ['sr;q=0.4,en;q=0.9', 'en'],
    ['de,en;q=0.1', 'en'],
    ['de', 'sr-Cyrl'],
    ['hr', 'sr-Latn'],
    ['en;q=0', 'sr-Cyrl'],
    [';;;,,q=', 'sr-Cyrl'],
  ] as const)
    it(`is ${language} for “${header}”`, () => {
      expect(languageFor(header)).to.equal(language);
    });
});
