import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { bytesReader } from '../../src/base/index.ts';
import { formats } from '../../src/standards/pronom/format-table.ts';
import { identifyFormat } from '../../src/standards/pronom/index.ts';

const corpus = join(import.meta.dirname, '../../../shared/corpus');

/** Skeletons that are not told by our table, each with the reason. One that starts to pass breaks the test too. */
const knownMisses: Readonly<Record<string, string>> = {
  'fmt-1342-container-signature-id-39515.asice':
    'an empty signatures0.xml: without a word of the BDOC profile we call it ASiC-E, which it is as well',
  'fmt-61-signature-id-78.xls': 'a workbook stream at byte 512 of a file that is no compound file',
  'fmt-670-signature-id-1003.p7m': 'an empty SEQUENCE with garbage behind it is no CMS',
  'fmt-96-signature-id-990.htm': 'UTF-16 without a byte order mark',
};

function corpusFolder(context: Mocha.Context, folder: string): string {
  const path = join(corpus, folder);
  if (existsSync(path)) return path;
  if (process.env.CI === 'true') throw new Error(`${path} is missing, and CI must not skip it`);
  return context.skip();
}

describe('PRONOM skeleton files of the formats in the table', function () {
  this.timeout(60_000);

  it('are identified by their content alone, exactly, but for those whose reason is listed', async function () {
    const folder = corpusFolder(this, 'pronom/skeletons');
    const misses: string[] = [];
    let seen = 0;
    for (const part of ['containers', 'fmt', 'x-fmt'])
      for (const name of readdirSync(join(folder, part))) {
        const puid = name.replace(/^(x-)?fmt-(\d+)-.*$/, '$1fmt/$2');
        if (!formats.has(puid)) continue;
        seen += 1;
        const [best] = await identifyFormat(bytesReader(readFileSync(join(folder, part, name))), 'no-extension');
        if (best?.puid !== puid) misses.push(name);
        else expect(best.basis, name).not.to.equal('extension');
      }
    expect(seen).to.be.greaterThan(100);
    expect(misses.sort()).to.deep.equal(Object.keys(knownMisses).sort());
  });
});

describe('names and versions in the format table', () => {
  it('are those of the registry', function () {
    const text = readFileSync(join(corpusFolder(this, 'pronom'), 'DROID_SignatureFile_V118.xml'), 'utf8');
    for (const [puid, format] of formats) {
      const tag = new RegExp(`<FileFormat [^>]*PUID="${puid}"[^>]*>`).exec(text)?.[0] ?? '';
      expect(/ Name="([^"]*)"/.exec(tag)?.[1], puid).to.equal(format.name);
      expect(/ Version="([^"]*)"/.exec(tag)?.[1], puid).to.equal(format.version);
    }
  });
});

describe('documents of the signature corpus', function () {
  this.timeout(60_000);

  const expected: readonly (readonly [RegExp, (found: { mimeType: string; kind?: string }) => boolean])[] = [
    [/\.pdf$/, ({ mimeType }) => mimeType === 'application/pdf'],
    [
      /\.p7[sm]$/,
      ({ mimeType }) => /^application\/(pkcs7-(signature|mime)|vnd\.etsi\.timestamp-token)$/.test(mimeType),
    ],
    [/\.scs$/, ({ mimeType }) => mimeType === 'application/vnd.etsi.asic-s+zip'],
    [/\.sce$/, ({ mimeType }) => mimeType === 'application/vnd.etsi.asic-e+zip'],
    [/\.tst$/, ({ kind }) => kind === 'timestamp'],
    [/\.ers$/, ({ kind }) => kind === 'evidence-record'],
  ];

  it('are what their names say, told by content', async function () {
    const folder = corpusFolder(this, 'signatures/files');
    const wrong: string[] = [];
    let seen = 0;
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const rule = expected.find(([pattern]) => pattern.test(name));
      if (!rule) continue;
      seen += 1;
      const [best] = await identifyFormat(bytesReader(readFileSync(join(folder, name))), 'no-extension');
      if (!best || !rule[1](best)) wrong.push(`${name}: ${best?.mimeType}`);
    }
    expect(seen).to.be.greaterThan(250);
    expect(wrong).to.deep.equal([]);
  });
});
