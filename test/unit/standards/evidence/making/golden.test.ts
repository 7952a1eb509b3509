import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { hashTreeAlgorithm } from '../../../../../src/standards/evidence/index.ts';
import { readAsn1Record } from '../../../../../src/standards/evidence/read-asn1-record.ts';
import { type BatchStep, evidenceBatch, recordOf } from '../../../../support/evidence-batch.ts';
import { goldenFolder, goldenRecords } from '../../../../support/golden-evidence.ts';

describe('trajno-hash-tree-1', () => {
  it('is the version that records are made by', () => {
    expect(hashTreeAlgorithm).to.equal('trajno-hash-tree-1');
  });

  for (const { name, groups, renews, index } of goldenRecords)
    it(`gives ${name} byte for byte, from the objects and the tokens`, async () => {
      const golden = readFileSync(join(goldenFolder, name));
      const tokens = readAsn1Record(golden).chains.flatMap(({ archiveTimestamps }) =>
        archiveTimestamps.map(({ token }) => token),
      );
      const steps = renews.map((kind, at): BatchStep => {
        const stamp = async () => tokens[at] as Uint8Array;
        if (kind === 'time-stamp') return { renews: kind, stamp };
        return { renews: at === 0 ? 'nothing' : 'hash-tree', algorithm: kind, stamp };
      });
      expect(recordOf(await evidenceBatch(groups, steps), index)).to.deep.equal(golden);
    });

  it('can be followed by hand, as docs/evidence.md does', () => {
    const text = readFileSync(join(goldenFolder, '../../../docs/evidence.md'), 'utf8');
    const [, lines = ''] = /```bash\n([\s\S]*?)```/.exec(text) ?? [];
    const record = readAsn1Record(readFileSync(join(goldenFolder, 'eight-leaves.ers')));
    const imprint = record.chains[0]?.archiveTimestamps[0]?.imprint ?? new Uint8Array();
    expect(execFileSync('bash', ['-c', lines], { encoding: 'utf8' }).trim()).to.equal(
      Buffer.from(imprint).toString('hex'),
    );
  });
});
