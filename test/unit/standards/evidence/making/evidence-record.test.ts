import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { FormatError } from '../../../../../src/base/index.ts';
import {
  type ArchiveTimestampParts,
  type ChainParts,
  evidenceRecord,
  examineEvidenceRecord,
} from '../../../../../src/standards/evidence/index.ts';
import { decodeWholeAsn1, toDer } from '../../../../../src/standards/formats/asn1/index.ts';
import { readTimestampToken } from '../../../../../src/standards/formats/tsp/index.ts';
import { type BatchStep, evidenceBatch, recordOf } from '../../../../support/evidence-batch.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const objects = ['prvi', 'drugi', 'treći', 'četvrti', 'peti'].map((text) => Buffer.from(text));
const alone = objects.map((object) => [object]);

const dataObject = (octets: Uint8Array) => ({
  size: octets.length,
  chunks: async function* () {
    yield octets;
  },
  digest: async (name: string) => createHash(name.toLowerCase()).update(octets).digest(),
});

/** Whether the record's trees lead to its time-stamps, from these objects and no others. */
async function holds(octets: Uint8Array, over: readonly Uint8Array[]): Promise<boolean> {
  const { coverage, others, timestamps, usesUnnamedAlgorithm } = await examineEvidenceRecord(
    { octets },
    over.map(dataObject),
  );
  const led = timestamps.every(
    ({ token, root, bound }) =>
      Buffer.compare(root ?? Buffer.alloc(0), readTimestampToken(token).imprint) === 0 &&
      bound.every(({ intact }) => intact),
  );
  return led && others === 0 && !usesUnnamedAlgorithm && coverage.every((state) => state === 'covered');
}

describe('making evidence records', () => {
  let pki: ToyPki;
  let initial: BatchStep;
  let renewal: BatchStep;
  before(async () => {
    pki = await toyPki();
    const stamp = pki.timestamps();
    initial = { renews: 'nothing', stamp };
    renewal = { renews: 'time-stamp', stamp };
  });
  const newTree = (algorithm: 'sha384' | 'sha512'): BatchStep => ({ ...initial, renews: 'hash-tree', algorithm });

  it('gives each object of a batch one of its own, over it and nothing else', async () => {
    const batch = await evidenceBatch(alone, [initial]);
    for (const [index, object] of objects.entries())
      for (const [other, another] of objects.entries())
        expect(await holds(recordOf(batch, index), [another]), `${index} ${other}`).to.equal(object === another);
  });

  it('gives a group one over all of it', async () => {
    const batch = await evidenceBatch([objects.slice(0, 3), objects.slice(3)], [initial, renewal, newTree('sha384')]);
    expect(await holds(recordOf(batch, 0), objects.slice(0, 3))).to.equal(true);
    expect(await holds(recordOf(batch, 1), objects.slice(3))).to.equal(true);
    expect(await holds(recordOf(batch, 0), objects.slice(0, 2))).to.equal(false);
    expect(await holds(recordOf(batch, 0), objects.slice(0, 4))).to.equal(false);
  });

  it('renews time-stamps and hash trees, in any order, and each object keeps its own', async () => {
    const steps = [initial, renewal, newTree('sha384'), renewal, renewal, newTree('sha512'), renewal];
    const batch = await evidenceBatch(alone, [{ ...initial, algorithm: 'sha256' }, ...steps.slice(1)]);
    for (const [index, object] of objects.entries()) {
      expect(await holds(recordOf(batch, index), [object])).to.equal(true);
      expect(await holds(recordOf(batch, index), [objects[(index + 1) % 5] as Buffer])).to.equal(false);
    }
  });

  it('writes DER, whatever the token was written in', async () => {
    const inBer: BatchStep['stamp'] = async (root) => {
      const token = Buffer.from(await pki.timestamps()(root));
      const { contentStart } = { contentStart: token[1] === 0x82 ? 4 : 3 };
      return Buffer.concat([Buffer.from([0x30, 0x80]), token.subarray(contentStart), Buffer.alloc(2)]);
    };
    const batch = await evidenceBatch(alone, [
      { ...initial, stamp: inBer },
      { ...renewal, stamp: inBer },
      newTree('sha384'),
    ]);
    const record = recordOf(batch);
    expect(toDer(decodeWholeAsn1(record))).to.deep.equal(record);
    expect(await holds(record, [objects[0] as Buffer])).to.equal(true);
  });

  describe('refuses to write', () => {
    let chain: ChainParts;
    let part: ArchiveTimestampParts;
    before(async () => {
      [[chain] = [[]]] = (await evidenceBatch(alone, [initial])) as [[ChainParts]];
      part = chain[0] as ArchiveTimestampParts;
    });

    it('chains of nothing, or of two algorithms', async () => {
      const [[other]] = (await evidenceBatch(alone, [{ ...initial, algorithm: 'sha256' }])) as [[ChainParts]];
      for (const chains of [[], [[]], [[part, other[0] as ArchiveTimestampParts]]])
        expect(() => evidenceRecord({ chains })).to.throw(RangeError);
    });

    it('a time-stamp that is not over its hash tree', async () => {
      const value = '00'.repeat(64);
      const swapped = { ...part, token: await pki.timestamps()({ algorithm: 'sha512', value }) };
      const cut = { ...part, reducedHashTree: part.reducedHashTree.slice(0, -1) };
      for (const broken of [swapped, cut, { ...part, algorithm: 'sha256' as const }])
        expect(() => evidenceRecord({ chains: [[broken]] })).to.throw(RangeError);
    });

    it('what is no time-stamp', () => {
      const broken = { ...part, token: Buffer.from('3000', 'hex') };
      expect(() => evidenceRecord({ chains: [[broken]] })).to.throw(FormatError);
    });
  });
});
