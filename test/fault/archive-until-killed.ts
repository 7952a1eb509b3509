/**
 * Archives records one after another and several at once, until it is killed. Each receipt is told on stdout the moment
 * it is given. usage: archive-until-killed.ts RECORDS [KILL_AT_CALL before|after]
 */
import { writeSync } from 'node:fs';
import type { LocationDriver } from '../../src/archive/archival-storage/index.ts';
import { filesystemLocation } from '../../src/archive/archival-storage/index.ts';
import { resumeIntakes } from '../../src/archive/ingest/index.ts';
import { readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import { bagFiles, below } from '../support/bag.ts';
import { zipArchive } from '../support/zip-archive.ts';

const [records = '50', killAt = '0', when = 'before'] = process.argv.slice(2);
const tell = (line: string) => writeSync(1, `${line}\n`);
let calls = 0;

const stop = () => process.kill(process.pid, 'SIGKILL');
const counted: (keyof LocationDriver)[] = [
  'createStaged',
  'writeStaged',
  'sync',
  'writeVersion',
  'placeVersion',
  'dropStaged',
  'appendJournal',
  'replaceJournal',
];

function dying(driver: LocationDriver): LocationDriver {
  if (killAt === '0') return driver;
  const wrapped = counted.map((name) => {
    const call = driver[name] as (...args: unknown[]) => Promise<unknown>;
    const replacement = async (...args: unknown[]) => {
      calls += 1;
      const mine = calls === Number(killAt);
      if (mine && when === 'before') stop();
      const result = await call(...args);
      if (mine) stop();
      return result;
    };
    return [name, replacement];
  });
  return { ...driver, ...Object.fromEntries(wrapped) };
}

const archive = await openArchive(
  readConfig(process.env),
  () => new Date(),
  (description, workers) => dying(filesystemLocation(description, workers)),
);
await resumeIntakes(archive.context, archive.ingest, archive.isAlive);
tell('OPEN');

let next = 0;
const worker = async () => {
  for (let n = next++; n < Number(records); n = next++) {
    const text = `record ${process.pid}-${n} ${'x'.repeat((n % 7) * 3000)}`;
    const isBag = n % 4 === 1;
    const content = isBag ? zipArchive(below('bag', bagFiles({ payload: { 'a/a.txt': text } }))) : Buffer.from(text);
    const source = (async function* () {
      yield content;
    })();
    const { submission, intake } = await archive.ingest.receive({
      actor: 'officer',
      metadata: { category: 'K-1' },
      files: [{ name: isBag ? `r${n}.zip` : `r${n}.txt`, source }],
    });
    tell(`RECEIVED ${submission.id}`);
    const record = await archive.ingest.process(submission, { number: intake.recordNumber });
    tell(`ARCHIVED ${record.id} ${record.receipt?.head}`);
  }
};
await Promise.all([worker(), worker(), worker(), worker()]);
tell(`DONE ${calls}`);
await archive.close();
