import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { emptyFolder } from '../support/folders.ts';
import { program } from '../support/program.ts';

interface Running {
  readonly process: ChildProcess;
  output: string;
  log: string;
  readonly exit: Promise<number | null>;
}

const running: Running[] = [];

function start(verb: string[], folder: string, port = '0'): Running {
  const child = spawn(process.execPath, [...program, ...verb], {
    env: { ...process.env, TRAJNO_DATA: folder, TRAJNO_PORT: port, TRAJNO_URL: '', TRAJNO_ONLINE: 'no' },
  });
  const started: Running = {
    process: child,
    output: '',
    log: '',
    exit: new Promise((resolve) => child.once('exit', resolve)),
  };
  child.stdout?.on('data', (chunk) => {
    started.output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    started.log += chunk;
  });
  running.push(started);
  return started;
}

async function until(isTrue: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(what());
}

const listening = (service: Running) =>
  until(
    () => service.output.includes('sign-in?link='),
    () => `it does not listen: ${service.output} ${service.log}`,
  );
const originOf = ({ output }: Running) => (output.match(/http:\/\/[0-9.:]+/) as RegExpMatchArray)[0];
const tokenOf = ({ output }: Running) => (output.match(/trajno_[\w-]+/) as RegExpMatchArray)[0];

describe('trajno serve', function () {
  this.timeout(90_000);
  const folder = join(emptyFolder(), 'data');
  let service: Running;
  before(async () => {
    service = start(['serve'], folder);
    await listening(service);
  });
  after(() => {
    for (const { process: child } of running) child.kill('SIGKILL');
  });

  it('prints the address it really listens on, a token and a link, and none of them into the log', async () => {
    const response = await fetch(`${originOf(service)}/healthz`);
    expect(await response.text()).to.equal('ok\n');
    const records = await fetch(`${originOf(service)}/api/v1/records`, {
      headers: { Authorization: `Bearer ${tokenOf(service)}` },
    });
    expect(records.status).to.equal(200);
    const [, link] = service.output.match(/link=([\w-]+)/) as RegExpMatchArray;
    expect(service.log)
      .to.not.include(tokenOf(service))
      .and.not.include(link as string);
    for (const line of service.log.trim().split('\n')) expect(JSON.parse(line)).to.include.keys('level', 'time', 'msg');
  });

  it('refuses a second service on the same data, while commands run beside the first', async () => {
    const second = start(['serve'], folder);
    expect(await second.exit).to.equal(3);
    expect(second.log)
      .to.include('SERVICE_ALREADY_RUNNING')
      .and.not.match(/^\s+at /m);
    const list = start(['list', '--json'], folder);
    expect(await list.exit, list.log).to.equal(0);
  });

  it('says so when the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const other = start(['serve'], join(emptyFolder(), 'data'), String(port));
    const exit = await other.exit;
    taken.close();
    expect(exit).to.equal(3);
    expect(other.log)
      .to.include('ADDRESS_IN_USE')
      .and.include(String(port))
      .and.not.match(/^\s+at /m);
  });

  it('ends well when told to: what was begun is answered, what waits is gone on with at the next start', async () => {
    const form = () => {
      const data = new FormData();
      data.append('file', new Blob(['последњи']), 'последњи.txt');
      return data;
    };
    const headers = { Authorization: `Bearer ${tokenOf(service)}` };
    const sent = Array.from({ length: 20 }, () =>
      fetch(`${originOf(service)}/api/v1/records`, { method: 'POST', headers, body: form() }),
    );
    const answers = await Promise.all(sent);
    service.process.kill('SIGTERM');
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(20).fill(202));
    expect(await service.exit, service.log).to.equal(0);
    const again = start(['serve'], folder);
    await listening(again);
    expect(again.output, 'the token is shown once').to.not.include('trajno_');
    await until(
      async () => {
        const found = await fetch(`${originOf(again)}/api/v1/records?state=awaiting`, { headers });
        return ((await found.json()) as { records: unknown[] }).records.length === 20;
      },
      () => `records are missing: ${again.log}`,
    );
    again.process.kill('SIGINT');
    expect(await again.exit).to.equal(0);
  });
});
