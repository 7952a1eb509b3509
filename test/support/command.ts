import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { program } from './program.ts';

/** What a command of the program said and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const root = join(import.meta.dirname, '../..');

/** Runs `trajno` in a process of its own. */
export function trajno(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const running = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TRAJNO_ONLINE: 'no', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  running.stdout.on('data', (chunk) => {
    out += chunk;
  });
  running.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('close', (code) => resolve({ code, out, err }));
  });
}
