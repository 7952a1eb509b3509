import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import {
  type AuditReport,
  audit,
  keepEvidence,
  readWitnessFile,
  tellWitnesses,
  witnessAt,
  witnessFile,
} from '../../src/archive/preservation/index.ts';
import { sha512Hex } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { keep, refusalOf, type TestArchive, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';

/** Random numbers that come again with the same seed. */
function seeded(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const findingsIn = ({ damaged, missing, extra, catalog, evidence, journal }: AuditReport) =>
  damaged.length + missing.length + extra.length + catalog.length + evidence.length + (journal === 'intact' ? 0 : 1);

describe('an audit of an archive that somebody tampers with', function () {
  this.timeout(1_200_000);
  let now = Date.parse('2026-11-25T08:00:00Z');
  const clock = () => {
    now += 1000;
    return new Date(now);
  };

  async function filled(): Promise<{ place: TestArchive; archive: OpenArchive; ids: string[] }> {
    const place = testArchive({}, clock);
    const archive = await place.open();
    const ids: string[] = [];
    for (const text of ['један', 'два', 'три'])
      ids.push((await keep(archive, { 'a.txt': text, 'b.txt': `${text} б` })).id);
    now += 61_000;
    await keepEvidence(archive.evidence);
    return { place, archive, ids };
  }

  /** A witness that was told the archive's head by now. */
  async function witnessed({ context }: OpenArchive) {
    const folder = emptyFolder();
    await tellWitnesses(context, [witnessAt(folder)]);
    return () => readWitnessFile(readFileSync(join(folder, witnessFile), 'utf8'));
  }

  it('gives no false alarm where nobody did', async () => {
    const { archive } = await filled();
    const heads = await witnessed(archive);
    const report = await audit(archive.evidence, { actor: 'auditor', witnessed: heads() });
    expect(findingsIn(report)).to.equal(0);
  });

  const corruptions = Number(process.env.CORRUPTIONS ?? 24);

  // audits leave reports behind, so that a new archive now and then is faster
  const inOneArchive = 40;

  it(`finds each of ${corruptions} random corruptions of one location, and repairs what the other has`, async () => {
    const random = seeded(20261125);
    for (let done = 0; done < corruptions; done += inOneArchive)
      await corruptAndRepair(await filled(), Math.min(inOneArchive, corruptions - done), random);
  });

  async function corruptAndRepair(
    { place, archive }: { place: TestArchive; archive: OpenArchive },
    runs: number,
    random: (below: number) => number,
  ): Promise<void> {
    const store = place.store('second');
    const untouched = emptyFolder();
    cpSync(store, untouched, { recursive: true });
    for (let run = 0; run < runs; run++) {
      const files = filesBelow(store).filter(
        (path) => !/0=ocfl_1|ocfl_layout|README|ocfl_extensions|extensions/.test(relative(store, path)),
      );
      const target = files[random(files.length)] ?? '';
      const what = corrupt(target, files, random);
      const report = await audit(archive.evidence, { actor: 'auditor' });
      expect(findingsIn(report), `${what} of ${relative(store, target)}`).to.be.greaterThan(0);
      const again = await audit(archive.evidence, { actor: 'auditor' });
      expect(findingsIn(again), `not repaired: ${what} of ${relative(store, target)}`).to.equal(0);
    }
    for (const path of filesBelow(untouched)) {
      const repaired = join(store, relative(untouched, path));
      expect(readFileSync(repaired).equals(readFileSync(path)), relative(untouched, path)).to.equal(true);
    }
    await archive.close();
  }

  it('finds a record that was altered consistently in every location and the catalog: its evidence differs', async () => {
    const { place, archive, ids } = await filled();
    const [id = ''] = ids;
    const { catalog } = archive.context;
    for (const location of ['first', 'second']) {
      const folder = join(place.store(location), objectPath(id));
      const file = filesBelow(folder).find((path) => path.endsWith('a.txt')) ?? '';
      const before = sha512Hex(readFileSync(file));
      writeFileSync(file, 'подметнуто');
      const after = sha512Hex(readFileSync(file));
      for (const name of ['inventory.json', 'v1/inventory.json']) {
        const inventory = join(folder, name);
        writeFileSync(inventory, readFileSync(inventory, 'utf8').replaceAll(before, after));
        writeFileSync(`${inventory}.sha512`, `${sha512Hex(readFileSync(inventory))}  inventory.json\n`);
      }
      const digest = sha512Hex(readFileSync(join(folder, 'inventory.json')));
      await catalog('aip_versions').where({ record_id: id }).update({ inventory_sha512: digest });
    }
    const report = await audit(archive.evidence, { actor: 'auditor' });
    expect(report.evidence.map(({ object }) => object)).to.deep.equal([`${id} v1`]);
  });

  it('finds a time-stamp that was put in the place of another, and a tree that was made anew', async () => {
    const { place, archive } = await filled();
    const { catalog } = archive.context;
    const [batch] = await catalog('evidence_batches').select('id');
    await keep(archive, { 'c.txt': 'четири' });
    now += 61_000;
    await keepEvidence(archive.evidence);
    const other = (await catalog('evidence_batches').select('id')).find(({ id }) => id !== batch.id);
    for (const location of ['first', 'second']) {
      const of = (id: string) => join(place.store(location), objectPath(id));
      const token = 'v1/content/chains/1/1.tst';
      const before = sha512Hex(readFileSync(join(of(batch.id), token)));
      cpSync(join(of(other.id), token), join(of(batch.id), token));
      const after = sha512Hex(readFileSync(join(of(batch.id), token)));
      for (const name of ['inventory.json', 'v1/inventory.json']) {
        const inventory = join(of(batch.id), name);
        writeFileSync(inventory, readFileSync(inventory, 'utf8').replaceAll(before, after));
        writeFileSync(`${inventory}.sha512`, `${sha512Hex(readFileSync(inventory))}  inventory.json\n`);
      }
      const digest = sha512Hex(readFileSync(join(of(batch.id), 'inventory.json')));
      await catalog('store_object_versions').where({ id: batch.id }).update({ inventory_sha512: digest });
    }
    const report = await audit(archive.evidence, { actor: 'auditor' });
    expect(report.evidence.map((finding) => finding.batch)).to.include(batch.id);
  });

  it('finds catalog rows that were edited, and journal rows', async () => {
    const { archive, ids } = await filled();
    const { catalog } = archive.context;
    await catalog('records').where({ id: ids[0] }).update({ title: 'други наслов' });
    const report = await audit(archive.evidence, { actor: 'auditor' });
    expect(report.catalog.map(({ aip, repaired }) => [aip, repaired])).to.deep.equal([[ids[0], true]]);
    await catalog('journal').where({ sequence: 3 }).update({ actor: 'неко други' });
    expect((await audit(archive.evidence, { actor: 'auditor' })).journal).to.contain('entry 3');
  });

  const rollbacks = Number(process.env.ROLLBACKS ?? 3);

  it(`finds each of ${rollbacks} rollbacks of all locations and the catalog at once by what a witness knows`, async () => {
    const random = seeded(7);
    for (let run = 0; run < rollbacks; run++) {
      const { place, archive } = await filled();
      const back = emptyFolder();
      rmSync(back, { recursive: true });
      await archive.close();
      cpSync(place.config.dataFolder, back, { recursive: true });
      const later = await place.open();
      for (let more = 0; more <= random(3); more++) await keep(later, { 'd.txt': `после ${more}` });
      const heads = await witnessed(later);
      await later.close();
      rmSync(place.config.dataFolder, { recursive: true });
      renameSync(back, place.config.dataFolder);
      const rolledBack = await place.open();
      const silent = await audit(rolledBack.evidence, { actor: 'auditor' });
      expect(silent.journal, 'without the witness').to.equal('intact');
      const told = await audit(rolledBack.evidence, { actor: 'auditor', witnessed: heads() });
      expect(told.journal).to.match(/witness knows/);
      await rolledBack.close();
    }
  });

  it('compares with a receipt, too, and refuses a file that holds no head', async () => {
    const { archive } = await filled();
    const record = await keep(archive, { 'e.txt': 'потврда' });
    const [head] = readWitnessFile(`Потврда о архивирању\nглава дневника ${record.receipt?.head}\n`);
    const report = await audit(archive.evidence, { actor: 'auditor', witnessed: head ? [head] : [] });
    expect(report.journal).to.equal('intact');
    const forged = head ? [{ ...head, hash: '0'.repeat(128) }] : [];
    expect((await audit(archive.evidence, { actor: 'auditor', witnessed: forged })).journal).to.contain('rewritten');
    expect(await refusalOf(Promise.resolve().then(() => readWitnessFile('ништа')))).to.equal('USAGE');
  });
});

/** One corruption: a flipped bit, bytes cut off or added, a file deleted, or one put in the place of another. */
function corrupt(target: string, files: readonly string[], random: (below: number) => number): string {
  const { size } = statSync(target);
  const kinds = ['flip', 'truncate', 'append', 'delete', 'swap', 'add'] as const;
  const kind = kinds[random(kinds.length)] ?? 'flip';
  if (kind === 'flip' && size > 0) {
    const bytes = readFileSync(target);
    const at = random(size);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    writeFileSync(target, bytes);
    return 'flip';
  }
  if (kind === 'truncate' && size > 0) {
    truncateSync(target, random(size));
    return 'truncate';
  }
  if (kind === 'delete') {
    rmSync(target);
    return 'delete';
  }
  if (kind === 'swap') {
    const others = files.filter((path) => path !== target && !readFileSync(path).equals(readFileSync(target)));
    const other = others[random(others.length)];
    if (other && existsSync(other)) {
      cpSync(other, target);
      return 'swap';
    }
  }
  if (kind === 'add') {
    writeFileSync(`${target}.додатак`, 'туђе');
    return 'add';
  }
  appendFileSync(target, 'x');
  return 'append';
}
