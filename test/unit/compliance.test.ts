import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { requirementIds } from '../support/requirement-ids.ts';

const root = join(import.meta.dirname, '../..');
const words = ['met', 'needs the institution’s own act', 'planned', 'not applicable'];

/** The lines of the tables. */
const lines = readFileSync(join(root, 'docs/compliance.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z0-9]+-[A-Za-z0-9]+ \|/.test(line))
  .map((line) => {
    const [, id = '', word = '', how = '', tests = ''] = line.split('|').map((cell) => cell.trim());
    return { id, word, how, tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '') };
  });

describe('docs/compliance.md', () => {
  it('tells of every line of the checklist once', () => {
    expect(lines.map(({ id }) => id)).to.have.members([...requirementIds]);
    expect(new Set(requirementIds).size).to.equal(requirementIds.length);
  });

  it('says where each line stands, in one of four words, and how', () => {
    for (const { id, word, how } of lines) {
      expect(words, id).to.include(word);
      expect(how, id).to.not.equal('');
    }
  });

  it('names a test for everything that is met', () => {
    for (const { id, word, tests } of lines) if (word === 'met') expect(tests, id).to.not.deep.equal([]);
  });

  it('names no test that is not there', () => {
    for (const { id, tests } of lines)
      for (const path of tests)
        expect(existsSync(join(root, 'test', `${path}.test.ts`)), `${id}: ${path}`).to.equal(true);
  });
});
