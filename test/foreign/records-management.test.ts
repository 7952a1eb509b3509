/**
 * What records management prints, tabulates and seals, judged by other people's programs: veraPDF (PDF/A-2b; where run.sh
 * put it, or TRAJNO_VERAPDF), openpyxl (TRAJNO_OPENPYXL), openssl (the detached seals of acts) and pdfsig (where it is
 * installed). Run with `npm run test:foreign`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  disposalDocument,
  enterRows,
  executeDisposal,
  makeHandOverPackage,
  makeTranscript,
  printBook,
  proposeDisposal,
  proposeHandOver,
  reviewDisposal,
  sendHandOver,
  transcriptFile,
  writeCategoryTable,
} from '../../src/archive/administration/index.ts';
import { listBookRows } from '../../src/archive/data-management/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { readCsv, readXlsx } from '../../src/standards/formats/table/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';
import { categories, company, municipality, office, setClock } from '../support/records-office.ts';

const root = join(import.meta.dirname, '../..');
const verapdf = process.env.TRAJNO_VERAPDF ?? join(root, '.foreign/verapdf');
const python = process.env.TRAJNO_OPENPYXL ?? join(root, '.foreign/venv/bin/python');
/** openpyxl warns of a workbook without a style of its own. */
const quietly = ['-W', 'ignore'];
const folder = emptyFolder();

function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function run(program: string, ...args: string[]): { ok: boolean; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  return { ok: status === 0, said: stdout + stderr };
}

describe('what a records office gives away, judged by others', function () {
  this.timeout(300_000);
  const clock = setClock('2026-02-01T09:00:00Z');
  let archive: OpenArchive;
  let creator: string;
  const files: Record<string, string> = {};

  before(async () => {
    archive = await testArchive({}, clock).open();
    const { context } = archive;
    ({ id: creator } = (
      await office(context, { ...company, rules: municipality.rules }, { A: '1', T: 'trajno' })
    ).creator);
    for (let number = 0; number < 60; number++)
      await keep(
        archive,
        { [`${number}.txt`]: `${number}` },
        { category: number % 3 ? 'A' : 'T', fields: { datumNastanka: `${1960 + number}-05-05` } },
      );
    await enterRows(context, { creator, actor: 'officer' });
    const { id: disposal } = await proposeDisposal(context, { creator, actor: 'a' });
    const minutes = { number: '1/2026', date: '2026-02-01' };
    await reviewDisposal(context, { disposal, members: ['Б', 'В'], minutes, agreed: true, actor: 'b' });
    const { disposal: done } = await executeDisposal(context, { disposal, method: 'брисање', actor: 'b' });
    const statute = await keep(archive, { 'statut.txt': 'статут' }, { category: 'T' });
    await enterRows(context, { creator, actor: 'officer' });
    const wanted = { creator, records: [statute.number], early: 'споразум 1/2026', actor: 'a' };
    const { id: handOver } = await proposeHandOver(context, wanted);
    const said = { members: ['Б', 'В'], minutes, agreed: true, place: 'Нови Сад', opinion: 'без ограничења' };
    await reviewDisposal(context, { disposal: handOver, ...said, actor: 'b' });
    await makeHandOverPackage({ ...archive.evidence, ...context }, { disposal: handOver, actor: 'a' });
    const letter = { letter: '2/2026', date: '2026-02-02', channel: 'еАрхив', actor: 'a' };
    const sent = await sendHandOver(context, { disposal: handOver, ...letter });
    files.minutes = put('minutes.pdf', await disposalDocument(context, sent, 'minutes.pdf'));
    const transcript = await makeTranscript(context, { creator, year: '2019', actor: 'officer' });
    files.book = put('book.pdf', await printBook(context, { creator, form: 'pdf' }));
    files.transcript = put('transcript.pdf', await transcriptFile(context, transcript.id));
    files.certificate = put('certificate.pdf', await disposalDocument(context, done, 'certificate.pdf'));
    files.act = put('act.json', await disposalDocument(context, done, 'certificate.json'));
    files.seal = put('act.json.p7s', await disposalDocument(context, done, 'certificate.json.p7s'));
    files.xlsx = put('book.xlsx', await printBook(context, { creator, form: 'xlsx' }));
    files.csv = put('book.csv', await printBook(context, { creator, form: 'csv' }));
    const [anchor] = await archive.ownAnchors();
    files.anchor = put('anchor.pem', Buffer.from(anchor?.pem ?? ''));
  });

  for (const name of ['book', 'transcript', 'certificate', 'minutes'])
    it(`veraPDF finds the ${name} to be PDF/A-2b, seal and all`, function () {
      if (!existsSync(verapdf)) this.skip();
      const wrapper = 'org.verapdf.apps.GreenfieldCliWrapper';
      const { said } = run(
        'java',
        '-cp',
        `${verapdf}/*`,
        wrapper,
        '--format',
        'text',
        '-f',
        '2b',
        files[name] as string,
      );
      expect(said).to.match(/^PASS .*\.pdf 2b$/m);
    });

  it('openssl finds the seal of an act good, and of another act not', () => {
    const verify = (content: string) =>
      run(
        'openssl',
        ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', files.seal as string, '-content', content],
        ...['-CAfile', files.anchor as string, '-purpose', 'any', '-attime', '1769940000', '-out', join(folder, 'out')],
      );
    const good = verify(files.act as string);
    expect(good.ok, good.said).to.equal(true);
    expect(verify(put('other.json', Buffer.from('{}'))).ok).to.equal(false);
  });

  it('openpyxl reads the book as we wrote it, and we read what openpyxl writes', async function () {
    if (!existsSync(python)) this.skip();
    const read =
      'import json, sys, openpyxl; s = openpyxl.load_workbook(sys.argv[1]).active; print(json.dumps([[c or "" for c in r] for r in s.iter_rows(values_only=True)]))';
    const { said } = run(python, ...quietly, '-c', read, files.xlsx as string);
    expect(JSON.parse(said)).to.deep.equal(readCsv(readFileSync(files.csv as string)));
    expect(JSON.parse(said)).to.have.length((await listBookRows(archive.context.catalog, creator)).length + 1);
    const write =
      'import sys, openpyxl; b = openpyxl.Workbook(); s = b.active; [s.append(r) for r in [["Ознака", "Назив", "Рок"], ["A", "Рачуни", 10], ["B", "Статут", "трајно"]]]; b.save(sys.argv[1])';
    const path = join(folder, 'theirs.xlsx');
    expect(run(python, ...quietly, '-c', write, path).said).to.equal('');
    expect(await readXlsx(readFileSync(path))).to.deep.equal([
      ['Ознака', 'Назив', 'Рок'],
      ['A', 'Рачуни', '10'],
      ['B', 'Статут', 'трајно'],
    ]);
    const list = put('list.xlsx', await writeCategoryTable(categories({ A: '5', B: 'trajno' }), 'xlsx'));
    expect(JSON.parse(run(python, ...quietly, '-c', read, list).said)[2].slice(1, 4)).to.deep.equal([
      'B',
      'Категорија B',
      'trajno',
    ]);
  });
});
