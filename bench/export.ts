/**
 * Export of one large file as ZIP, its digest checked while it is streamed, against `openssl dgst -sha512` of it: by the command
 * line to a file, start of the program included, and over HTTP to nowhere. Everything is in the page cache.
 * usage: tsx bench/export.ts [MEGABYTES [RUNS]]
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { emptyWorkFolder, machine, median, program, seconds } from './measure.ts';

const megabytes = Number(process.argv[2] ?? 2048);
const runs = Number(process.argv[3] ?? 5);
const source = join(emptyWorkFolder('source'), 'large.bin');
seconds(`for part in $(seq ${Math.ceil(megabytes / 256)}); do openssl rand ${256 << 20} >> ${source}; done`);
const environment = { TRAJNO_DATA: emptyWorkFolder('ours'), TRAJNO_PORT: '8199' };
const archived = execFileSync(program, ['archive', source, '--json'], { env: { ...process.env, ...environment } });
const { record } = JSON.parse(archived.toString()).records[0];

const server = spawn(program, ['serve'], {
  env: { ...process.env, ...environment },
  stdio: ['ignore', 'pipe', 'pipe'],
});
const token = await new Promise<string>((resolve) => {
  let said = '';
  const look = (chunk: Buffer) => {
    said += chunk;
    const [found] = /trajno_[\w-]+/.exec(said) ?? [];
    if (found) resolve(found);
  };
  server.stdout.on('data', look);
  server.stderr.on('data', look);
});
const address = `http://127.0.0.1:8199/api/v1/records/${record}/versions/1/package?form=zip`;

const taken: Record<'openssl' | 'command line' | 'HTTP', number[]> = { openssl: [], 'command line': [], HTTP: [] };
for (let run = 0; run < runs; run += 1) {
  taken.openssl.push(seconds(`openssl dgst -sha512 ${source}`));
  const to = emptyWorkFolder('export');
  taken['command line'].push(seconds(`${program} export ${record} --to ${to} --form zip`, environment));
  rmSync(to, { recursive: true });
  taken.HTTP.push(seconds(`curl -sf -H 'Authorization: Bearer ${token}' -o /dev/null '${address}'`));
}
const [, resident = '?'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'latin1')) ?? [];
server.kill();
console.log(`Export of a file of ${megabytes} MB as ZIP; ${machine()}`);
const limit = median(taken.openssl);
for (const [name, values] of Object.entries(taken))
  console.log(
    `${name.padEnd(12)} ${median(values).toFixed(2)} s  ratio ${(limit / median(values)).toFixed(2)}  (${values.map((value) => value.toFixed(1)).join(' ')})`,
  );
console.log(`the server was resident with ${Math.round(Number(resident) / 1024)} MB at most`);
rmSync(join('.bench'), { recursive: true, force: true });
