import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from './program.ts';

/** `trajno serve` in a process of its own. */
export interface RunningProgram {
  readonly origin: string;
  /** What it said at the console until it answered. */
  readonly said: string;
  /** What it has written into its log. */
  readonly log: () => string;
  /** Tells it to stop, and waits until it did. */
  readonly stop: () => Promise<void>;
}

/** Starts the program as whoever installed it does, on a data folder, and waits until it says how one comes in. */
export async function startProgram(folder: string, settings: NodeJS.ProcessEnv = {}): Promise<RunningProgram> {
  const { PATH, HOME } = process.env;
  const running = spawn(process.execPath, [...program, 'serve'], {
    env: { PATH, HOME, TRAJNO_DATA: folder, TRAJNO_PORT: '0', TRAJNO_ONLINE: 'no', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, log] = ['', ''];
  running.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const origin = await new Promise<string>((resolve, reject) => {
    running.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /listens on (\S+)/.exec(said)?.[1];
      if (found && /\/sign-in\S*\n/.test(said)) resolve(found);
    });
    running.on('close', () => reject(new Error(`serve ended: ${log}`)));
  });
  return {
    origin,
    said,
    log: () => log,
    stop: async () => {
      if (running.exitCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGTERM');
      await ended;
    },
  };
}
