import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import type { VersionToWrite } from '../../src/archive/archival-storage/index.ts';
import { keepRepresentationInformation } from '../../src/archive/packaging/index.ts';
import { testArchive } from '../support/archive.ts';

function signal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

describe('one object of the store, stored by two at once', function () {
  this.timeout(30_000);

  it('is stored by both: none takes away what the other is about to put in its place', async () => {
    const { context } = await testArchive().open();
    const { storage } = context;
    const files = [{ name: 'a list', path: 'list.xml', content: Buffer.from('<list/>') }];
    const [other, dropped] = [signal(), signal()];
    // the second places when the first drops what it staged, if nothing keeps them apart
    const first = {
      ...context,
      storage: {
        ...storage,
        dropStaged: async (stagingId: string) => {
          for (const driver of storage.active()) meet(driver);
          await Promise.race([other.given, wait(500)]);
          await storage.dropStaged(stagingId);
          dropped.give();
        },
      },
    };
    const meet = (driver: { placeVersion(version: VersionToWrite): Promise<void> }) => {
      const place = driver.placeVersion;
      driver.placeVersion = async (version) => {
        other.give();
        await dropped.given;
        return place(version);
      };
    };
    const [one, two] = await Promise.all([
      keepRepresentationInformation(first, files),
      keepRepresentationInformation(context, files),
    ]);
    expect(one).to.deep.equal(two);
    expect(await storage.readInventory(one[0]?.objectId ?? '')).to.not.equal(undefined);
  });
});
