import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { trajno } from '../support/command.ts';
import { earkFiles } from '../support/e-ark-package.ts';
import { ocflObject } from '../support/ocfl-object.ts';

/** What scripts depend on: exit codes and JSON, with no archive at hand. */
describe('validating what others made', function () {
  this.timeout(60_000);
  let folder: string;
  const write = (name: string, files: ReadonlyMap<string, Uint8Array>) => {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true });
      writeFileSync(join(folder, name, path), bytes);
    }
    return join(folder, name);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'trajno-foreign-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('judges an E-ARK package: 0 for a good one, 1 for a broken MUST, 2 for none', async () => {
    const path = write('package', earkFiles());
    const good = await trajno(['package', 'validate', path, '--json']);
    expect(good.code).to.equal(0);
    expect(JSON.parse(good.out)).to.include({ valid: true, specification: 'CSIP 2.2.0, AIP 2.2.0' });
    writeFileSync(join(path, 'documentation/readme.txt'), 'changed');
    const bad = await trajno(['package', 'validate', path, '--spec', '2.2', '--json']);
    expect(bad.code).to.equal(1);
    const [finding] = JSON.parse(bad.out).findings.filter(({ id }: { id: string }) => id === 'CSIP71');
    expect(finding).to.have.all.keys('id', 'level', 'requirement', 'message', 'place').and.include({ level: 'MUST' });
    expect((await trajno(['package', 'validate', join(folder, 'nothing')])).code).to.equal(2);
  });

  it('judges an OCFL object: 0 for a good one, 1 for an error, 2 for none', async () => {
    const path = write('object', ocflObject());
    const good = await trajno(['store', 'validate', path, '--json']);
    expect(good.code).to.equal(0);
    expect(JSON.parse(good.out)).to.deep.include({ valid: true, errors: [], warnings: [] });
    writeFileSync(join(path, 'v1/content/a.txt'), 'changed');
    const bad = await trajno(['store', 'validate', path, '--json']);
    expect(bad.code).to.equal(1);
    expect(JSON.parse(bad.out).errors[0]).to.include({ code: 'E092', place: 'v1/content/a.txt' });
    expect((await trajno(['store', 'validate'])).code).to.equal(2);
  });
});
