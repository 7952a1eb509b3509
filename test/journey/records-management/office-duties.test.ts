import { expect } from 'chai';
import {
  adoptList,
  enterRows,
  printBook,
  readCategoryTable,
  seedCategories,
  startPeriod,
  writeCategoryTable,
} from '../../../src/archive/administration/index.ts';
import { bytesReader } from '../../../src/base/index.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { examineEvidenceRecord } from '../../../src/standards/evidence/index.ts';
import { validateDocument } from '../../../src/standards/signatures/index.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { office, setClock } from '../../support/records-office.ts';

describe('smaller duties of an office', () => {
  const clock = setClock('2026-02-01T09:00:00Z');
  let archive: OpenArchive;
  let creator: string;
  before(async () => {
    archive = await testArchive({}, clock).open();
    ({ id: creator } = (await office(archive.context)).creator);
  });

  it('close no case while one of its records has no category', async () => {
    const { context } = archive;
    const fields = { brojPredmeta: '17/2026' };
    await keep(archive, { 'a.txt': 'a' }, { category: 'III-5', fields });
    const waiting = await keep(archive, { 'b.txt': 'b' }, { fields });
    expect(waiting.state).to.equal('awaiting');
    const closing = { event: 'case-closed' as const, date: '2026-01-31', actor: 'officer' };
    const error = await startPeriod(context, { case: '17/2026', ...closing }).catch((it) => it);
    expect([error.code, error.places[0].pointer]).to.deep.equal(['STATE_CONFLICT', `/${waiting.number}`]);
    expect(await refusalOf(startPeriod(context, { record: waiting.number, ...closing }))).to.equal('STATE_CONFLICT');
    await startPeriod(context, { case: '18/2026', ...closing });
  });

  it('give the archive book as sealed data, in either alphabet', async () => {
    const { context } = archive;
    await enterRows(context, { creator, actor: 'officer' });
    const given = JSON.parse(
      Buffer.from(await printBook(context, { creator, form: 'json', script: 'Latn' })).toString(),
    );
    const book = JSON.parse(given.book);
    expect(book.title).to.equal('ARHIVSKA KNJIGA');
    expect(book.rows[0][3]).to.equal('Kategorija III-5');
    const verdictOn = async (text: string) => {
      const report = await validateDocument({
        document: bytesReader(Buffer.from(given.seal, 'base64')),
        name: 'seal.p7s',
        contents: [{ name: 'book.json', reader: bytesReader(Buffer.from(text)) }],
        anchors: (await archive.ownAnchors()).map(({ pem }) =>
          Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
        ),
        validationTime: clock(),
        examineEvidenceRecord,
      });
      return report.signatures[0]?.indication;
    };
    expect(await verdictOn(given.book)).to.equal('TOTAL_PASSED');
    expect(await verdictOn(given.book.replace('III-5', 'III-6'))).to.equal('TOTAL_FAILED');
    expect(Buffer.from(await printBook(context, { creator, form: 'csv', script: 'Latn' })).toString()).to.not.match(
      /[а-шђјљњћџ]/i,
    );
  });

  it('begin a list of categories with a draft that can be imported', async () => {
    const table = await readCategoryTable(await writeCategoryTable(seedCategories, 'xlsx'), 'xlsx');
    expect(table).to.deep.equal(seedCategories);
    const adopted = { creator, adoptedOn: '2026-02-01', consent: { number: '1', date: '2026-02-01' } };
    expect((await adoptList(archive.context, { ...adopted, categories: table, actor: 'officer' })).version).to.equal(2);
  });
});
