import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  audit,
  checkFixity,
  isEvidenceDue,
  keepEvidence,
  renewWhatRestsOn,
  revalidateDue,
} from '../../src/archive/preservation/index.ts';
import { arrivingFiles } from './arrivals.ts';
import { type CenturyAuthorities, centuryAuthorities } from './authorities.ts';
import { type CenturyArchive, centuryArchive } from './century-archive.ts';

const day = 86_400_000;
const quarter = 91.3125 * day;
const fixity = { periodDays: 90, pauses: [] };

/** How long an archive lives, and how much happens in it. */
export interface CenturyOptions {
  readonly folder: string;
  readonly from: number;
  readonly to: number;
  readonly recordsAYear: number;
  /** Every so many years an audit looks at the evidence, too; in the others it reads the copies alone. */
  readonly auditEvery: number;
  readonly tell: (line: string) => void;
}

/** What happened to an archive that its journal does not tell: by year. */
export interface Happening {
  readonly year: number;
  readonly what: string;
}

/** An archive at the end of its life, still open. */
export interface LivedCentury {
  readonly archive: CenturyArchive;
  readonly authorities: CenturyAuthorities;
  readonly records: readonly string[];
  readonly happenings: readonly Happening[];
  readonly clock: () => Date;
}

/** Lets an archive live from one year to another. */
export async function liveThrough(options: CenturyOptions): Promise<LivedCentury> {
  let now = Date.UTC(options.from, 0, 5, 8);
  const clock = () => new Date(now);
  const random = seeded(20_261_125);
  const authorities = centuryAuthorities(clock);
  const archive = await centuryArchive(options.folder, clock, authorities);
  const records: string[] = [];
  const happenings: Happening[] = [];
  const happened = (what: string) => {
    happenings.push({ year: clock().getUTCFullYear(), what });
    options.tell(`${clock().toISOString().slice(0, 10)} ${what}`);
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const keepDue = async (closeAfterSeconds?: number) => {
    const context = archive.context();
    const evidencePolicy = {
      ...context.evidencePolicy,
      ...(closeAfterSeconds === undefined ? {} : { closeAfterSeconds }),
    };
    const patient = { ...context, evidencePolicy };
    if (await isEvidenceDue(patient)) await keepEvidence(patient);
  };

  for (let year = options.from; year < options.to; year++) {
    if (year % 7 === 0) await archive.restart();
    for (let count = 0; count < options.recordsAYear; count++)
      records.push(await arrive(archive, authorities, records.length, clock()));
    pass(2 * 60_000);
    await keepDue();
    pass(8 * day);
    await revalidateDue(archive.context());
    for (let season = 0; season < 4; season++) {
      pass(season === 3 ? quarter - 8 * day - 2 * 60_000 : quarter);
      await befall({ year, season, archive, authorities, happened, pass });
      await keepDue(400 * 86_400); // what is to be renewed alone: batches close once a year
      if (season === 2) rot(archive.stores(), random);
      await checkFixity(archive.context(), fixity);
    }
    const isWhole = (year - options.from) % options.auditEvery === options.auditEvery - 1;
    if (isWhole) await audit(archive.context(), { actor: 'auditor' });
    else for (const location of archive.locations()) await audit(archive.context(), { actor: 'auditor', location });
    if (year % 10 === 9) options.tell(`${year} is over`);
  }
  await keepDue();
  return { archive, authorities, records, happenings, clock };
}

async function arrive(
  archive: CenturyArchive,
  authorities: CenturyAuthorities,
  number: number,
  at: Date,
): Promise<string> {
  const signer = await authorities.holder('Potpis', 'signatures');
  const isStamped = number % 3 === 1 && at.getUTCFullYear() < 2054; // our seals stamp a SHA-256 digest
  const timestamp = isStamped ? authorities.stamps('Zapad', at) : undefined;
  const files = await arrivingFiles({ number, at, signer, ...(timestamp ? { timestamp } : {}) });
  return (await archive.take(files)).id;
}

interface Season {
  readonly year: number;
  readonly season: number;
  readonly archive: CenturyArchive;
  readonly authorities: CenturyAuthorities;
  readonly happened: (what: string) => void;
  readonly pass: (milliseconds: number) => void;
}

/** What happens once in a century. */
async function befall({ year, season, archive, authorities, happened, pass }: Season): Promise<void> {
  const { trust, holder, intermediate, startAnew } = authorities;
  switch (`${year}.${season}`) {
    case '2032.1': {
      await archive.lose('second');
      happened('the disk of location “second” died');
      pass(3 * day);
      happened(`“third” took its place: ${await archive.replace('second', 'third')} objects copied`);
      return;
    }
    case '2044.2': {
      const fallen = await holder('Istok', 'timestamps');
      const { renewed, broken } = await renewWhatRestsOn(archive.context(), { authority: 'Istok' });
      happened(`the key of “Istok” was stolen: ${renewed.length} batches renewed by another, ${broken.length} lost`);
      pass(day / 4);
      trust.revoke(fallen);
      startAnew('Istok');
      return;
    }
    case '2066.2': {
      trust.revoke(await intermediate('Potpis'), undefined, 'cessationOfOperation');
      startAnew('Potpis');
      happened('the signers’ intermediate was revoked');
      return;
    }
    case '2078.1': {
      const { renewed, broken } = await renewWhatRestsOn(archive.context(), { authority: 'Sever' });
      pass(30 * day);
      trust.revoke(await intermediate('Sever'), undefined, 'superseded');
      startAnew('Sever');
      happened(`“Sever” gave notice, its intermediate was revoked: ${renewed.length} renewed, ${broken.length} lost`);
      return;
    }
    case '2099.3': {
      await archive.lose('first');
      happened('the disk of location “first” died');
      pass(day);
      happened(`“fourth” took its place: ${await archive.replace('first', 'fourth')} objects copied`);
    }
  }
}

/** Now and then a bit of a file tips over, in one location alone. */
function rot(stores: readonly string[], random: (below: number) => number): void {
  if (random(2) === 0) return;
  const store = stores[random(stores.length)] ?? '';
  const files = readdirSync(store, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      !/^0=|^ocfl_layout|^README|^trajno-store/.test(entry.name) &&
      !/extensions/.test(entry.parentPath),
  );
  const file = files[random(files.length)];
  if (!file) return;
  const path = join(file.parentPath, file.name);
  const bytes = readFileSync(path);
  const at = random(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
  writeFileSync(path, bytes);
}

/** Numbers that come again with the same seed. */
function seeded(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
