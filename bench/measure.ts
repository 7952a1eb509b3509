import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** Everything a benchmark writes lies here, and is deleted afterwards. */
export const workFolder = join(process.env.TRAJNO_BENCH ?? '.bench');

/** The program as it is built: `npm run build` comes before any benchmark. */
export const program = join(import.meta.dirname, '../bin/trajno');

export function emptyWorkFolder(name: string): string {
  const folder = join(workFolder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs a shell command and gives its wall-clock seconds. @throws Error when it fails */
export function seconds(command: string, environment: NodeJS.ProcessEnv = {}): number {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync('bash', ['-c', command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const taken = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return taken;
}

/** Forgets cached file contents, so that the next reads come from the disk. Needs root; says whether it could. */
export function dropCaches(): boolean {
  execFileSync('sync');
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false; // an unprivileged run measures with warm caches, and the report says so
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Runs both in turn, so that a drift of the machine meets both alike. */
export function interleaved(runs: number, one: () => number, other: () => number): { ours: number[]; limit: number[] } {
  const ours: number[] = [];
  const limit: number[] = [];
  for (let run = 0; run < runs; run++) {
    limit.push(other());
    ours.push(one());
  }
  return { ours, limit };
}

/** What the machine is, for the head of a report. */
export function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
}
