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
    expect(errors.map(({ code }) => code)).to.deep.equal(['E083', 'E037']);
  });

  const layout = (extension: string, settings: object) => {
    rmSync(root, { recursive: true });
    write('0=ocfl_1.1', 'ocfl_1.1\n');
    write('ocfl_layout.json', JSON.stringify({ extension, description: 'as the registry has it' }));
    write(`extensions/${extension}/config.json`, JSON.stringify({ extensionName: extension, ...settings }));
  };

  // the examples of the extensions themselves
  for (const [extension, settings, id, path] of [
    ['0002-flat-direct-storage-layout', {}, 'info_fedora_object-01', 'info_fedora_object-01'],
    ['0003-hash-and-id-n-tuple-storage-layout', {}, 'object-01', '3c0/ff4/240/object-01'],
    ['0003-hash-and-id-n-tuple-storage-layout', {}, '..hor/rib:le-$id', '487/326/d8c/%2e%2ehor%2frib%3ale-%24id'],
    [
      '0003-hash-and-id-n-tuple-storage-layout',
      { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 15 },
      'object-01',
      'ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/object-01',
    ],
    [
      '0004-hashed-n-tuple-storage-layout',
      {},
      'object-01',
      '3c0/ff4/240/3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4',
    ],
    [
      '0004-hashed-n-tuple-storage-layout',
      { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 15, shortObjectRoot: true },
      'object-01',
      'ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/4e',
    ],
    ['0006-flat-omit-prefix-storage-layout', { delimiter: ':' }, 'namespace:12887296', '12887296'],
  ] as const)
    it(`knows where ${extension} puts ${id}`, async () => {
      layout(extension, settings);
      writeObject(id, path);
      expect((await codes()).filter((code) => !code.startsWith('W005'))).to.deep.equal([]);
      layout(extension, settings);
      writeObject(id, `else/where/${path}`);
      expect((await codes()).filter((code) => !code.startsWith('W005'))).to.deep.equal([`E083 else/where/${path}`]);
    });

  it('warns of a root without a layout whose objects lie at different depths', async () => {
    rmSync(join(root, 'ocfl_layout.json'));
    writeObject('urn:example:deep', 'a/b');
    expect(await codes()).to.deep.equal(['W014 ']);
    writeObject('urn:example:top', 'top');
    expect(await codes()).to.deep.equal(['W015 ']);
  });

  it('reports a missing declaration and a layout that says nothing', async () => {
    rmSync(join(root, '0=ocfl_1.1'));
    write('ocfl_layout.json', '[]');
    expect(await codes()).to.have.members(['E069 ', 'E070 ocfl_layout.json']);
  });
});
