import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';
import { program } from '../support/program.ts';

const root = join(import.meta.dirname, '../..');

/** The service in a process of its own, until it says where it listens. */
async function serving(
  folder: string,
): Promise<{ process: ChildProcess; origin: string; said: () => string; log: () => string }> {
  const running = spawn(process.execPath, [...program, 'serve'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TRAJNO_DATA: folder, TRAJNO_PORT: '0', TRAJNO_ONLINE: 'no' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  running.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const origin = await new Promise<string>((resolve, reject) => {
    running.stdout.on('data', (chunk) => {
      out += chunk;
      const found = /listens on (\S+)/.exec(out)?.[1];
      if (found && out.includes('sign-in')) resolve(found);
    });
    running.on('close', () => reject(new Error(`serve ended: ${err}`)));
  });
  return { process: running, origin, said: () => out, log: () => err };
}

describe('a running service', function () {
  this.timeout(60_000);

  it('refuses a second one on its data folder, lets commands run beside it, and ends when told', async () => {
    const folder = emptyFolder();
    const first = await serving(folder);
    const environment = { TRAJNO_DATA: folder, TRAJNO_PORT: '0', TRAJNO_ONLINE: 'no' };
    const second = await trajno(['serve'], environment);
    expect(second.code).to.equal(3);
    expect(second.err).to.contain('SERVICE_ALREADY_RUNNING');
    const archived = await trajno(['archive', join(root, 'package.json'), '--json'], environment);
    expect(archived.code, archived.err).to.equal(0);
    const record = JSON.parse(archived.out).records[0].record;
    const token = /API token[^:]*: (\S+)/.exec(first.said())?.[1];
    const response = await fetch(`${first.origin}/api/v1/records/${encodeURIComponent(record)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).to.equal(200);
    expect(first.log()).to.not.contain(token).and.not.contain('package.json');
    const rebuilt = await trajno(['rebuild'], environment);
    expect([rebuilt.code, rebuilt.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 3 && err.includes('SERVICE_ALREADY_RUNNING'),
    );
    first.process.kill('SIGTERM');
    const [code] = await once(first.process, 'exit');
    expect(code).to.equal(0);
    expect(existsSync(join(folder, 'run', 'serve.lock'))).to.equal(false);
  });

  it('takes the place of one that was killed, and prints no second bootstrap token', async () => {
    const folder = emptyFolder();
    const first = await serving(folder);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    const second = await serving(folder);
    expect(second.said()).to.not.contain('API token');
    second.process.kill('SIGTERM');
    await once(second.process, 'exit');
  });
});
