import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../src/base/index.ts';
import { filesPackage, type PackageReader, validateBag } from '../../src/standards/packages/index.ts';
import { bagFiles } from '../support/bag.ts';

const numRuns = Number(process.env.NUM_RUNS ?? 200);

const good = bagFiles({
  info: ['Contact-Name: Живка', 'External-Description: ред', ' други'],
  algorithms: ['md5', 'sha512'],
});
const hostile = [
  '../',
  '~',
  '%0A',
  '%25',
  '\0',
  '\u{FEFF}',
  ':',
  '*',
  '\t',
  '\r',
  'data/',
  '/',
  '\\',
  'BagIt-Version: 9',
];

const edit = fc.record({
  path: fc.constantFrom(...good.keys()),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 40 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(...hostile).map((text) => new Uint8Array(Buffer.from(text))),
  ),
});

describe('bags that are damaged anyhow', () => {
  it('are found invalid whenever a byte of their payload, or of what proves it, differs; nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const files = new Map<string, Uint8Array>(good);
        for (const { path, at, cut, put } of edits) {
          const before = files.get(path) ?? new Uint8Array();
          const start = Math.floor(at * before.length);
          files.set(path, Buffer.concat([before.subarray(0, start), put, before.subarray(start + cut)]));
        }
        const changed = [...files].filter(([path, bytes]) => !good.get(path)?.equals(bytes)).map(([path]) => path);
        const { validation } = await validateBag(filesPackage('torba', files));
        // the tag manifests are covered by nothing: a change of case in a digest means nothing, elsewhere it is found
        if (changed.some((path) => !path.startsWith('tagmanifest')))
          expect(validation.valid, changed.join()).to.equal(false);
        if (changed.length === 0) expect(validation.valid).to.equal(true);
      }),
      { numRuns },
    );
  });

  it('read nothing outside of themselves, whatever paths they name', async () => {
    const names = fc.array(fc.constantFrom('data', '..', '.', '~', 'a', 'C:', '', '%0A', '\\..'), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 5 }), async (paths) => {
        const lines = paths.map((parts) => `${'0'.repeat(64)}  ${parts.join('/')}\n`).join('');
        const files = bagFiles({}, (tags) => {
          tags.set('manifest-sha256.txt', Buffer.from(lines));
          tags.set(
            'fetch.txt',
            Buffer.from(paths.map((parts) => `file:///etc/passwd - ${parts.join('/')}\n`).join('')),
          );
        });
        const { validation } = await validateBag(onlyOwn(filesPackage('torba', files), files));
        expect(validation.valid).to.equal(false);
      }),
      { numRuns },
    );
  });

  it('are judged in bounded time, however their lines are made', async () => {
    const long = 'a '.repeat(500_000);
    for (const path of ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'fetch.txt'])
      for (const text of [
        long,
        ' '.repeat(1_000_000),
        `${'0'.repeat(64)}  ${'data/'.repeat(200_000)}`,
        '\r'.repeat(300_000),
      ])
        await validateBag(
          filesPackage(
            't',
            bagFiles({}, (files) => files.set(path, Buffer.from(text))),
          ),
        );
  });
});

function onlyOwn(reader: PackageReader, files: ReadonlyMap<string, Uint8Array>): PackageReader {
  return {
    ...reader,
    open: async (path) => {
      if (!files.has(path)) throw new Error(`${path} was opened`);
      return reader.open(path);
    },
    chunks: async function* (path) {
      const bytes = files.get(path);
      if (!bytes) throw new FormatError('test', `${path} was opened`);
      yield bytes;
    },
  };
}
