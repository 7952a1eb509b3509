import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { bytesReader, chunksOf, type DigestAlgorithm } from '../../../../../src/base/index.ts';
import {
  hashTree,
  type Leaf,
  leafNode,
  reducedHashTree,
  storedHashTree,
} from '../../../../../src/standards/evidence/index.ts';

const hash = (algorithm: DigestAlgorithm, ...octets: readonly (Uint8Array | string)[]) =>
  createHash(algorithm)
    .update(Buffer.concat(octets.map((one) => Buffer.from(one))))
    .digest();

/** RFC 4998 4.3 step 3, by other hands. */
function rootOf(algorithm: DigestAlgorithm, lists: readonly (readonly Uint8Array[])[]): Buffer {
  return lists.reduce((carried: Buffer, list) => {
    const all = [...list, ...(carried.length > 0 ? [carried] : [])].sort(Buffer.compare);
    return all.length === 1 ? Buffer.from(all[0] as Uint8Array) : hash(algorithm, ...all);
  }, Buffer.alloc(0));
}

const blinded = (algorithm: DigestAlgorithm, index: number): Leaf => ({
  digests: [hash(algorithm, `predmet ${index}`)],
  blinding: hash(algorithm, `skriveno ${index}`),
});

function treeOf(algorithm: DigestAlgorithm, count: number) {
  const leaves = Array.from({ length: count }, (_, index) => blinded(algorithm, index));
  const tree = hashTree({ algorithm, leaves: Buffer.concat(leaves.map((leaf) => leafNode(algorithm, leaf))) });
  return { tree, leaves, stored: storedHashTree(tree) };
}

describe('a leaf of a hash tree', () => {
  const [one, two, hidden] = ['a', 'b', 'c'].map((text) => hash('sha256', text)) as [Buffer, Buffer, Buffer];

  it('is the digest of one object itself', () => {
    expect(leafNode('sha256', { digests: [one] })).to.deep.equal(one);
  });

  it('is hidden by its random value', () => {
    const [low, high] = [one, hidden].sort(Buffer.compare) as [Buffer, Buffer];
    expect(leafNode('sha256', { digests: [one], blinding: hidden })).to.deep.equal(hash('sha256', low, high));
  });

  it('of a group is the hash of its digests in binary order, each once', () => {
    const group = hash('sha256', ...[one, two].sort(Buffer.compare));
    expect(leafNode('sha256', { digests: [two, one] })).to.deep.equal(group);
    expect(leafNode('sha256', { digests: [one, two, one] })).to.deep.equal(group);
  });

  it('is not made of nothing, nor of what is no digest of the algorithm', () => {
    expect(() => leafNode('sha256', { digests: [] })).to.throw(RangeError);
    expect(() => leafNode('sha512', { digests: [one] })).to.throw(RangeError);
    expect(() => leafNode('sha256', { digests: [one], blinding: Buffer.alloc(8) })).to.throw(RangeError);
  });
});

describe('a hash tree', () => {
  it('leads every leaf to its root by its reduced tree, and by one node a level at most', async () => {
    for (const algorithm of ['sha256', 'sha384', 'sha512'] as const)
      for (let count = 1; count <= 33; count++) {
        const { tree, leaves, stored } = treeOf(algorithm, count);
        for (const [index, leaf] of leaves.entries()) {
          const lists = await reducedHashTree(stored, index, leaf);
          expect(rootOf(algorithm, lists).toString('hex')).to.equal(tree.root.value);
          expect(lists.slice(0, 2)).to.deep.equal([leaf.digests, [leaf.blinding]]);
          expect(lists.length - 2).to.be.at.most(Math.ceil(Math.log2(count)));
        }
      }
  });

  it('holds no digest of another object in a reduced tree', async () => {
    const { leaves, stored } = treeOf('sha256', 9);
    const digests = leaves.map(({ digests: [digest] }) => Buffer.from(digest as Uint8Array).toString('hex'));
    for (const [index, leaf] of leaves.entries()) {
      const values = (await reducedHashTree(stored, index, leaf))
        .flat()
        .map((value) => Buffer.from(value).toString('hex'));
      expect(digests.filter((digest) => values.includes(digest))).to.deep.equal([digests[index]]);
    }
  });

  it('is read from its file as from memory, with few reads', async () => {
    const { tree, leaves, stored } = treeOf('sha512', 1000);
    const file: Uint8Array[] = [];
    for await (const chunk of chunksOf(stored.nodes, 0, stored.nodes.size, 1000)) file.push(chunk);
    expect(Buffer.concat(file)).to.deep.equal(Buffer.concat(tree.levels));
    let reads = 0;
    const { size, read } = bytesReader(Buffer.concat(file));
    const counted = {
      size,
      read: (offset: number, length: number) => {
        reads++;
        return read(offset, length);
      },
    };
    const fromFile = await reducedHashTree({ ...stored, nodes: counted }, 999, leaves[999] as Leaf);
    expect(fromFile).to.deep.equal(await reducedHashTree(stored, 999, leaves[999] as Leaf));
    expect(reads).to.be.at.most(12);
  });

  it('gives no reduced tree for another leaf than the one at the place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), async (count, one, other) => {
        fc.pre(one % count !== other % count);
        const { leaves, stored } = treeOf('sha256', count);
        const failure = await reducedHashTree(stored, one % count, leaves[other % count] as Leaf).catch(
          (error) => error,
        );
        expect(failure).to.be.instanceOf(RangeError);
      }),
      { numRuns: 50 },
    );
    const { leaves, stored } = treeOf('sha256', 2);
    for (const index of [-1, 2, 0.5])
      expect(await reducedHashTree(stored, index, leaves[0] as Leaf).catch((error) => error)).to.be.instanceOf(
        RangeError,
      );
  });

  it('gives no reduced tree that does not lead to the root, whatever bit of its way was flipped', async () => {
    const { tree, leaves, stored } = treeOf('sha256', 6);
    const whole = Buffer.concat(tree.levels);
    for (let node = 0; node < 12; node++) {
      const damaged = Buffer.from(whole);
      damaged[node * 32 + 5] = (damaged[node * 32 + 5] ?? 0) ^ 1;
      const attempt = reducedHashTree({ ...stored, nodes: bytesReader(damaged) }, 0, leaves[0] as Leaf);
      const outcome = await attempt.catch((error) => error);
      const isOnTheWay = [0, 1, 7, 10, 11].includes(node); // leaf 0, its neighbours, the root
      expect(outcome instanceof Error, `${node}`).to.equal(isOnTheWay);
    }
  });

  it('is not made of nothing, of part of a node, or of the same node twice side by side', () => {
    const node = hash('sha256', 'a');
    for (const leaves of [Buffer.alloc(0), node.subarray(1), Buffer.concat([node, node])])
      expect(() => hashTree({ algorithm: 'sha256', leaves })).to.throw(RangeError);
  });
});
