import { expect } from 'chai';
import fc from 'fast-check';
import { readCsv, readXlsx, tableLimits, writeCsv, writeXlsx } from '../../../../src/standards/formats/table/index.ts';
import { zipArchive } from '../../../support/zip-archive.ts';

const rows = [
  ['Ознака', 'Назив', 'Рок'],
  ['02-1', 'Рачуни, „улазни“', '10'],
  ['=1+1', "'=a", '-5'],
];

const cell = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff\ufeff]/gu, '').trim());

/** A workbook whose sheet is this XML. */
async function workbook(sheet: string): Promise<Uint8Array> {
  const whole = await writeXlsx([['a']], 'x');
  const { readZip, openZipEntry } = await import('../../../../src/standards/formats/zip/index.ts');
  const { bytesReader, readWhole } = await import('../../../../src/base/index.ts');
  const reader = bytesReader(whole);
  const parts: Record<string, Uint8Array> = {};
  for (const entry of await readZip(reader))
    parts[entry.path] = /worksheets\/sheet1/.test(entry.path)
      ? Buffer.from(sheet)
      : await readWhole(await openZipEntry(reader, entry), 1 << 20);
  return zipArchive(parts);
}

async function fault(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}

describe('tables', () => {
  it('come back from CSV as they were written, guarded against formulas on the way', () => {
    const text = Buffer.from(writeCsv(rows)).toString('utf8');
    expect(text)
      .to.match(/^\ufeff/)
      .and.contain("\n'=1+1,''=a,'-5");
    expect(readCsv(writeCsv(rows))).to.deep.equal(rows);
  });

  it('are read whatever parts the cells', () => {
    expect(readCsv(Buffer.from('a;b,c;d\n1;2;3\n\n;;\n'))).to.deep.equal([
      ['a', 'b,c', 'd'],
      ['1', '2', '3'],
    ]);
    expect(readCsv(Buffer.from('a\tb\n"x\ny"\t2\n'))).to.deep.equal([
      ['a', 'b'],
      ['x\ny', '2'],
    ]);
  });

  it('come back from XLSX as they were written', async () => {
    expect(await readXlsx(await writeXlsx(rows, 'Листа'))).to.deep.equal(rows);
  });

  it('come back from CSV whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 }), (table) => {
        expect(readCsv(writeCsv(table))).to.deep.equal(table);
      }),
    );
  });

  it('refuse what is no table', async () => {
    expect(await fault(() => readCsv(Buffer.from([0x41, 0xff])))).to.match(/^FormatError.*UTF-8/);
    expect(await fault(() => readCsv(Buffer.from('a,"b\nc')))).to.match(/^FormatError/);
    expect(await fault(() => readXlsx(Buffer.from('PK no zip')))).to.match(/^FormatError/);
    expect(await fault(() => readXlsx(zipArchive({ 'a.txt': 'x' })))).to.match(/^FormatError.*workbook/);
  });

  it('bear no more than the limits', async () => {
    const limits = { ...tableLimits, rows: 3, columns: 3, cellLength: 10, bytes: 200_000 };
    expect(await fault(() => readCsv(Buffer.from('a\n'.repeat(4)), limits))).to.match(/more than 3 rows/);
    expect(await fault(() => readCsv(Buffer.from('a,b,c,d\n'), limits))).to.match(/more than 3 columns/);
    expect(await fault(() => readCsv(Buffer.from('abcdefghijkl\n'), limits))).to.match(/^FormatError/);
    expect(await fault(() => readCsv(Buffer.alloc(300_000, 97), limits))).to.match(/bytes/);
  });

  it('make no room for cells that say they stand far away', async () => {
    const sheet = (place: string) =>
      `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r=${place}><v>1</v></c></row></sheetData></worksheet>`;
    for (const place of ['"XFD1"', '"A1048576"', "'ZZZZZ1'", '"&#88;FD1"', '"A99999999999"'])
      expect(await fault(async () => readXlsx(await workbook(sheet(place)))), place).to.match(/^FormatError/);
    expect(
      await fault(async () => readXlsx(await workbook(sheet('"B1" t=">" r="XFD1"').replace('r="B1" ', '')))),
    ).to.match(/^FormatError/);
    const many = sheet('"A1"').replace('</sheetData>', `${'<row/>'.repeat(30_000)}</sheetData>`);
    expect(await fault(async () => readXlsx(await workbook(many)))).to.match(/more than 20000 rows/);
    const wide = sheet('"B1"').replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>');
    const before = process.memoryUsage().rss;
    expect(await readXlsx(await workbook(wide))).to.deep.equal([['', '1']]);
    expect(process.memoryUsage().rss - before, 'bytes').to.be.lessThan(300 << 20);
    expect(await readXlsx(await workbook(sheet('"B1"')))).to.deep.equal([['', '1']]);
  });

  it('unpack no bomb', async () => {
    const bomb = zipArchive({ 'xl/workbook.xml': '<a/>', 'xl/worksheets/sheet1.xml': Buffer.alloc(100 << 20) });
    expect(await fault(() => readXlsx(bomb))).to.match(/^FormatError/);
  });
});
