import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { listBatches, listEntries, pendingState, storeObjectsOfType } from '../../src/archive/data-management/index.ts';
import { resumeIntakes } from '../../src/archive/ingest/index.ts';
import { audit, keepEvidence, versionEvidence } from '../../src/archive/preservation/index.ts';
import { readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import { emptyFolder } from '../support/folders.ts';

const child = join(import.meta.dirname, 'keep-evidence-until-killed.ts');
const kills = Math.ceil(Number(process.env.KILLS ?? 6) / 3);
const day = 86_400_000;

function run(folder: string, ...killAt: string[]): Promise<string[][]> {
  const running = spawn(process.execPath, ['--import=tsx', child, folder, ...killAt], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, errors] = ['', ''];
  running.stdout.on('data', (chunk) => {
    out += chunk;
  });
  running.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return new Promise((resolve, reject) => {
    running.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the process failed by itself: ${errors}`));
      else
        resolve(
          out
            .split('\n')
            .slice(0, -1)
            .map((line) => line.split(' ')),
        );
    });
  });
}

/** Opens what the killed process left, lets the archive keep itself, and checks that nothing is lost or done twice. */
async function checkAfterwards(folder: string, told: readonly string[][], moment: string): Promise<void> {
  let now = Date.parse('2026-11-25T08:00:00Z') + 252 * day;
  const config = readConfig({ TRAJNO_DATA: folder, TRAJNO_ONLINE: 'no' });
  const archive = await openArchive(config, () => new Date(now));
  const { catalog } = archive.context;
  const sunsets = { sha512: '2027-09-01' };
  const evidence = { ...archive.evidence, evidencePolicy: { ...archive.evidence.evidencePolicy, sunsets } };
  try {
    while ((await resumeIntakes(archive.context, archive.ingest, archive.isAlive)) > 0);
    const first = await audit(evidence, { actor: 'auditor' });
    expect(
      [...first.damaged, ...first.missing, ...first.extra].filter(({ repaired }) => !repaired),
      moment,
    ).to.deep.equal([]);
    for (let turn = 0; turn < 2; turn++) {
      expect(await keepEvidence(evidence), moment).to.include({ broken: 0 });
      now += day;
    }
    const { damaged, missing, extra, catalog: rows, evidence: found, journal } = await audit(evidence, { actor: 'a' });
    expect([...damaged, ...missing, ...extra, ...rows, ...found], moment).to.deep.equal([]);
    expect(journal, moment).to.equal('intact');
    now += day;
    await keepEvidence(evidence);
    expect((await pendingState(catalog)).objects, moment).to.equal(0);
    const batches = await listBatches(catalog, { limit: 100 });
    expect(new Set(batches.map(({ digest }) => digest)), moment).to.deep.equal(new Set(['sha384']));
    const named = batches.flatMap(({ id, blinding }) => [id, blinding]).sort();
    const stored = [
      ...(await storeObjectsOfType(catalog, 'evidence-batch')),
      ...(await storeObjectsOfType(catalog, 'evidence-blinding')),
    ];
    expect(stored.sort(), moment).to.deep.equal(named);
    for (const [, id = ''] of told.filter(([what]) => what === 'ARCHIVED'))
      expect(await versionEvidence(archive.evidence, id, 1), `${id} ${moment}`).to.not.equal(undefined);
    const { institution } = archive.context;
    const closed = await listEntries(catalog, {
      institution: institution.id,
      type: 'evidence.batch-closed',
      limit: 99,
    });
    expect(closed.map(({ subject = '' }) => subject).sort(), moment).to.deep.equal(batches.map(({ id }) => id).sort());
    const twice: { count: number }[] = await catalog('evidence_coverage')
      .groupBy('object_id', 'version')
      .havingRaw('count(*) > 1')
      .select(catalog.raw('count(*) as count'));
    expect(twice, moment).to.deep.equal([]);
  } finally {
    await archive.close();
  }
}

describe(`an archive that is killed ${kills} times while it keeps its evidence`, function () {
  this.timeout((kills + 1) * 60_000);

  it('loses nothing, skips no check and does nothing twice', async () => {
    const whole = emptyFolder();
    const told = await run(whole);
    const calls = Number(told.find(([what]) => what === 'DONE')?.[1]);
    expect(calls).to.be.greaterThan(50);
    await checkAfterwards(whole, told, 'not killed');
    for (let kill = 0; kill < kills; kill++) {
      const call = 1 + Math.floor(((kill + 0.5) / kills) * calls);
      const when = kill % 2 ? 'after' : 'before';
      const folder = emptyFolder();
      await checkAfterwards(folder, await run(folder, String(call), when), `killed ${when} call ${call} of ${calls}`);
    }
  });
});
