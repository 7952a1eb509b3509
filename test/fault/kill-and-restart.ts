import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRecord } from '../../src/archive/data-management/index.ts';
import { resumeIntakes } from '../../src/archive/ingest/index.ts';
import { audit } from '../../src/archive/preservation/index.ts';
import { readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';

/** When the process is killed: at a call of its storage drivers, or some time after it is ready. */
export type KillMoment =
  | { readonly call: number; readonly when: 'before' | 'after' }
  | { readonly milliseconds: number };

/** What the killed process had acknowledged. */
interface Acknowledged {
  readonly received: Set<string>;
  readonly archived: Map<string, string>;
  readonly finished: boolean;
}

const child = join(import.meta.dirname, 'archive-until-killed.ts');

/**
 * Lets a process archive records with these settings, kills it, opens the archive again and checks that every receipt holds:
 * whole in both locations, and nothing else visible.
 * @param promised receipts of earlier rounds with the same settings; those of this round are added
 */
export async function killAndRestart(
  environment: NodeJS.ProcessEnv,
  moment: KillMoment,
  records: number,
  promised: Map<string, string>,
): Promise<void> {
  const folder = environment.TRAJNO_DATA ?? '';
  const acknowledged = await run(environment, moment, records);
  const archive = await openArchive(readConfig(environment), () => new Date());
  try {
    const { context } = archive;
    while ((await resumeIntakes(context, archive.ingest, archive.isAlive)) > 0);
    for (const [id, head] of acknowledged.archived) promised.set(id, head);
    for (const id of acknowledged.received) if (!promised.has(id)) promised.set(id, '');
    for (const [id, head] of promised) {
      const record = await findRecord(context.catalog, 'default', id);
      expect(record?.state, `${id} after a kill at ${JSON.stringify(moment)}`).to.equal('archived');
      if (head) expect(record?.receipt?.head).to.equal(head);
    }
    const report = await audit(context, { actor: 'auditor' });
    expect([...report.damaged, ...report.missing, ...report.extra, ...report.catalog]).to.deep.equal([]);
    expect(report.journal).to.equal('intact');
    const known = (await context.catalog('records').select('id', 'state')) as { id: string; state: string }[];
    expect(known.filter(({ state }) => state !== 'archived')).to.deep.equal([]);
    const objects = (await context.catalog('store_object_versions').count({ count: '*' }).first()) as { count: number };
    for (const location of ['first', 'second']) {
      expect(objectsIn(join(folder, 'locations', location, 'store'))).to.equal(known.length + objects.count);
      expect(readdirSync(join(folder, 'locations', location, 'staging'))).to.deep.equal([]);
    }
  } finally {
    await archive.close();
  }
}

function run(environment: NodeJS.ProcessEnv, moment: KillMoment, records: number): Promise<Acknowledged> {
  const killAt = 'call' in moment ? [String(moment.call), moment.when] : [];
  const running = spawn(process.execPath, ['--import=tsx', child, String(records), ...killAt], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let [text, errors] = ['', ''];
  running.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  running.stdout.on('data', (chunk) => {
    text += chunk;
    const complete = text.split('\n');
    text = complete.pop() ?? '';
    lines.push(...complete);
    if ('milliseconds' in moment && complete.includes('OPEN'))
      setTimeout(() => running.kill('SIGKILL'), moment.milliseconds);
  });
  return new Promise((resolve, reject) => {
    running.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') return reject(new Error(`the process failed by itself: ${errors}`));
      const words = lines.map((line) => line.split(' '));
      resolve({
        received: new Set(words.filter(([what]) => what === 'RECEIVED').map(([, id = '']) => id)),
        archived: new Map(words.filter(([what]) => what === 'ARCHIVED').map(([, id = '', head = '']) => [id, head])),
        finished: words.some(([what]) => what === 'DONE'),
      });
    });
  });
}

function objectsIn(store: string): number {
  return readdirSync(store, { recursive: true }).filter((path) => String(path).endsWith('0=ocfl_object_1.1')).length;
}
