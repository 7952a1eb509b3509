import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { archiveErrorCodes } from '../src/base/index.ts';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(join(root, 'src'), { recursive: true })
  .map(String)
  .filter((path) => /\.tsx?$/.test(path));

describe('the layout', () => {
  it('has a heading in docs/problems.md for every code that people can meet', () => {
    const text = readFileSync(join(root, 'docs/problems.md'), 'utf8');
    for (const code of archiveErrorCodes) expect(text, code).to.match(new RegExp(`^#+ .*${code}`, 'm'));
  });

  it('uses no name that says nothing', () => {
    const forbidden = /(^|[/-])(utils?|helpers?|manager|common|misc|impl|abstract|default)(\.tsx?$|\/)/;
    expect(sources.filter((path) => forbidden.test(path))).to.deep.equal([]);
  });

  it('keeps its files short enough to be read', () => {
    const tables = /(table|messages?|syntax)[^/]*\.tsx?$/;
    const long = sources
      .map((path) => ({ path, lines: readFileSync(join(root, 'src', path), 'utf8').split('\n').length }))
      .filter(({ path, lines }) => lines > 400 && !tables.test(path));
    expect(long).to.deep.equal([]);
  });

  it('lists every dependency with what it is for', () => {
    const text = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const name of Object.keys({ ...dependencies, ...devDependencies }))
      expect(text, name).to.contain(`\`${name}\``);
  });

  it('names no registry in a committed file', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(lock).to.not.match(/"resolved": "https?:/);
  });

  it('has a table of who may import whom that bites', function () {
    this.timeout(60_000);
    const planted = join(root, 'src/standards/packages/planted-violation.ts');
    writeFileSync(
      planted,
      "import { readFileSync } from 'node:fs';\nimport { openIngest } from '../../archive/ingest/index.ts';\nexport const planted = [readFileSync, openIngest];\n",
    );
    try {
      execFileSync('npx', ['depcruise', 'src/standards/packages', '--config', '.dependency-cruiser.cjs'], {
        cwd: root,
        stdio: 'pipe',
      });
      expect.fail('a planted violation passed');
    } catch (error) {
      const said = String((error as { stdout?: unknown }).stdout);
      expect(said).to.contain('standards-are-pure').and.contain('room-standards-packages');
    } finally {
      rmSync(planted);
    }
  });

  it('has the documents that a newcomer looks for', () => {
    for (const name of [
      'README.md',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
      'CHANGELOG.md',
      'SECURITY.md',
      'LICENSE',
      'docs/decisions.md',
    ])
      expect(existsSync(join(root, name)), name).to.equal(true);
  });
});
