import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { bytesReader } from '../../src/base/index.ts';
import { type FormatSignatures, identifyFormat } from '../../src/standards/pronom/index.ts';
import { newerFormatSignatures, shippedFormatSignatures } from '../support/format-signatures.ts';

const corpus = join(import.meta.dirname, '../../../shared/corpus');

/** Skeletons that two formats of V118 claim with equal right: both are given, neither as certain. */
const ambiguous: Readonly<Record<string, readonly string[]>> = {
  // One byte signature, number 78, belongs to both.
  'fmt-61-signature-id-78.xls': ['fmt/61', 'fmt/62'],
  // A Zoomify image is a BigTIFF, and the registry ranks neither above the other.
  'fmt-898-signature-id-1245.zif': ['fmt/898', 'fmt/1917'],
};

function corpusFolder(context: Mocha.Context, folder: string): string {
  const path = join(corpus, folder);
  if (existsSync(path)) return path;
  if (process.env.CI === 'true') throw new Error(`${path} is missing, and CI must not skip it`);
  return context.skip();
}

/** Every skeleton with the PUID in its name and the matches for its bytes; its name is kept from the program. */
async function identified(folder: string, signatures: FormatSignatures, nameOf: (name: string) => string) {
  const results: { name: string; puid: string; matches: Awaited<ReturnType<typeof identifyFormat>> }[] = [];
  for (const part of ['containers', 'fmt', 'x-fmt'])
    for (const name of readdirSync(join(folder, part))) {
      const puid = name.replace(/^(x-)?fmt-(\d+)-.*$/, '$1fmt/$2');
      const reader = bytesReader(readFileSync(join(folder, part, name)));
      results.push({ name, puid, matches: await identifyFormat(signatures, reader, nameOf(name)) });
    }
  return results;
}

describe('PRONOM skeleton files', function () {
  this.timeout(60_000);

  for (const [what, nameOf] of [
    ['content alone', () => 'no-extension'],
    ['content and name', (name: string) => name],
  ] as const)
    it(`are all told by ${what} with the signatures of V118, but for those that two formats claim`, async function () {
      const folder = corpusFolder(this, 'pronom/skeletons');
      const signatures = newerFormatSignatures();
      if (!signatures) return this.skip();
      const results = await identified(folder, signatures, nameOf);
      expect(results.length).to.be.greaterThan(1500);
      const inexact = results.filter(({ puid, matches }) => matches.length !== 1 || matches[0]?.puid !== puid);
      expect(
        Object.fromEntries(inexact.map(({ name, matches }) => [name, matches.map((match) => match.puid)])),
      ).to.deep.equal(ambiguous);
      for (const { name, matches } of results) expect(matches[0]?.basis, name).not.to.equal('extension');
    });

  it('are told with the signatures shipped where these know the format, and never given another of equal knowledge', async function () {
    const folder = corpusFolder(this, 'pronom/skeletons');
    const signatures = await shippedFormatSignatures();
    const results = await identified(folder, signatures, () => 'no-extension');
    const known = results.filter(({ puid }) => signatures.signed.has(puid));
    const exact = known.filter(({ puid, matches }) => matches.length === 1 && matches[0]?.puid === puid);
    expect(known.length).to.be.greaterThan(1250);
    expect(exact.length / known.length).to.be.greaterThan(0.97);
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

  for (const [release, load] of [
    ['shipped', shippedFormatSignatures],
    ['of V118', async () => newerFormatSignatures()],
  ] as const)
    it(`are what their names say, told by content with the signatures ${release}`, async function () {
      const folder = corpusFolder(this, 'signatures/files');
      const signatures = await load();
      if (!signatures) return this.skip();
      const wrong: string[] = [];
      let seen = 0;
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const rule = expected.find(([pattern]) => pattern.test(name));
        if (!rule) continue;
        seen += 1;
        const bytes = readFileSync(join(folder, name));
        const [best] = await identifyFormat(signatures, bytesReader(bytes), 'no-extension');
        if (!best || !rule[1](best)) wrong.push(`${name}: ${best?.puid} ${best?.mimeType}`);
      }
      expect(seen).to.be.greaterThan(250);
      expect(wrong).to.deep.equal([]);
    });
});
