/** What the threads of `run-fuzz.ts` do: judge one mutant after the other, and say which one is being judged. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FuzzDocuments } from './documents.ts';
import { mutantJudge } from './judge-mutant.ts';

interface Task {
  readonly documents: FuzzDocuments;
  readonly seed: number;
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** The index at work, and how many passed. */
  readonly progress: Int32Array;
}

const { documents, seed, first, step, count, progress } = workerData as Task;
const judge = mutantJudge(documents, seed);
for (let index = first; index < count; index += step) {
  Atomics.store(progress, 0, index);
  Atomics.add(progress, 1, 1);
  const { passes, finding } = await judge(index);
  if (passes) Atomics.add(progress, 2, 1);
  if (finding) parentPort?.postMessage(finding);
}
Atomics.store(progress, 0, -1);
