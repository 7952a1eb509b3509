import { expect } from 'chai';
import { isIgnored, sortBag, sortSip } from '../../../../../src/archive/ingest/packages/sort-parts.ts';

const parts = (...paths: readonly string[]) =>
  paths.map((originalName, index) => ({ staged: `p${index}`, originalName, size: 1, sha256: '', sha512: '' }));
const shown = (files: readonly { representation?: string; path: string; originalName: string; role?: string }[]) =>
  files.map(({ representation, path, originalName, role }) =>
    `${representation} ${path} ${originalName} ${role ?? ''}`.trim(),
  );

describe('sorting a package', () => {
  it('makes documents of a bag’s payload and keeps its folders, whatever they are called', () => {
    const { originals, submission } = sortBag(
      parts('bagit.txt', 'data/a/b.txt', 'data/data/x', 'data/CON', 'meta/x.xml'),
    );
    expect(originals.map(({ path, originalName }) => [path, originalName])).to.deep.equal([
      ['a/b.txt', 'a/b.txt'],
      ['data/x', 'data/x'],
      ['_CON', 'CON'],
    ]);
    expect(submission.map(({ path }) => path)).to.deep.equal(['bagit.txt', 'meta/x.xml']);
  });

  it('makes representations of a SIP’s, and one of all documentation', () => {
    const { originals, submission } = sortSip(
      parts(
        'METS.xml',
        'metadata/descriptive/dc.xml',
        'documentation/a.pdf',
        'representations/r1/METS.xml',
        'representations/r1/data/x/a.txt',
        'representations/r1/metadata/preservation/p.xml',
        'representations/r1/documentation/b.pdf',
        'representations/r2/a.txt',
        'representations/r2/elsewhere/c.txt',
        'representations/documentation/data/d.txt',
        'representations/loose.txt',
        'other/e.txt',
      ),
    );
    expect(shown(originals)).to.deep.equal([
      'r1 x/a.txt x/a.txt',
      'r2 a.txt a.txt',
      'r2 elsewhere/c.txt elsewhere/c.txt',
      'documentation d.txt d.txt',
      'documentation-2 a.pdf a.pdf attachment',
      'documentation-2 r1/b.pdf r1/b.pdf attachment',
    ]);
    expect(submission.map(({ originalName }) => originalName)).to.deep.equal([
      'METS.xml',
      'metadata/descriptive/dc.xml',
      'representations/r1/METS.xml',
      'representations/r1/metadata/preservation/p.xml',
      'representations/loose.txt',
      'other/e.txt',
    ]);
  });

  it('loses no file and keeps none twice', () => {
    const names = [
      'METS.xml',
      'a',
      'representations/x',
      'representations/r/data',
      'representations/r/data/y',
      'documentation',
    ];
    const { originals, submission } = sortSip(parts(...names));
    const staged = [...originals, ...submission].map((file) => file.staged);
    expect(staged.toSorted()).to.deep.equal(names.map((_, index) => `p${index}`));
  });

  it('ignores what systems leave behind, but in a bag’s payload', () => {
    expect(isIgnored('.DS_Store', 'bag')).to.equal(true);
    expect(isIgnored('data/.DS_Store', 'bag')).to.equal(false);
    expect(isIgnored('representations/r/data/Thumbs.db', 'SIP')).to.equal(true);
    expect(isIgnored('data/a.txt', 'SIP')).to.equal(false);
  });
});
