import { expect } from 'chai';
import { safeFilePaths } from '../../../../src/standards/packages/index.ts';

describe('safe paths of files that keep their folders', () => {
  it('leaves what is safe as it is, in the order in which it came', () => {
    const paths = ['б/два.txt', 'а/један.txt', 'а/б/три.txt', 'четири.txt'];
    expect(safeFilePaths(paths)).to.deep.equal(paths);
  });

  it('makes each folder and name safe, and tells apart what clashes', () => {
    expect(safeFilePaths(['CON/a', 'Ime/a', 'IME/a', 'x<y/b:c', 'ime'])).to.deep.equal([
      '_CON/a',
      'Ime/a',
      'IME-2/a',
      'x_y/b_c',
      'ime-3',
    ]);
  });

  it('never leaves the folder', () => {
    for (const path of safeFilePaths(['../x', 'a/../../x', './x', 'a//b', '/x', 'a/.']))
      expect(
        path.split('/').filter((part) => ['', '.', '..'].includes(part)),
        path,
      ).to.deep.equal([]);
  });

  it('makes thousands of paths, deep ones too, without a stack or a second', () => {
    const deep = `${'d/'.repeat(500)}x`;
    const many = Array.from({ length: 20_000 }, (_, index) => `f${index % 50}/n${index}`);
    expect(new Set(safeFilePaths([deep, ...many])).size).to.equal(20_001);
  });
});
