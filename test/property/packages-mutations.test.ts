import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { validatePackage } from '../../src/archive/access/index.ts';
import { validateObject } from '../../src/standards/ocfl/index.ts';
import { filesPackage, validateEarkPackage } from '../../src/standards/packages/index.ts';
import { earkFiles, earkRules } from '../support/e-ark-package.ts';
import { ocflFiles, ocflObject } from '../support/ocfl-object.ts';

const numRuns = Number(process.env.NUM_RUNS ?? 200);
const validationTime = new Date('2026-01-01T00:00:00Z');

/** One edit of bytes, at a place given as a part of the whole. */
interface Edit {
  readonly at: number;
  readonly cut: number;
  readonly bytes: Uint8Array;
}

const hostile = [
  '<',
  '&',
  '"',
  '../',
  '\0',
  '\u202e',
  '[',
  '{',
  'null',
  '1e999',
  '-1',
  '\ufeff',
  '%2e%2e%2f',
  '<!DOCTYPE x>',
];
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.integer({ min: 0, max: 40 }),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom(...hostile).map((text) => new Uint8Array(Buffer.from(text))),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function edited(bytes: Uint8Array, all: readonly Edit[]): Uint8Array {
  return all.reduce((before, { at, cut, bytes: put }) => {
    const start = Math.floor(at * before.length);
    return Buffer.concat([before.subarray(0, start), put, before.subarray(start + cut)]);
  }, bytes);
}

const path = fc
  .stringMatching(/^[ -~]{1,30}$/)
  .filter((text) => !text.startsWith('/') && !text.includes('//') && !text.endsWith('/'));

/** Files with some edited, some gone and a strange one. */
function mutated(files: ReadonlyMap<string, Uint8Array>) {
  const names = [...files.keys()];
  return fc
    .record({
      which: fc.subarray(names, { minLength: 1, maxLength: 2 }),
      edits,
      gone: fc.subarray(names, { maxLength: 1 }),
      strange: fc.option(path),
    })
    .map(({ which, edits: all, gone, strange }) => {
      const changed = new Map(files);
      for (const name of which) changed.set(name, edited(files.get(name) ?? Buffer.alloc(0), all));
      for (const name of gone) changed.delete(name);
      if (strange !== null) changed.set(strange, Buffer.from('x'));
      return changed;
    });
}

/** A ZIP archive, one entry deflated. */
function zip(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const method = name.endsWith('METS.xml') ? 8 : 0;
    const packed = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
}

/** A TAR archive of plain files. */
function tar(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const blocks = [...files].flatMap(([name, bytes]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        0', 148);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** What was changed, told when the property fails. */
function differences(files: ReadonlyMap<string, Uint8Array>): string {
  return [...ocflObject()]
    .filter(([name, bytes]) => !Buffer.from(bytes).equals(files.get(name) ?? Buffer.alloc(0)))
    .map(
      ([name]) =>
        `${name}: ${Buffer.from(files.get(name) ?? '')
          .toString('latin1')
          .slice(0, 300)}`,
    )
    .join('\n');
}

describe('validation of mutated packages and objects', function () {
  this.timeout(Math.max(60_000, numRuns * 500));
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'trajno-mutations-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds what is wrong with an E-ARK package, and never throws', async () => {
    const validate = (files: ReadonlyMap<string, Uint8Array>) =>
      validateEarkPackage(filesPackage('package', files), { rules: earkRules, validationTime });
    const good = await validate(earkFiles());
    await fc.assert(
      fc.asyncProperty(mutated(earkFiles()), async (files) => {
        const { valid, findings } = await validate(files);
        expect(valid).to.equal(!findings.some(({ level }) => level === 'MUST'));
        const sameContent = [...earkFiles()].every(([name, bytes]) =>
          Buffer.from(bytes).equals(files.get(name) ?? Buffer.alloc(0)),
        );
        if (
          !sameContent &&
          Buffer.from(files.get('METS.xml') ?? '').equals(earkFiles().get('METS.xml') ?? Buffer.alloc(0))
        )
          expect(findings.length).to.be.greaterThan(good.findings.length);
      }),
      { numRuns },
    );
  });

  it('finds what is wrong with an OCFL object, reads nothing outside, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(ocflObject()), async (files) => {
        const { findings } = await validateObject(ocflFiles(files));
        // a version may lack an inventory, and a sidecar may have other white space
        const changed = [...ocflObject()].some(
          ([name, bytes]) =>
            !/^v\d\/inventory|sha512$/.test(name) && !Buffer.from(bytes).equals(files.get(name) ?? Buffer.alloc(0)),
        );
        if (changed)
          expect(
            findings.some(({ code }) => code.startsWith('E')),
            differences(files),
          ).to.equal(true);
      }),
      { numRuns },
    );
  });

  for (const [form, pack] of [
    ['zip', zip],
    ['tar', tar],
  ] as const)
    it(`reads a mutated ${form} within its limits, writes nothing and never throws`, async () => {
      const prefix = form === 'tar' ? './package' : 'package';
      const inside = new Map([...earkFiles()].map(([name, bytes]) => [`${prefix}/${name}`, bytes]));
      const good = pack(inside);
      const file = join(folder, `package.${form}`);
      writeFileSync(file, good);
      const { valid, findings } = await validatePackage(file, validationTime);
      expect(findings.filter(({ level }) => level === 'MUST')).to.deep.equal([]);
      expect(valid).to.equal(true);
      await fc.assert(
        fc.asyncProperty(edits, async (all) => {
          writeFileSync(file, edited(good, all));
          const judged = await validatePackage(file, validationTime);
          expect(judged.valid).to.equal(!judged.findings.some(({ level }) => level === 'MUST'));
          expect(readdirSync(folder)).to.not.contain('package');
        }),
        { numRuns },
      );
      rmSync(file);
    });
});
