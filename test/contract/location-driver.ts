import { Readable } from 'node:stream';
import { expect } from 'chai';
import type { LocationDriver, VersionToWrite } from '../../src/archive/archival-storage/index.ts';
import { ArchiveError, readWhole, sha512Hex } from '../../src/base/index.ts';
import { checkObject, nextVersion, objectPath, parseInventory } from '../../src/standards/ocfl/index.ts';

/** What a driver is tested with. */
export interface DriverUnderTest {
  readonly driver: LocationDriver;
  /** The same medium opened again, as after a restart. */
  reopen(): LocationDriver;
  /** Changes a stored file behind the driver's back. */
  damage(objectPath: string, path: string): Promise<void>;
  /** Takes everything away, as an unmounted disk does. */
  vanish(): Promise<void>;
}

const note = { created: '2026-11-24T12:00:00Z', message: 'test', user: { name: 'Test' } };
const id = 'urn:uuid:01890a5d-ac96-7b3c-8d5e-000000000001';

/** Every promise of `LocationDriver`, for every driver. */
export function describeLocationDriver(name: string, create: () => Promise<DriverUnderTest>): void {
  describe(`location driver: ${name}`, () => {
    it('gives an empty location an identity and keeps it', async () => {
      const { driver, reopen } = await create();
      const identity = await driver.open(undefined);
      expect(await reopen().open(identity)).to.equal(identity);
    });

    it('refuses a location that held something and is empty now', async () => {
      const { driver, reopen, vanish } = await create();
      const identity = await driver.open(undefined);
      await vanish();
      expect(await refusal(reopen().open(identity))).to.equal('LOCATION_UNAVAILABLE');
    });

    it('refuses the store of another location', async () => {
      const [one, other] = [await create(), await create()];
      const identity = await one.driver.open(undefined);
      await other.driver.open(undefined);
      expect(await refusal(other.reopen().open(identity))).to.equal('LOCATION_UNAVAILABLE');
    });

    it('makes a version visible only when it is placed, and gives its bytes back', async () => {
      const { driver } = await opened(create);
      const version = await firstVersion(driver, { 'a.txt': 'one', 'data/b.bin': 'two' });
      await driver.writeVersion(version);
      expect(await driver.readInventory(id)).to.equal(undefined);
      await driver.sync();
      await driver.placeVersion(version);
      expect(sha512Hex((await driver.readInventory(id)) ?? '')).to.equal(version.inventorySha512);
      const file = await driver.openFile(id, 'v1/content/data/b.bin');
      expect(Buffer.from(await readWhole(file, 100)).toString()).to.equal('two');
      expect(Buffer.from(await file.read(1, 1)).toString()).to.equal('w');
      expect(await faults(driver)).to.deep.equal([]);
    });

    it('places a version twice without harm', async () => {
      const { driver } = await opened(create);
      const version = await firstVersion(driver, { 'a.txt': 'one' });
      for (let time = 0; time < 2; time++) {
        await driver.writeVersion(version);
        await driver.placeVersion(version);
      }
      expect(await faults(driver)).to.deep.equal([]);
    });

    it('lets an unacknowledged attempt at the same version give way', async () => {
      const { driver } = await opened(create);
      for (const text of ['half done', 'one']) {
        const version = await firstVersion(driver, { 'a.txt': text });
        await driver.writeVersion(version);
        await driver.placeVersion(version);
      }
      const file = await driver.openFile(id, 'v1/content/a.txt');
      expect(Buffer.from(await readWhole(file, 100)).toString()).to.equal('one');
      expect(await faults(driver)).to.deep.equal([]);
    });

    it('adds a second version without touching the first', async () => {
      const { driver } = await opened(create);
      const first = await firstVersion(driver, { 'a.txt': 'one', 'b.txt': 'stays' });
      await driver.writeVersion(first);
      await driver.placeVersion(first);
      const second = versionAfter(parseInventory(first.inventoryBytes), { 'a.txt': 'changed', 'b.txt': 'stays' });
      expect(second.files.map((file) => file.contentPath)).to.deep.equal(['v2/content/a.txt']);
      await driver.writeVersion(second);
      await driver.placeVersion(second);
      expect(
        await faults(
          driver,
          new Map([
            ['v1', first.inventorySha512],
            ['v2', second.inventorySha512],
          ]),
        ),
      ).to.deep.equal([]);
    });

    it('takes staged files into a version and forgets them when staging is dropped', async () => {
      const { driver } = await opened(create);
      const bytes = Buffer.alloc(300_000, 7);
      const writer = await driver.createStaged(id, 'f0');
      await writer.write(bytes.subarray(0, 200_000));
      await writer.write(bytes.subarray(200_000));
      await writer.close(true);
      expect(await driver.listStaged()).to.deep.equal([id]);
      const version = await firstVersion(driver, {}, [{ path: 'data/big', staged: 'f0', sha512: sha512Hex(bytes) }]);
      await driver.writeVersion(version);
      await driver.placeVersion(version);
      await driver.dropStaged(id);
      expect(await driver.listStaged()).to.deep.equal([]);
      expect(await faults(driver)).to.deep.equal([]);
    });

    it('takes a staged file from another location of this machine, if it can at all', async () => {
      const [from, to] = [(await opened(create)).driver, (await opened(create)).driver];
      const writer = await from.createStaged(id, 'f0');
      await writer.write(Buffer.from('copied by the system'));
      await writer.close(true);
      const path = from.stagedPath?.(id, 'f0');
      if (path === undefined || !to.copyStaged) return; // it is written to like any other
      await to.copyStaged(id, 'f0', path);
      expect(Buffer.from(await readWhole(await to.readStaged(id, 'f0'), 100)).toString()).to.equal(
        'copied by the system',
      );
      expect(await refusal(to.copyStaged(id, 'f1', `${path}-missing`))).to.equal('LOCATION_UNAVAILABLE');
    });

    it('does not place what it reads back differently', async () => {
      const { driver } = await opened(create);
      const version = await firstVersion(driver, { 'a.txt': 'one' });
      const lying = { ...version, files: version.files.map((file) => ({ ...file, bytes: Buffer.from('two') })) };
      await driver.writeVersion(lying);
      expect(await refusal(driver.placeVersion(lying))).to.equal('LOCATION_CORRUPT');
      expect(await driver.readInventory(id)).to.equal(undefined);
    });

    it('shows damage, and repairs it from healthy bytes only', async () => {
      const under = await opened(create);
      const { driver } = under;
      const version = await firstVersion(driver, { 'a.txt': 'one' });
      await driver.writeVersion(version);
      await driver.placeVersion(version);
      await under.damage(objectPath(id), 'v1/content/a.txt');
      expect((await faults(driver)).map(({ kind, path }) => [kind, path])).to.deep.equal([
        ['damaged', 'v1/content/a.txt'],
      ]);
      const healthy = { size: 3, read: async () => Buffer.from('one'), stream: () => stream('one') };
      const wrong = { ...healthy, stream: () => stream('two') };
      expect(await refusal(driver.repairFile(objectPath(id), 'v1/content/a.txt', wrong, sha512Hex('one')))).to.equal(
        'LOCATION_CORRUPT',
      );
      await driver.repairFile(objectPath(id), 'v1/content/a.txt', healthy, sha512Hex('one'));
      expect(await faults(driver)).to.deep.equal([]);
    });

    it('removes an object, and lists those that are left', async () => {
      const { driver } = await opened(create);
      const version = await firstVersion(driver, { 'a.txt': 'one' });
      await driver.writeVersion(version);
      await driver.placeVersion(version);
      expect(await all(driver.listObjects())).to.deep.equal([objectPath(id)]);
      await driver.removeObject(id);
      await driver.removeObject(id);
      expect(await all(driver.listObjects())).to.deep.equal([]);
    });

    it('keeps the open end of the journal across a restart', async () => {
      const { driver, reopen } = await create();
      const identity = await driver.open(undefined);
      expect(await driver.appendJournal('one\n')).to.equal(4);
      expect(await driver.appendJournal('two\n')).to.equal(8);
      const again = reopen();
      await again.open(identity);
      expect(await again.readJournal()).to.equal('one\ntwo\n');
      await again.replaceJournal('three\n');
      expect([await again.journalSize(), await again.readJournal()]).to.deep.equal([6, 'three\n']);
    });
  });
}

async function opened(create: () => Promise<DriverUnderTest>): Promise<DriverUnderTest> {
  const under = await create();
  await under.driver.open(undefined);
  return under;
}

async function firstVersion(
  _driver: LocationDriver,
  files: Record<string, string>,
  staged: { path: string; staged: string; sha512: string }[] = [],
): Promise<VersionToWrite> {
  const state = [...Object.entries(files).map(([path, text]) => ({ path, sha512: sha512Hex(text) })), ...staged];
  const version = nextVersion(id, state, note);
  return {
    objectId: id,
    stagingId: id,
    head: 'v1',
    inventoryBytes: version.inventoryBytes,
    inventorySha512: version.inventorySha512,
    files: [
      ...Object.entries(files).map(([path, text]) => ({
        contentPath: `v1/content/${path}`,
        sha512: sha512Hex(text),
        bytes: Buffer.from(text),
      })),
      ...staged.map((file) => ({ contentPath: `v1/content/${file.path}`, sha512: file.sha512, staged: file.staged })),
    ],
  };
}

function versionAfter(previous: Parameters<typeof nextVersion>[3], files: Record<string, string>): VersionToWrite {
  const version = nextVersion(
    id,
    Object.entries(files).map(([path, text]) => ({ path, sha512: sha512Hex(text) })),
    note,
    previous,
  );
  return {
    objectId: id,
    stagingId: id,
    head: version.inventory.head,
    inventoryBytes: version.inventoryBytes,
    inventorySha512: version.inventorySha512,
    files: [...version.contentPaths].map(([path, contentPath]) => ({
      contentPath,
      sha512: sha512Hex(files[path] ?? ''),
      bytes: Buffer.from(files[path] ?? ''),
    })),
  };
}

async function faults(driver: LocationDriver, known?: ReadonlyMap<string, string>) {
  const [found] = await driver.readObjects([objectPath(id)]);
  if (!found) throw new Error('the object is not there');
  return checkObject(id, found, known);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ArchiveError) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function stream(text: string): NodeJS.ReadableStream {
  return Readable.from([Buffer.from(text)]);
}
