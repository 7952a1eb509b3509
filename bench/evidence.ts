/**
 * A hash tree over a million leaves with its time-stamp, on one core; the reduced tree of one leaf, from memory and from a
 * file; a record of it. Run by `taskset -c 0 tsx bench/evidence.ts [LEAVES]`.
 */
import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chunksOf } from '../src/base/index.ts';
import {
  evidenceRecord,
  hashTree,
  hashTreeRenewalLeaf,
  type Leaf,
  leafNode,
  reducedHashTree,
  storedHashTree,
  timestampRenewalLeaf,
} from '../src/standards/evidence/index.ts';
import { toyPki } from '../test/support/toy-pki.ts';
import { emptyWorkFolder, machine, median } from './measure.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const algorithm = 'sha512';
const length = 64;
const pki = await toyPki();
const stamp = pki.timestamps();

console.log(machine());
const folder = emptyWorkFolder('evidence');
/** Digests and random values, as an archive reads them from its list of leaves. */
const list = await open(join(folder, 'leaves'), 'w+');
const leafLength = 2 * length;
const portion = 8192 * leafLength;
for (let left = leafLength * count; left > 0; left -= portion)
  await list.write(randomFillSync(Buffer.allocUnsafe(Math.min(portion, left))));
const readList = async (offset: number, size: number) =>
  (await list.read(Buffer.allocUnsafe(size), 0, size, offset)).buffer;
const leafIn = (values: Buffer, at = 0): Leaf => ({
  digests: [values.subarray(at, at + length)],
  blinding: values.subarray(at + length, at + leafLength),
});
const leafOf = async (index: number) => leafIn(await readList(index * leafLength, leafLength));

const started = performance.now();
const leaves = Buffer.allocUnsafe(length * count);
for (let at = 0; at < leafLength * count; at += portion) {
  const values = await readList(at, Math.min(portion, leafLength * count - at));
  for (let within = 0; within < values.length; within += leafLength)
    leaves.set(leafNode(algorithm, leafIn(values, within)), (at + within) / 2);
}
const joined = performance.now();
const tree = hashTree({ algorithm, leaves });
const rooted = performance.now();
const token = await stamp(tree.root);
const stamped = performance.now();
const inSeconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(2)} s`;
console.log(
  `${count} leaves, ${algorithm}: nodes of the leaves ${inSeconds(started, joined)}, tree ${inSeconds(joined, rooted)}, ` +
    `time-stamp ${inSeconds(rooted, stamped)}, together ${inSeconds(started, stamped)}; ` +
    `${Math.round(process.resourceUsage().maxRSS / 1024)} MB resident at most`,
);

const stored = storedHashTree(tree);
const file = join(folder, 'nodes');
await writeFile(file, chunksOf(stored.nodes));
const handle = await open(file);
const nodes = {
  size: stored.nodes.size,
  read: async (offset: number, size: number) => (await handle.read(Buffer.allocUnsafe(size), 0, size, offset)).buffer,
};

/** The median of many, in milliseconds. */
async function each(what: string, run: (index: number) => unknown, runs = 2000) {
  const taken: number[] = [];
  for (let turn = 0; turn < runs; turn++) {
    const index = randomBytes(4).readUInt32BE() % count;
    const from = performance.now();
    await run(index);
    taken.push(performance.now() - from);
  }
  const worst = taken.sort((one, other) => one - other)[Math.floor(runs * 0.99)] ?? 0;
  console.log(`${what}: ${median(taken).toFixed(3)} ms, 99 of 100 within ${worst.toFixed(3)} ms`);
}

const reduced = async (index: number, from = stored) => reducedHashTree(from, index, await leafOf(index));
const chainsOf = async (index: number) => [[{ algorithm, reducedHashTree: await reduced(index), token } as const]];
await each('reduced tree from memory', (index) => reduced(index));
await each('reduced tree from a file', (index) => reduced(index, { ...stored, nodes }));
await each('record', async (index) => evidenceRecord({ chains: await chainsOf(index) }));
await each('leaf of a hash-tree renewal', async (index) =>
  hashTreeRenewalLeaf(algorithm, (await leafOf(index)).digests, await chainsOf(index)),
);
await list.close();
await handle.close();

const batches = 1000;
const tokens = await Promise.all(
  Array.from({ length: batches }, (_, index) =>
    stamp({ algorithm, value: createHash(algorithm).update(`${index}`).digest('hex') }),
  ),
);
const renewing = performance.now();
const renewal = hashTree({
  algorithm,
  leaves: Buffer.concat(tokens.map((each) => leafNode(algorithm, timestampRenewalLeaf(algorithm, each)))),
});
await stamp(renewal.root);
console.log(`renewal of ${batches} batches' time-stamps by one: ${inSeconds(renewing, performance.now())}`);
