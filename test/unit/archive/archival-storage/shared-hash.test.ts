import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import {
  type FilesystemWorkers,
  startFilesystemWorkers,
} from '../../../../src/archive/archival-storage/filesystem/workers.ts';
import { sha512Hex } from '../../../../src/base/index.ts';

describe('the SHA-512 of a stream, by another thread', () => {
  let workers: FilesystemWorkers;
  before(() => {
    workers = startFilesystemWorkers(2);
  });
  after(() => workers.close());

  const taken = () => {
    const hasher = workers.hashStream();
    if (!hasher) throw new Error('no thread is free');
    return hasher;
  };

  it('is that of its bytes, however they come', async () => {
    for (const lengths of [
      [],
      [0],
      [1],
      [5, 0, 1 << 20, 3],
      [(3 << 20) + 1],
      Array.from({ length: 40 }, (_, n) => n * 50_000),
    ]) {
      const hasher = taken();
      const whole = createHash('sha512');
      for (const length of lengths) {
        const chunk = randomBytes(length);
        await hasher.update(chunk);
        whole.update(chunk);
        chunk.fill(0); // the caller's memory is its own again
      }
      expect(await hasher.digest()).to.equal(whole.digest('hex'));
    }
  });

  it('has no more threads than there are, and those that are given up are free again', async () => {
    const hashers = [taken(), taken()];
    expect(workers.hashStream()).to.equal(undefined);
    for (const hasher of hashers) {
      await hasher.update(randomBytes(9 << 20));
      hasher.abandon();
    }
    while (!workers.hashStream()) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('leaves the threads that write and read to others, however slowly a stream is read', async () => {
    const slow = startFilesystemWorkers(1);
    const hasher = slow.hashStream();
    await hasher?.update(Buffer.from('споро'));
    expect((await slow.digestFile(import.meta.filename)).size).to.be.greaterThan(0);
    expect(await hasher?.digest()).to.equal(sha512Hex('споро'));
    await slow.close();
  });
});
