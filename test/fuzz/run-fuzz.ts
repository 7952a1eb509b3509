import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type FuzzDocuments, fuzzDocuments } from './documents.ts';
import type { Finding } from './judge-mutant.ts';

/** What a run is told. */
export interface FuzzSettings {
  readonly seed: number;
  readonly count: number;
  readonly threads: number;
  /** For one mutant; 5,000 unless a machine that is busy with other things is given more. */
  readonly milliseconds?: number;
  /** Where what is found is written, each in a folder of its own. */
  readonly folder?: string;
  readonly onProgress?: (done: number) => void;
}

/** What a run came to. */
export interface FuzzResult {
  readonly findings: readonly Finding[];
  readonly judged: number;
  /** Mutants in which some signature still passes. */
  readonly passing: number;
  readonly slowest: number;
  readonly residentMegabytes: number;
}

const longest = 5_000;
const heapMegabytes = 256;

/**
 * Judges so many mutants, in threads with a heap of 256 MB and 5 seconds for each mutant. The same seed makes the same
 * decisions; the signatures of our own documents are new in each run, so what is found is written down whole.
 */
export async function runFuzz(settings: FuzzSettings): Promise<FuzzResult> {
  const documents = await fuzzDocuments();
  const found: Finding[] = [];
  const tell = (finding: Finding) => {
    found.push(finding);
    if (settings.folder) writeDown(finding, documents, settings.folder);
  };
  const threads = await Promise.all(
    Array.from({ length: settings.threads }, (_, number) => judgeAll(documents, number, settings, tell)),
  );
  return {
    findings: found,
    judged: threads.reduce((sum, { judged }) => sum + judged, 0),
    passing: threads.reduce((sum, { passing }) => sum + passing, 0),
    slowest: Math.max(...threads.map(({ slowest }) => slowest)),
    residentMegabytes: Math.max(...threads.map(({ resident }) => resident)) >> 20,
  };
}

/** Every so many-th mutant in one thread; a thread that hangs or runs out of memory is replaced by one that goes on after it. */
async function judgeAll(
  documents: FuzzDocuments,
  number: number,
  settings: FuzzSettings,
  tell: (finding: Finding) => void,
) {
  const { seed, count, threads, onProgress } = settings;
  const progress = new Int32Array(new SharedArrayBuffer(12));
  const measured = { slowest: 0, resident: 0 };
  for (let first = number; first < count; ) {
    const given = { documents, seed, first, step: threads, count, progress };
    const end = await watched(given, progress, measured, settings.milliseconds ?? longest, tell, () =>
      onProgress?.(Atomics.load(progress, 1)),
    );
    if (end === undefined) break;
    const index = Atomics.load(progress, 0);
    tell({ seed, index, document: '', ...end });
    first = index + threads;
  }
  return { judged: Atomics.load(progress, 1), passing: Atomics.load(progress, 2), ...measured };
}

type End = Pick<Finding, 'kind' | 'detail'> | undefined;

function watched(
  given: object,
  progress: Int32Array,
  measured: { slowest: number; resident: number },
  milliseconds: number,
  tell: (finding: Finding) => void,
  onProgress: () => void,
): Promise<End> {
  return new Promise((resolve) => {
    const task = fileURLToPath(new URL('./fuzz-task-from-source.mjs', import.meta.url));
    const worker = new Worker(task, { workerData: given, resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
    const before = Atomics.load(progress, 1);
    let [at, since] = [before, performance.now()];
    const watch = setInterval(() => {
      onProgress();
      measured.resident = Math.max(measured.resident, process.memoryUsage.rss());
      const now = Atomics.load(progress, 1);
      if (now !== at || now === before) [at, since] = [now, performance.now()]; // before the first, source is compiled
      const taken = performance.now() - since;
      measured.slowest = Math.max(measured.slowest, taken);
      if (taken < milliseconds) return;
      finish({ kind: 'hang', detail: `over ${milliseconds} ms` });
      worker.terminate();
    }, 100);
    const finish = (end: End) => {
      clearInterval(watch);
      resolve(end);
    };
    worker.on('message', tell);
    worker.on('error', (error: NodeJS.ErrnoException) =>
      finish(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { kind: 'memory', detail: `over ${heapMegabytes} MB of heap` }
          : { kind: 'crash', detail: String(error.stack) },
      ),
    );
    worker.on('exit', () => finish(undefined));
  });
}

/** The document, what was handed over, the anchors and CRLs, and what was wrong: enough to see it again. */
function writeDown(finding: Finding, { documents, worlds }: FuzzDocuments, folder: string): void {
  const place = join(folder, `${finding.seed}-${finding.index}`);
  mkdirSync(place, { recursive: true });
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(place, name), bytes);
  const { bytes, contents, ...rest } = finding;
  put('finding.json', JSON.stringify(rest, null, 1));
  if (bytes) put('mutant', bytes);
  for (const [index, content] of (contents ?? []).entries()) put(`content-${index}`, content);
  const original = documents.find(({ name }) => name === finding.document);
  if (!original) return;
  put('original', original.bytes);
  if (original.world !== 'toy') return;
  for (const [index, anchor] of worlds.toy.anchors.entries()) put(`anchor-${index}.crt`, anchor);
  for (const [index, crl] of worlds.toy.crls.entries()) put(`list-${index}.crl`, crl);
}
