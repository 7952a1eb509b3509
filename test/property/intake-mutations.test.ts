import { expect } from 'chai';
import fc from 'fast-check';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { bagFiles, below } from '../support/bag.ts';
import { sipFiles } from '../support/sip.ts';
import { zipArchive } from '../support/zip-archive.ts';

const numRuns = Math.ceil(Number(process.env.NUM_RUNS ?? 200) / 4);

const packages: readonly ReadonlyMap<string, Buffer>[] = [
  bagFiles({ info: ['Contact-Name: Живка'], algorithms: ['md5', 'sha256'] }),
  sipFiles({ a: { 'a.txt': 'а', 'б/в.txt': 'в' }, b: { 'a.txt': 'друга' } }),
];
const hostile = ['<', '&', '"', '../', '\0', '%2e%2e/', '<!DOCTYPE x>', '\u{FEFF}', '/>', 'data/', '~', 'AIP', ' '];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 60 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(...hostile).map((text) => new Uint8Array(Buffer.from(text))),
  ),
});

function edited(bytes: Uint8Array, { at, cut, put }: { at: number; cut: number; put: Uint8Array }): Buffer {
  const start = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + cut)]);
}

/** Whatever comes, work on it ends: nothing is thrown, and nothing waits to be tried again and again. */
describe('packages that are damaged anyhow and handed over', function () {
  this.timeout(600_000);
  let archive: OpenArchive;
  before(async () => {
    archive = await testArchive().open();
  });
  const atRest = async (zip: Buffer) => {
    const record = await keep(archive, { 'paket.zip': zip });
    expect(record.state, record.reason?.detail).to.be.oneOf(['archived', 'rejected']);
    if (record.state === 'archived') expect(record.files).to.not.be.empty;
  };

  it('end archived or refused when files in them are damaged', async () => {
    const which = fc
      .constantFrom(...packages)
      .chain((files) => fc.tuple(fc.constant(files), fc.constantFrom(...files.keys()), fc.boolean(), edit));
    await fc.assert(
      fc.asyncProperty(which, async ([files, path, isRenamed, change]) => {
        const damaged = new Map<string, Uint8Array>(files);
        const bytes = damaged.get(path) ?? Buffer.alloc(0);
        damaged.delete(path);
        damaged.set(isRenamed ? path.toUpperCase() : path, isRenamed ? bytes : edited(bytes, change));
        await atRest(zipArchive(below('sip-1', damaged)));
      }),
      { numRuns },
    );
  });

  it('end archived or refused when the archive file itself is damaged', async () => {
    const archives = packages.map((files) => zipArchive(below('sip-1', files)));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...archives), edit, async (zip, change) => atRest(edited(zip, change))),
      { numRuns },
    );
  });
});
