import { createHash } from 'node:crypto';
import { nextVersion, type OcflReader, sidecar } from '../../src/standards/ocfl/index.ts';

const sha512 = (text: string) => createHash('sha512').update(text).digest('hex');

/** The files of a valid OCFL object of two versions. */
export function ocflObject(id = 'urn:example:1'): Map<string, Uint8Array> {
  const note = {
    created: '2026-01-01T00:00:00Z',
    message: 'made',
    user: { name: 'A', address: 'mailto:a@example.org' },
  };
  const first = nextVersion(id, [{ path: 'a.txt', sha512: sha512('one') }], note);
  const second = nextVersion(
    id,
    [
      { path: 'a.txt', sha512: sha512('one') },
      { path: 'b/c.txt', sha512: sha512('two') },
    ],
    note,
    first.inventory,
  );
  const files: Record<string, string> = {
    '0=ocfl_object_1.1': 'ocfl_object_1.1\n',
    'v1/content/a.txt': 'one',
    'v2/content/b/c.txt': 'two',
    'v1/inventory.json': first.inventoryBytes.toString(),
    'v1/inventory.json.sha512': sidecar(first.inventorySha512),
    'v2/inventory.json': second.inventoryBytes.toString(),
    'v2/inventory.json.sha512': sidecar(second.inventorySha512),
    'inventory.json': second.inventoryBytes.toString(),
    'inventory.json.sha512': sidecar(second.inventorySha512),
  };
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

/** The same object with its inventory, and that of its head, edited and the sidecars made to fit. */
export function withInventory(
  files: ReadonlyMap<string, Uint8Array>,
  edit: (inventory: Record<string, unknown>) => unknown,
): Map<string, Uint8Array> {
  const edited = new Map(files);
  const inventory = JSON.parse(Buffer.from(files.get('inventory.json') ?? '').toString());
  const text = JSON.stringify(edit(inventory) ?? inventory);
  for (const folder of ['', 'v2/']) {
    edited.set(`${folder}inventory.json`, Buffer.from(text));
    edited.set(`${folder}inventory.json.sha512`, Buffer.from(sidecar(sha512(text))));
  }
  return edited;
}

/** Files in memory as the OCFL validator reads them. */
export function ocflFiles(files: ReadonlyMap<string, Uint8Array>): OcflReader {
  const bytesOf = (path: string) => {
    const bytes = files.get(path);
    if (!bytes) throw new Error(`there is no ${path}`);
    return bytes;
  };
  return {
    list: async (path) => {
      const prefix = path === '' ? '' : `${path}/`;
      const names = new Map<string, 'file' | 'folder'>();
      for (const file of files.keys()) {
        if (!file.startsWith(prefix)) continue;
        const [name = '', ...below] = file.slice(prefix.length).split('/');
        names.set(name, below.length > 0 ? 'folder' : 'file');
      }
      return [...names].map(([name, kind]) => ({ name, kind }));
    },
    read: async (path) => bytesOf(path),
    digest: async (path, algorithms) =>
      new Map(algorithms.map((algorithm) => [algorithm, createHash(algorithm).update(bytesOf(path)).digest('hex')])),
  };
}
