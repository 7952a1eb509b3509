import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Config } from '../../src/config.ts';
import { freePort } from './clamd.ts';
import { emptyFolder } from './folders.ts';

const debian = '/usr/lib/postgresql';
const programs = existsSync(debian)
  ? readdirSync(debian)
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(debian, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'initdb')))
  : undefined;

/** Whether the tests with a real PostgreSQL can run; in CI they must. */
const hasPostgres = programs !== undefined || process.env.CI === 'true';

/** A kind of database that the catalog can lie in. */
export interface Dialect {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** Where a new and empty catalog may lie: what `openCatalog` takes. */
  emptyPlace(): Promise<string>;
  /** The settings of an archive whose catalog is new and lies there. */
  environment(): Promise<NodeJS.ProcessEnv>;
  /** Takes the catalog of an archive away, as a dead disk does. */
  loseCatalog(config: Pick<Config, 'dataFolder' | 'database'>): Promise<void>;
}

const dialects: readonly Dialect[] = [
  {
    name: 'SQLite',
    emptyPlace: async () => join(emptyFolder(), 'catalog.sqlite'),
    environment: async () => ({}),
    loseCatalog: async ({ dataFolder }) => {
      for (const part of ['', '-wal', '-shm']) rmSync(join(dataFolder, `catalog.sqlite${part}`), { force: true });
    },
  },
  {
    name: 'PostgreSQL',
    emptyPlace: emptyDatabase,
    environment: async () => ({ TRAJNO_DATABASE: await emptyDatabase() }),
    loseCatalog: ({ database = '' }) => queryDatabase(database, 'DROP SCHEMA trajno CASCADE'),
  },
];

/** Describes a suite for each database. Outside CI that of PostgreSQL is pending where it is not installed. */
export function describeOnEach(title: string, suite: (this: Mocha.Suite, dialect: Dialect) => void): void {
  for (const dialect of dialects)
    (dialect.name === 'SQLite' || hasPostgres ? describe : describe.skip)(`${title} (${dialect.name})`, function () {
      if (dialect.name === 'PostgreSQL') before('PostgreSQL is started', startedOnce);
      suite.call(this, dialect);
    });
}

/** A suite that needs PostgreSQL. */
export const describeOnPostgres = hasPostgres ? describe : describe.skip;

/** Runs a statement past the product. */
async function queryDatabase(address: string, sql: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

let databases = 0;

/** The address of a new database. */
export async function emptyDatabase(): Promise<string> {
  const server = await startedOnce();
  databases += 1;
  const name = `trajno_${databases}`;
  await queryDatabase(`${server.address}/postgres`, `CREATE DATABASE ${name}`);
  return `${server.address}/${name}`;
}

interface RunningPostgres {
  /** Without the database's name. */
  readonly address: string;
  stop(): Promise<void>;
}

let started: Promise<RunningPostgres> | undefined;

function startedOnce(): Promise<RunningPostgres> {
  started ??= startPostgres();
  return started;
}

if (typeof after === 'function')
  after('PostgreSQL is stopped', async () => {
    if (started) await (await started).stop();
  });

/** PostgreSQL refuses to run as root: then it is the user that Debian made for it. */
function unprivileged(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: userId('-u'), gid: userId('-g') } : undefined;
}

function userId(what: '-u' | '-g'): number {
  return Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
}

async function startPostgres(): Promise<RunningPostgres> {
  if (!programs) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  const folder = emptyFolder();
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const form = ['--encoding=UTF8', '--locale=C.UTF-8', '--auth=trust', '--username=trajno', '--no-sync'];
  await promisify(execFile)(join(programs, 'initdb'), ['-D', data, ...form], { cwd: folder, ...user });
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' };
  const speed = { synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 };
  const options = Object.entries({ ...settings, ...speed }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const running = spawn(join(programs, 'postgres'), ['-D', data, ...options], {
    cwd: folder,
    stdio: 'ignore',
    ...user,
  });
  const ended = once(running, 'exit');
  const kill = () => running.kill('SIGQUIT');
  process.once('exit', kill);
  const address = `postgres://trajno@127.0.0.1:${port}`;
  for (let attempt = 0; !(await answers(`${address}/postgres`)); attempt += 1) {
    if (attempt > 200 || running.exitCode !== null) throw new Error('PostgreSQL did not start');
    await wait(50);
  }
  const stop = async () => {
    kill();
    process.off('exit', kill);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, stop };
}

async function answers(address: string): Promise<boolean> {
  const client = new pg.Client(address);
  try {
    await client.connect();
    return true;
  } catch {
    return false; // it is asked again
  } finally {
    await client.end();
  }
}
