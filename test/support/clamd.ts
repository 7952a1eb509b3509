import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { clamdScanner } from '../../src/archive/ingest/index.ts';
import { emptyFolder } from './folders.ts';

/** Where Debian puts it; not every PATH has /usr/sbin. */
const program = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/usr/bin/clamd'].find((path) => existsSync(path));

/** Whether the tests with a real clamd can run; in CI they must. */
export const hasClamd = program !== undefined || process.env.TRAJNO_CI === 'true';

/** The harmless file that every scanner calls malware, in two parts: whole it would make scanners delete this source. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** A running clamd whose database knows one thing: the EICAR file, wherever it stands. */
export interface RunningClamd {
  readonly address: { readonly host: string; readonly port: number };
  /** For TRAJNO_CLAMD. */
  readonly tcp: string;
  readonly socket: string;
  stop(): Promise<void>;
}

/** Starts clamd in a folder of its own, with no network and no database but ours. @param settings further lines of clamd.conf */
export async function startClamd(settings: readonly string[] = [], onPort?: number): Promise<RunningClamd> {
  if (!program) throw new Error('clamd is not installed: apt-get install --no-install-recommends clamav-daemon');
  const folder = emptyFolder();
  const database = join(folder, 'database');
  const socket = join(folder, 'clamd.ctl');
  const port = onPort ?? (await freePort());
  mkdirSync(database);
  writeFileSync(join(database, 'own.ndb'), `Trajno.Test.Eicar:0:*:${Buffer.from(eicar).toString('hex')}\n`);
  const own = ['Foreground yes', `DatabaseDirectory ${database}`, `LocalSocket ${socket}`, `TCPSocket ${port}`];
  const lines = [...own, 'TCPAddr 127.0.0.1', 'AlertExceedsMax yes', ...settings];
  writeFileSync(join(folder, 'clamd.conf'), `${lines.join('\n')}\n`);
  const running = spawn(program, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
  const address = { host: '127.0.0.1', port };
  const kill = () => running.kill('SIGKILL');
  process.once('exit', kill);
  for (let attempt = 0; !(await answers(address)); attempt += 1) {
    if (attempt > 100 || running.exitCode !== null) throw new Error('clamd did not start');
    await wait(100);
  }
  const stop = async () => {
    kill();
    process.off('exit', kill);
    await ended;
  };
  return { address, tcp: `127.0.0.1:${port}`, socket, stop };
}

function answers(address: RunningClamd['address']): Promise<boolean> {
  const patience = { connect: 2000, answer: 2000 };
  return clamdScanner({ address, maxFileSize: 1, patience })
    .ping()
    .then(
      () => true,
      () => false,
    );
}

/** A port of loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
