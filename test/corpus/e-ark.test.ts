import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { validatePackage } from '../../src/archive/access/index.ts';

const corpus = join(import.meta.dirname, '../../../shared/corpus/eark');
const validationTime = new Date('2026-01-01T00:00:00Z');

/** Rows on which we and the corpus differ, each with its reason (docs/divergences.md, "E-ARK packages"). */
const differences: Readonly<Record<string, string>> = {
  'CSIP61 fileGrp_ADMID_incorrect_ref2': 'the fault stands in the division of metadata: CSIP91',
  'SIP1 mets_root_LABEL_not_exist': 'what MAY be there may be absent',
  'SIP5 altRecordID_SUBMISSIONAGREEMENT_not_exist': 'what MAY be there may be absent',
  'SIP8 altRecordID_PREVIOUSREFERENCECODE_not_exist': 'what MAY be there may be absent',
  'SIP32 FILEFORMATNAME_not_exist': 'what MAY be there may be absent',
  'SIP33 FILEFORMATVERSION_not_exist': 'what MAY be there may be absent',
  'SIP34 FILEFORMATREGISTRY_not_exist': 'what MAY be there may be absent',
};
for (let number = 1; number <= 15; number++)
  Object.assign(differences, { [`CSIPSTR9 IP_18000_CSIPSTR9_${number}`]: 'a SHOULD that is not followed is said' });

describe('the E-ARK corpus', () => {
  it('has every row as the corpus expects, but for those whose difference is explained', async function () {
    if (!existsSync(corpus)) return this.skip();
    const [, ...lines] = readFileSync(join(corpus, 'expected.csv'), 'utf8').trim().split(/\r?\n/);
    const found = new Map<string, readonly string[]>();
    const differing: string[] = [];
    const undisputedMust: string[] = [];
    for (const line of lines) {
      const [, path = '', id = '', level, expected, , , disputed] = line.split(',');
      if (!found.has(path)) {
        const { findings } = await validatePackage(join(corpus, path), validationTime);
        found.set(
          path,
          findings.map((finding) => finding.id),
        );
      }
      if (found.get(path)?.includes(id) === (expected === 'false')) continue;
      differing.push(`${id} ${path.split('/').at(-1)}`);
      if (level === 'MUST' && disputed === 'false') undisputedMust.push(line);
    }
    expect(lines).to.have.length(268);
    expect(undisputedMust).to.deep.equal([]);
    expect(differing.sort()).to.deep.equal(Object.keys(differences).sort());
  }).timeout(60_000);
});
