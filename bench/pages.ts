import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { issueApiToken } from '../src/archive/administration/index.ts';
import { readConfig } from '../src/config.ts';
import { sampleDocuments } from '../src/demo/sample-documents.ts';
import { openArchive } from '../src/open-archive.ts';
import { machine, program, workFolder } from './measure.ts';
import { fillCatalog } from './million.ts';

/**
 * How long the service takes to answer its pages with 1,000,000 records in an SQLite catalog: one visitor after another,
 * then fifty at once while an audit runs on one core. RECORDS makes it smaller, SECONDS longer. The catalog is made at the
 * first run (a quarter of an hour) and kept for the next ones.
 */
const records = Number(process.env.RECORDS ?? 1_000_000);
const loadSeconds = Number(process.env.SECONDS ?? 20);
const folder = resolve(workFolder, `pages-${records}`);
const port = 18_080;

/** What is asked, by its name; each time with another value of the list. */
const mix: Readonly<Record<string, readonly string[]>> = {
  'first page of the search, no words': ['/find'],
  'a word that a quarter of the archive has': ['/find?text=ugovor', '/find?text=уговор', '/find?text=ugovo'],
  'two common words': ['/find?text=ugovor+beograd', '/find?text=решење+чачак', '/find?text=racun+nis'],
  'a word that one record has': ['31a3e3d4ec', '2c624232cc', '19581e27de', '4a44dc1536', '4fc82b26ae'].map(
    (word) => `/find?text=${word}`,
  ),
  'the beginning of a word': ['/find?text=za', '/find?text=pet', '/find?text=ник', '/find?text=ob', '/find?text=r'],
  'a number': ['2019-0600000', '2012-0250001', '2024-0870123'].map((number) => `/find?text=${number}`),
  'a signer': ['/find?signer=jelena+petrovic', '/find?signer=ђорђевић', '/find?text=стојановић+1500'],
  'a facet': ['/find?profile=contract', '/find?state=awaiting', '/find?verdict=indeterminate', '/find?year=2017'],
  'facets together': [
    '/find?profile=contract&year=2015&verdict=total_passed',
    '/find?category=ii_3&by=jelena_petrovic',
    '/find?category=iv_20&state=archived&year=2010',
  ],
  'words and facets': [
    '/find?text=ugovor&year=2015',
    '/find?text=рачун&category=i_1',
    '/find?text=dozvola&verdict=total_failed',
  ],
  'days of receipt': ['/find?from=2014-03-01&to=2014-03-31', '/find?text=ugovor&from=2020-01-01&to=2020-06-30'],
  'a deep page': [
    '/find?cursor=500000',
    '/find?cursor=1000',
    '/find?text=ugovor&cursor=400000',
    '/find?profile=general&cursor=1200',
  ],
  'a record': Array.from({ length: 7 }, (_, n) => `/records/2026-00000${n + 1}`),
  tasks: ['/tasks'],
  'audit desk': ['/audit'],
  operations: ['/operations'],
};

const environment = {
  ...process.env,
  TRAJNO_DATA: folder,
  TRAJNO_ONLINE: 'no',
  TRAJNO_PORT: String(port),
};

async function prepare(): Promise<string> {
  const isNew = !existsSync(join(folder, 'catalog.sqlite'));
  mkdirSync(folder, { recursive: true });
  // what has no package behind it is not to be read
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ fixity: { pauses: ['00:00-24:00'] } }));
  const archive = await openArchive(readConfig(environment), () => new Date());
  try {
    if (isNew) {
      const { records: samples } = await sampleDocuments(() => new Date());
      for (const { profile, files, metadata } of samples) {
        const { title, category, ...fields } = metadata;
        const source = files.map(({ name, bytes }) => ({
          name,
          source: (async function* () {
            yield bytes;
          })(),
        }));
        const { submission, intake } = await archive.ingest.receive({
          actor: 'bench',
          metadata: { profile, ...(title ? { title } : {}), category: category ?? 'I-1', fields },
          files: source,
        });
        await archive.ingest.process(submission, { number: intake.recordNumber });
      }
      await fillCatalog(archive.context.catalog, records, (done) => {
        if (done % 50_000 === 0) console.error(`${done} records`);
      });
      await archive.context.catalog('revalidations').update({ due_at: '2027-06-01T00:00:00Z' });
    }
    return await issueApiToken(archive.context, `bench-${process.pid}`, 'administrator');
  } finally {
    await archive.close();
  }
}

async function started(): Promise<ChildProcess> {
  const service = spawn(process.execPath, [program, 'serve'], {
    env: environment,
    stdio: 'ignore',
  });
  for (let tries = 0; tries < 300; tries++) {
    await wait(200);
    if (
      await fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return service;
  }
  throw new Error('the service did not start');
}

async function ask(address: string, token: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}${address}`, { headers: { Authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${text.slice(0, 300)}`);
  return performance.now() - begun;
}

function share(values: readonly number[], part: number): string {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1);
}

/** The processor time that a process has used, all its threads together, in milliseconds (proc(5): ticks of 10 ms). */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function oneAfterAnother(token: string, pid: number): Promise<void> {
  console.log('| page | median ms | p95 ms | slowest ms | processor ms each |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [name, addresses] of Object.entries(mix)) {
    for (const address of addresses) await ask(address, token);
    const taken: number[] = [];
    const before = processorTime(pid);
    for (let n = 0; n < 60; n++) taken.push(await ask(addresses[n % addresses.length] as string, token));
    const each = ((processorTime(pid) - before) / 60).toFixed(1);
    console.log(`| ${name} | ${share(taken, 0.5)} | ${share(taken, 0.95)} | ${share(taken, 1)} | ${each} |`);
  }
}

/** An archive of its own with a thousand records of some size, audited again and again on the first core. */
function auditForEver(): { stop(): void } {
  const data = resolve(workFolder, 'audited');
  const sources = resolve(workFolder, 'audited-files');
  const env = { ...environment, TRAJNO_DATA: data };
  if (!existsSync(data)) {
    mkdirSync(sources, { recursive: true });
    for (let n = 0; n < 300; n++) writeFileSync(join(sources, `${n}.txt`), `${n} `.repeat(300_000));
    spawnSync(process.execPath, [program, 'archive', sources], { env, stdio: 'ignore' });
  }
  let running: ChildProcess | undefined;
  let isStopped = false;
  const next = () => {
    if (isStopped) return;
    running = spawn('taskset', ['-c', '0', process.execPath, program, 'audit'], { env, stdio: 'ignore' });
    running.on('exit', next);
  };
  next();
  return {
    stop: () => {
      isStopped = true;
      running?.kill();
    },
  };
}

/** Each visitor reads for a second, more or less, before the next page. */
async function fiftyAtOnce(token: string): Promise<void> {
  const audit = auditForEver();
  const all = Object.values(mix);
  const taken: number[] = [];
  let errors = 0;
  const ends = Date.now() + loadSeconds * 1000;
  const visitor = async (n: number) => {
    await wait(n * 20);
    for (let step = n; Date.now() < ends; step += 7) {
      const kind = all[step % all.length] ?? [];
      await ask(kind[step % kind.length] as string, token).then(
        (time) => taken.push(time),
        () => (errors += 1),
      );
      await wait(500 + ((step * 137) % 1000));
    }
  };
  await Promise.all(Array.from({ length: 50 }, (_, n) => visitor(n)));
  audit.stop();
  console.log(
    `\nfifty at once for ${loadSeconds} s beside an audit on one core: ${taken.length} pages, ${errors} errors, median ${share(taken, 0.5)} ms, p95 ${share(taken, 0.95)} ms, slowest ${share(taken, 1)} ms`,
  );
}

const token = await prepare();
if (process.env.PREPARE_ONLY !== 'yes') {
  console.log(`${machine()}, ${records} records\n`);
  const service = await started();
  try {
    await oneAfterAnother(token, service.pid as number);
    await fiftyAtOnce(token);
  } finally {
    service.kill('SIGKILL'); // nothing that it does is worth waiting for
  }
}
