import { expect } from 'chai';
import fc from 'fast-check';
import { safeFileNames } from '../../src/standards/packages/index.ts';

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(
      fc.constantFrom('a', 'A', '.', ' ', '/', 'e\u0301', 'é', 'ß', 'ss', 'İ', 'ﬁ', '-2', 'con', '\u0000', '.pdf'),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

describe('the law of safe file names', () => {
  const names = fc.array(anyName, { maxLength: 30 });

  it('each is a name on every file system', () => {
    fc.assert(
      fc.property(names, (originals) => {
        for (const name of safeFileNames(originals)) {
          expect(Buffer.byteLength(name)).to.be.within(1, 255);
          expect(name).to.equal(name.normalize('NFC'));
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
          expect(name).not.to.match(/[\u0000-\u001f\u007f<>:"/\\|?*]|[. ]$|^ /u);
          expect(name).not.to.match(/\p{Cs}/u);
          expect(['.', '..']).not.to.contain(name);
        }
      }),
    );
  });

  it('no two are one on a file system that folds case or Unicode forms', () => {
    fc.assert(
      fc.property(names, (originals) => {
        const safe = safeFileNames(originals);
        for (const fold of [
          (name: string) => name.toLowerCase(),
          (name: string) => name.toUpperCase(),
          (name: string) => name.normalize('NFD'),
          (name: string) => name.normalize('NFKD').toUpperCase(),
        ]) {
          expect(new Set(safe.map(fold)).size).to.equal(originals.length);
        }
      }),
    );
  });

  it('made safe again they stay as they are', () => {
    fc.assert(
      fc.property(names, (originals) => {
        const safe = safeFileNames(originals);
        expect(safeFileNames(safe)).to.deep.equal(safe);
      }),
    );
  });
});
