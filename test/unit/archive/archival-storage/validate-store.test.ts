import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { validateStore } from '../../../../src/archive/archival-storage/index.ts';
import { objectPath, storageRootFiles } from '../../../../src/standards/ocfl/index.ts';
import { ocflObject } from '../../../support/ocfl-object.ts';

describe('validation of an OCFL storage root', () => {
  let root: string;
  const write = (path: string, content: Uint8Array | string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const writeObject = (id: string, path = objectPath(id)) => {
    for (const [name, bytes] of ocflObject(id)) write(`${path}/${name}`, bytes);
  };
  const codes = async () => {
    const { errors, warnings } = await validateStore(root);
    return [...errors, ...warnings].map(({ code, place }) => `${code} ${place}`);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'trajno-ocfl-'));
    for (const { path, content } of storageRootFiles()) write(path, content);
    for (let number = 0; number < 40; number++) writeObject(`urn:example:${number}`);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('finds nothing in a root of ours', async () => {
    expect(await validateStore(root)).to.deep.equal({ valid: true, objects: 40, errors: [], warnings: [] });
  });

  it('names the object of every fault', async () => {
    const path = objectPath('urn:example:7');
    write(`${path}/v1/content/a.txt`, 'other');
    expect(await codes()).to.deep.equal([`E092 ${path}/v1/content/a.txt`]);
  });

  it('reports what does not belong in the hierarchy, and follows no link', async () => {
    write('stray/file.txt', 'x');
    mkdirSync(join(root, 'empty'));
    symlinkSync('/', join(root, 'link'));
    write('extensions/file', 'x');
    expect(await codes()).to.have.members(['E072 stray/file.txt', 'E073 empty', 'E090 link', 'E112 extensions/file']);
  });

  it('reports an id that stands twice', async () => {
    writeObject('urn:example:3', 'second/place');
    const { errors } = await validateStore(root);
    expect(errors.map(({ code }) => code)).to.deep.equal(['E037']);
  });

  it('reports a missing declaration and a layout that says nothing', async () => {
    rmSync(join(root, '0=ocfl_1.1'));
    write('ocfl_layout.json', '[]');
    expect(await codes()).to.have.members(['E069 ', 'E070 ocfl_layout.json']);
  });
});
