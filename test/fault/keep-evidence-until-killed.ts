/**
 * Takes records, closes a batch, repairs a damaged copy in an audit, renews the time-stamp and then the hash tree, until it is
 * killed at a call of its storage drivers. usage: keep-evidence-until-killed.ts DATA_FOLDER [KILL_AT_CALL before|after]
 */
import { readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { filesystemLocation, type LocationDriver } from '../../src/archive/archival-storage/index.ts';
import { audit, keepEvidence } from '../../src/archive/preservation/index.ts';
import { readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import { keep } from '../support/archive.ts';

const [folder = '', killAt = '0', when = 'before'] = process.argv.slice(2);
const day = 86_400_000;
const tell = (line: string) => writeSync(1, `${line}\n`);
let now = Date.parse('2026-11-25T08:00:00Z');
let calls = 0;

const counted: (keyof LocationDriver)[] = [
  'writeVersion',
  'placeVersion',
  'dropStaged',
  'removeObject',
  'repairFile',
  'receiveObject',
  'readObjects',
  'readInventory',
  'appendJournal',
  'sync',
];

function dying(driver: LocationDriver): LocationDriver {
  const wrapped = counted.map((name) => {
    const call = driver[name] as (...args: unknown[]) => Promise<unknown>;
    const replacement = async (...args: unknown[]) => {
      calls += 1;
      const isMine = calls === Number(killAt);
      if (isMine && when === 'before') process.kill(process.pid, 'SIGKILL');
      const result = await call(...args);
      if (isMine) process.kill(process.pid, 'SIGKILL');
      return result;
    };
    return [name, replacement];
  });
  return { ...driver, ...Object.fromEntries(wrapped) };
}

const archive = await openArchive(
  readConfig({ TRAJNO_DATA: folder, TRAJNO_ONLINE: 'no' }),
  () => new Date(now),
  (description, workers) => dying(filesystemLocation(description, workers)),
);
for (const text of ['један', 'два']) tell(`ARCHIVED ${(await keep(archive, { 'a.txt': text })).id}`);
now += 61_000;
calls = 0; // what comes before is kill.test.ts's
await keepEvidence(archive.evidence);
tell('CLOSED');
now += 250 * day;
const store = join(folder, 'locations/second/store');
const damaged = readdirSync(store, { recursive: true }).find((path) => String(path).endsWith('a.txt'));
writeFileSync(join(store, String(damaged)), 'оштећено');
await audit(archive.evidence, { actor: 'auditor' });
await keepEvidence(archive.evidence);
tell('RENEWED');
now += day;
const evidencePolicy = { ...archive.evidence.evidencePolicy, sunsets: { sha512: '2027-09-01' } };
await keepEvidence({ ...archive.evidence, evidencePolicy });
tell(`DONE ${calls}`);
await archive.close();
