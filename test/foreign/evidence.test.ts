/**
 * Evidence records of ours, judged by EU DSS 6.4, offline, with its own policy and our anchor: all that is needed for the
 * time-stamps lies in them. The jars are found as in dss.test.ts. Run with `npm run test:foreign`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { enrichNewest, evidenceBatch, recordOf } from '../support/evidence-batch.ts';
import { emptyFolder } from '../support/folders.ts';
import { enrichment, type StepKind, yearlySteps } from '../support/renewed-evidence.ts';
import { daysFrom } from '../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

const jars = process.env.TRAJNO_DSS ?? join(process.cwd(), '.foreign/dss');
const folder = emptyFolder();

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** By document: `INDICATION[/SUBINDICATION]`, and the errors where there are any. */
function verdicts(anchor: string, at: Date, documents: readonly string[]): Record<string, string> {
  const program = join(process.cwd(), 'test/foreign/dss/EvidenceVerdicts.java');
  const given = ['-cp', `${jars}/*`, program, anchor, String(at.getTime()), ...documents];
  const said = execFileSync('java', given, { maxBuffer: 1 << 24, encoding: 'utf8' });
  const lines = said.split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', indication, subIndication, errors] = line.split('\t');
      return [
        name,
        subIndication === 'null' ? `${indication}${errors ? `: ${errors}` : ''}` : `${indication}/${subIndication}`,
      ];
    }),
  );
}

describe('EU DSS on our evidence records', function () {
  this.timeout(300_000);
  const at = daysFrom(new Date(), -5 * 365);
  let pki: ToyPki;
  let anchor: string;
  before(async function () {
    if (!existsSync(jars)) return this.skip();
    pki = await toyPki({ at });
    anchor = put('root.pem', pki.anchorPem);
  });

  /** The record of one group of a batch; its newest token holds what was known the day after. */
  async function made(groups: readonly (readonly Uint8Array[])[], renews: readonly StepKind[], index = 0) {
    const steps = await yearlySteps(pki, renews);
    const batch = await evidenceBatch(groups, steps);
    const newest = daysFrom(at, 0.9 * 365 * (steps.length - 1) + 1);
    return recordOf(await enrichNewest(batch, enrichment(pki, newest)), index);
  }

  const objects = Array.from({ length: 1000 }, (_, index) => Buffer.from(`predmet ${index}\n`));
  const alone = objects.map((object) => [object]);
  const cases: Record<string, [renews: readonly StepKind[], groups: Buffer[][], index?: number]> = {
    'one-leaf': [['sha512'], alone.slice(0, 1)],
    'one-leaf-sha256': [['sha256'], alone.slice(0, 1)],
    '1000-leaves': [['sha512'], alone, 777],
    group: [['sha512'], [objects.slice(0, 3), objects.slice(3, 5), objects.slice(5, 6)]],
    'three-timestamp-renewals': [['sha512', 'time-stamp', 'time-stamp', 'time-stamp'], alone.slice(0, 7), 5],
    'two-hash-tree-renewals': [['sha256', 'sha384', 'sha512'], alone.slice(0, 7), 6],
    'group-renewed-both-ways': [
      ['sha256', 'time-stamp', 'sha384', 'time-stamp', 'sha512'],
      [objects.slice(0, 3), objects.slice(3, 5)],
      1,
    ],
  };

  for (const [name, [renews, groups, index = 0]] of Object.entries(cases))
    it(`passes ${name}, while the newest time-stamp holds`, async () => {
      const record = put(`${name}.ers`, await made(groups, renews, index));
      const contents = (groups[index] ?? []).map((octets, number) => put(`${name}-${number}.txt`, octets));
      const holds = daysFrom(at, 0.9 * 365 * (renews.length - 1) + 3);
      const found = verdicts(anchor, holds, [[record, ...contents].join('=')]);
      expect(found).to.deep.equal({ [`${name}.ers`]: 'PASSED' });
    });

  it('refuses one over another object', async () => {
    const record = put('changed.ers', await made(alone.slice(0, 3), ['sha512']));
    const found = verdicts(anchor, daysFrom(at, 3), [`${record}=${put('other.txt', 'drugo')}`]);
    expect(found).to.deep.equal({ 'changed.ers': 'FAILED/HASH_FAILURE' });
  });

  it('leaves one undecided whose newest time-stamp has lapsed', async () => {
    const record = put('lapsed.ers', await made(alone.slice(0, 3), ['sha512']));
    const found = verdicts(anchor, daysFrom(at, 2 * 365), [`${record}=${put('first.txt', objects[0] as Buffer)}`]);
    expect(found['lapsed.ers']).to.match(/^INDETERMINATE/);
  });
});
