import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { validateStore } from '../../src/archive/archival-storage/index.ts';

const fixtures = join(import.meta.dirname, '../../../shared/corpus/ocfl/1.1');

/**
 * Codes beyond those in a bad fixture's name, each with its reason. Warnings are not listed: many fixtures lack a user, a
 * message or a usual address, or use sha256.
 */
const extras: Readonly<Record<string, string>> = {
  'E001_invalid_version_format E040': 'a head of “1” is no version',
  'E001_invalid_version_format E046': 'nor is the key of “versions”',
  'E001_invalid_version_format E092': 'and what lies in the folder “1” is no content of a version',
  'E003_E063_empty E001': 'git keeps the folder by a .keep file',
  'E010_skipped_versions E066': 'the inventories of the versions have the same gaps',
  'E011_E013_invalid_padded_head_version E012': 'E013 forbids the change, E012 demands one form',
  'E011_E013_invalid_padded_head_version E023': 'content lies in v01, the manifest says v1',
  'E011_E013_invalid_padded_head_version E092': 'content lies in v01, the manifest says v1',
  'E015_content_not_in_content_dir E092': 'the files stand in the manifest, outside any content folder',
  'E017_invalid_content_dir E023': 'the folder being wrong, content is looked for in “content”',
  'E017_invalid_content_dir E092': 'the folder being wrong, content is looked for in “content”',
  'E019_inconsistent_content_dir E092': 'a file of the manifest lies outside the content folder in force',
  'E040_head_not_most_recent E064': 'the inventory of v2 has the head v2',
  'E046_root_not_most_recent E064': 'the last version has another inventory',
  'E046_root_not_most_recent E066': 'the last version states a version that the object lacks',
  'E049_E050_E054_bad_version_block_values E094': 'the message is no text',
  'E049_E050_E054_bad_version_block_values E107': 'the state being no object, nothing uses the manifest',
  'E096_manifest_duplicate_digests E101': 'the two digests have the same path',
  'E097_fixity_duplicate_digests E101': 'the two digests have the same path',
  'E100_E099_fixity_invalid_content_paths E023': 'the paths being unsafe, nothing is left that covers the files',
  'E100_E099_fixity_invalid_content_paths E092': 'a path of the manifest leads nowhere',
  'E100_E099_manifest_invalid_content_paths E023': 'the paths being unsafe, nothing is left that covers the files',
};

describe('the OCFL 1.1 fixtures', () => {
  for (const kind of ['good-objects', 'warn-objects', 'bad-objects'])
    it(`gives every one of ${kind} its verdict and a code of its name, extras explained`, async function () {
      if (!existsSync(fixtures)) return this.skip();
      for (const name of readdirSync(join(fixtures, kind))) {
        const { valid, errors, warnings } = await validateStore(join(fixtures, kind, name));
        const named: string[] = name.match(/[EW]\d{3}/g) ?? [];
        const found = new Set([...errors, ...warnings].map(({ code }) => code));
        expect(valid, name).to.equal(kind !== 'bad-objects');
        if (kind === 'good-objects') expect([...found], name).to.deep.equal([]);
        else
          expect(
            named.some((code) => found.has(code)),
            `${name}: ${[...found]}`,
          ).to.equal(true);
        const unexplained = [...found].filter(
          (code) => code.startsWith('E') && !named.includes(code) && !extras[`${name} ${code}`],
        );
        expect(unexplained, name).to.deep.equal([]);
      }
    }).timeout(60_000);
});
