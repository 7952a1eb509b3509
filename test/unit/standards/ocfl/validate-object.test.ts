import { expect } from 'chai';
import { sha512Hex } from '../../../../src/base/index.ts';
import { sidecar, validateObject } from '../../../../src/standards/ocfl/index.ts';
import { ocflFiles, ocflObject, withInventory } from '../../../support/ocfl-object.ts';

type Inventory = Record<string, unknown> & { versions: Record<string, Record<string, unknown>> };

const codesOf = async (files: ReadonlyMap<string, Uint8Array>) => [
  ...new Set((await validateObject(ocflFiles(files))).findings.map(({ code }) => code)),
];
const edited = (edit: (inventory: Inventory) => unknown) =>
  codesOf(withInventory(ocflObject(), (inventory) => edit(inventory as Inventory)));

describe('validation of an OCFL object', () => {
  it('finds nothing in an object of ours', async () => {
    const { id, specification, findings } = await validateObject(ocflFiles(ocflObject()));
    expect({ id, specification, findings }).to.deep.equal({ id: 'urn:example:1', specification: '1.1', findings: [] });
  });

  for (const [code, what, edit] of [
    ['E102', 'an unknown key', (i: Inventory) => void Object.assign(i, { extra: 1 })],
    ['E041', 'no manifest', (i: Inventory) => void delete i.manifest],
    ['E045', 'versions that are a list', (i: Inventory) => void Object.assign(i, { versions: [] })],
    ['E047', 'a version that is a text', (i: Inventory) => void Object.assign(i.versions, { v1: 'x' })],
    ['E048', 'a version without a time', (i: Inventory) => void delete i.versions.v1?.created],
    ['E094', 'a message that is a number', (i: Inventory) => void Object.assign(i.versions.v1 ?? {}, { message: 1 })],
    ['E106', 'a manifest that is a list', (i: Inventory) => void Object.assign(i, { manifest: [] })],
    ['E111', 'a fixity block that is a text', (i: Inventory) => void Object.assign(i, { fixity: 'x' })],
    [
      'E056',
      'a fixity algorithm that nobody knows',
      (i: Inventory) => void Object.assign(i, { fixity: { rot13: {} } }),
    ],
    ['E057', 'a fixity block without lists', (i: Inventory) => void Object.assign(i, { fixity: { md5: { a: 'x' } } })],
    ['E018', 'the content directory “..”', (i: Inventory) => void Object.assign(i, { contentDirectory: '..' })],
    ['E038', 'a type of nothing', (i: Inventory) => void Object.assign(i, { type: 'x' })],
    ['E037', 'an id that is a number', (i: Inventory) => void Object.assign(i, { id: 7 })],
    ['E033', 'an inventory that is null', () => []],
  ] as const)
    it(`reports ${code} for ${what}`, async () => {
      expect(await edited(edit)).to.contain(code);
    });

  it('compares the digests of a fixity block that the manifest does not have', async () => {
    const wrong = await validateObject(
      ocflFiles(
        withInventory(
          ocflObject(),
          (i) => void Object.assign(i, { fixity: { md5: { ['0'.repeat(32)]: ['v1/content/a.txt'] } } }),
        ),
      ),
    );
    expect(wrong.findings.filter(({ code }) => code === 'E093')).to.have.length(1);
  });

  it('reads a path of the manifest that leaves the object never', async () => {
    const files = withInventory(ocflObject(), (i) => {
      (i.manifest as Record<string, string[]>)['f'.repeat(128)] = ['../../etc/passwd'];
    });
    const asked: string[] = [];
    const reader = ocflFiles(files);
    const watched = {
      ...reader,
      digest: (path: string, names: readonly string[]) => {
        asked.push(path);
        return reader.digest(path, names);
      },
    };
    const { findings } = await validateObject(watched);
    expect(findings.map(({ code }) => code)).to.contain('E099');
    expect(asked).to.have.members(['v1/content/a.txt', 'v2/content/b/c.txt']);
  });

  it('takes an object of OCFL 1.0, but no version newer than the object', async () => {
    const older = new Map<string, Uint8Array>();
    for (const [path, bytes] of ocflObject()) {
      if (path.endsWith('.sha512')) continue;
      const text = Buffer.from(bytes)
        .toString()
        .replace('ocfl.io/1.1', 'ocfl.io/1.0')
        .replace('ocfl_object_1.1', 'ocfl_object_1.0');
      older.set(path.replace('1.1', '1.0'), Buffer.from(text));
      if (path.endsWith('inventory.json')) older.set(`${path}.sha512`, Buffer.from(sidecar(sha512Hex(text))));
    }
    expect(await codesOf(older)).to.deep.equal([]);
    const newer = new Map(older);
    for (const name of ['v1/inventory.json', 'v1/inventory.json.sha512'])
      newer.set(name, ocflObject().get(name) ?? Buffer.alloc(0));
    expect(await codesOf(newer)).to.deep.equal(['E103']);
  });

  it('says that an object is of no version it knows', async () => {
    const files = ocflObject();
    files.delete('0=ocfl_object_1.1');
    files.set('0=ocfl_object_9.9', Buffer.from('ocfl_object_9.9\n'));
    expect(await codesOf(files)).to.deep.equal(['E006']);
  });

  it('bears JSON nested as deep as anyone likes', async () => {
    const files = ocflObject();
    const deep = Buffer.from(`{"id":"urn:x","versions":{"v1":{"user":${'['.repeat(200_000)}${']'.repeat(200_000)}}}}`);
    files.set('inventory.json', deep);
    expect(await codesOf(files)).to.include.members(['E036', 'E041', 'E054']);
  });

  it('finds a changed byte', async () => {
    const files = ocflObject();
    files.set('v1/content/a.txt', Buffer.from('onE'));
    expect(await codesOf(files)).to.deep.equal(['E092']);
  });
});
