import { expect } from 'chai';
import {
  bookCells,
  enterPaperRow,
  enterRows,
  makeTranscript,
  type PaperRow,
  printBook,
  submitTranscript,
  transcriptFile,
  transcriptsDue,
} from '../../../src/archive/administration/index.ts';
import { listBookRows } from '../../../src/archive/data-management/index.ts';
import { amendRecord } from '../../../src/archive/ingest/index.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { readCsv, readXlsx } from '../../../src/standards/formats/table/index.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { office, setClock } from '../../support/records-office.ts';

describe('the archive book', () => {
  const clock = setClock('2026-12-20T09:00:00Z');
  const place = testArchive({}, clock);
  let archive: OpenArchive;
  let creator: string;
  const put = (name: string, category: string, made: string) =>
    keep(archive, { [`${name}.txt`]: name }, { title: `Тајно ${name}`, category, fields: { datumNastanka: made } });
  const rows = () => listBookRows(archive.context.catalog, creator);
  const enter = () => enterRows(archive.context, { creator, actor: 'officer' });

  before(async () => {
    archive = await place.open();
    creator = (await office(archive.context)).creator.id;
  });

  it('has a row for each category and year of what is archived, quantity by format and MB, device and place', async () => {
    await put('one', 'II-3', '2026-03-01');
    await put('two!', 'II-3', '2026-04-01');
    await put('old', 'II-3', '2025-04-01');
    await put('statute', 'I-1', '2026-01-01');
    expect(await enter()).to.equal(3);
    const cells = (await rows()).map(bookCells);
    expect(cells.map(([number, , year, content, mark]) => [number, year, content, mark])).to.deep.equal([
      ['1', '2025', 'Категорија II-3', 'II-3'],
      ['2', '2026', 'Категорија I-1', 'I-1'],
      ['3', '2026', 'Категорија II-3', 'II-3'],
    ]);
    const [, , third = []] = cells;
    expect(third).to.have.length(11);
    expect(third[1]).to.equal('20.12.2026.');
    expect(third.slice(5, 9)).to.deep.equal([
      '2',
      'IA-33/2026, 2026-01-20',
      'Plain Text File: 0.000 MB',
      'first; second',
    ]);
    expect(JSON.stringify(cells), 'single documents are never listed').to.not.match(/Тајно|one|statute/);
  });

  it('goes on with its numbers in the next year, and corrects a row by a version beside the old one', async () => {
    await put('late', 'II-3', '2026-05-01');
    clock.set('2027-01-15T09:00:00Z');
    await put('new', 'II-3', '2027-01-10');
    expect(await enter()).to.equal(2);
    const latest = await rows();
    expect(latest.map(({ number, version, records }) => [number, version, records])).to.deep.equal([
      [1, 1, 1],
      [2, 1, 1],
      [3, 2, 3],
      [4, 1, 1],
    ]);
    expect(bookCells(latest[2] as (typeof latest)[0])[10]).to.match(/^Усклађено са стањем складишта/);
    const all = await listBookRows(archive.context.catalog, creator, { versions: true });
    expect(all.filter(({ number }) => number === 3).map(({ records }) => records)).to.deep.equal([2, 3]);
  });

  it('follows a record that is given another category: the row that it left says so', async () => {
    const record = await put('misfiled', 'III-5', '2026-06-01');
    expect(await enter()).to.equal(1);
    await amendRecord(archive.context, { record: record.id, category: 'IV-1', reason: 'погрешно', actor: 'officer' });
    expect(await enter(), 'a new row, and a version of the one that it left').to.equal(2);
    expect((await rows()).slice(-2).map(({ mark, records, bytes }) => [mark, records, bytes])).to.deep.equal([
      ['III-5', 0, 0],
      ['IV-1', 1, 8],
    ]);
    expect(await enter()).to.equal(0);
  });

  it('holds paper beside electronic material, and refuses years that are none', async () => {
    const row: PaperRow = {
      creator,
      mark: 'II-3',
      yearFrom: '2026',
      yearTo: '2026',
      content: 'Рачуни',
      period: '2',
      consent: 'IA-33/2026',
      quantity: '2 регистратора',
      place: 'соба 4, полица 2',
      actor: 'officer',
    };
    expect(await enterPaperRow(archive.context, row)).to.equal(7);
    const corrects = { number: 7, reason: 'пребројано' };
    expect(await enterPaperRow(archive.context, { ...row, quantity: '3 регистратора', corrects })).to.equal(7);
    expect(await refusalOf(enterPaperRow(archive.context, { ...row, yearTo: '1999' }))).to.equal('METADATA_INVALID');
    const electronic = { ...row, corrects: { number: 1, reason: 'r' } };
    expect(await refusalOf(enterPaperRow(archive.context, electronic))).to.equal('STATE_CONFLICT');
    expect(await enter(), 'paper follows from nothing in the store').to.equal(0);
  });

  it('is given away as CSV, XLSX and PDF/A, all with the same 11 columns', async () => {
    const book = (form: 'csv' | 'xlsx' | 'pdf') => printBook(archive.context, { creator, form });
    const csv = readCsv(await book('csv'));
    expect(csv[0]).to.have.length(11);
    expect(csv).to.have.length(8);
    expect(await readXlsx(await book('xlsx'))).to.deep.equal(csv);
    const pdf = Buffer.from(await book('pdf')).toString('latin1');
    expect(pdf).to.contain('pdfaid:part').and.contain('/ETSI.CAdES.detached');
    expect(readCsv(await printBook(archive.context, { creator, form: 'csv', year: '2025' }))).to.have.length(2);
  });

  it('is transcribed for the competent archive, due by 30 April', async () => {
    const { context } = archive;
    const state = async () => (await transcriptsDue(context))[0];
    expect(await state()).to.deep.include({ year: '2026', dueOn: '2027-04-30', state: 'due' });
    clock.set('2027-05-01T09:00:00Z');
    expect((await state())?.state).to.equal('overdue');
    expect(await refusalOf(makeTranscript(context, { creator, year: '1990', actor: 'officer' }))).to.equal(
      'STATE_CONFLICT',
    );
    const transcript = await makeTranscript(context, { creator, year: '2026', actor: 'officer' });
    expect(Buffer.from(await transcriptFile(context, transcript.id)).toString('latin1')).to.match(/^%PDF-1\.7/);
    const submission = { letter: '031-1/2027', channel: 'пошта', submittedOn: '2027-05-01', actor: 'officer' };
    await submitTranscript(context, { transcript: transcript.id, ...submission });
    expect(await state()).to.deep.include({ state: 'submitted', submittedOn: '2027-05-01' });
  });
});
