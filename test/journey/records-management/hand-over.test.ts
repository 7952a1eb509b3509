import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { validatePackage, verifyExport, writePackageFiles } from '../../../src/archive/access/index.ts';
import {
  decideDisposal,
  disposalDocument,
  enterRows,
  executeDisposal,
  findHandOvers,
  type HandOverContext,
  makeHandOverPackage,
  openHandOverPackage,
  placeHold,
  printBook,
  proposeDisposal,
  proposeHandOver,
  registerAct,
  reviewDisposal,
  sendDisposal,
  sendHandOver,
} from '../../../src/archive/administration/index.ts';
import {
  type CatalogRecord,
  type Disposal,
  disposalItems,
  findDisposal,
  findRecord,
  listDisposals,
} from '../../../src/archive/data-management/index.ts';
import { amendRecord } from '../../../src/archive/ingest/index.ts';
import { folderName, sha512Hex } from '../../../src/base/index.ts';
import { rebuildFrom } from '../../../src/restore.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { emptyFolder } from '../../support/folders.ts';
import { office, setClock } from '../../support/records-office.ts';

const review = {
  members: ['Бранка Б.', 'Вук В.'],
  minutes: { number: '02-7/2026', date: '2026-02-10' },
  agreed: true,
  place: 'Пример',
  whole: false,
  opinion: 'грађа је доступна без ограничења',
  actor: 'b',
};
const letter = { letter: '02-8/2026', date: '2026-02-12', channel: 'eArhiv', actor: 'a' };
const receipt = {
  number: 'IA-91/2026',
  date: '2026-02-20',
  approved: true,
  document: { name: 'potvrda.pdf', content: Buffer.from('%PDF receipt') },
  actor: 'b',
};

describe('hand-over to a public archive', function () {
  this.timeout(120_000);
  const clock = setClock('2026-02-01T09:00:00Z');
  const place = testArchive({}, clock);
  let archive: OpenArchive;
  let context: HandOverContext;
  let creator: string;
  const records: Record<string, CatalogRecord> = {};
  let disposal: Disposal;
  const add = async (name: string, year: number, category: string) => {
    records[name] = await keep(
      archive,
      { [`${name}.txt`]: `${name} ${year}` },
      { category, fields: { datumNastanka: `${year}-05-05` } },
    );
  };
  const number = (name: string) => records[name]?.number ?? '';
  const now = async (name: string) => findRecord(context.catalog, context.institution.id, records[name]?.id ?? '');

  before(async () => {
    archive = await place.open();
    context = { ...archive.evidence, ...archive.context };
    ({ id: creator } = (await office(archive.context)).creator);
    await add('statut', 1991, 'I-1');
    await add('odluka', 1991, 'I-1');
    await add('zapisnik', 1994, 'I-1');
    await add('skorašnji', 2010, 'I-1');
    await add('račun', 1991, 'II-3');
    const entry = { creator, receivedOn: '2026-01-31', record: number('statut'), actor: 'officer' };
    await registerAct(context, { ...entry, facts: { subject: 'Статут' } }).catch(() => undefined);
  });

  it('finds what is due after thirty years, counted from the end of the year, and what is coming', async () => {
    const { candidates } = await findHandOvers(context, { limit: 10 });
    expect(candidates.map(({ record }) => record)).to.have.members(
      ['statut', 'odluka', 'zapisnik'].map((name) => records[name]?.id),
    );
    expect(candidates[0]?.dueFrom).to.equal('2022-01-01');
    const coming = await findHandOvers(context, { within: 20, limit: 10 });
    expect(coming.candidates.at(-1)?.dueFrom).to.equal('2041-01-01');
    const page = await findHandOvers(context, { limit: 2 });
    const rest = await findHandOvers(context, { limit: 2, ...(page.next ? { after: page.next } : {}) });
    expect([...page.candidates, ...rest.candidates]).to.have.length(3);
  });

  it('refuses what may not go, with the reason for each record', async () => {
    const refused = async (name: string) => {
      const error = await proposeHandOver(context, { creator, records: [number(name)], actor: 'a' }).catch((it) => it);
      return String(error.places?.map(({ detail }: { detail: string }) => detail).join('; '));
    };
    expect(await refused('statut')).to.include('is not in the archive book');
    await enterRows(context, { creator, actor: 'officer' });
    expect(await refused('skorašnji')).to.include('is due from 2041-01-01');
    expect(await refused('račun')).to.include('is not permanent');
    const hold = { owner: 'правна', mandate: 'П-1', reason: 'спор', reviewOn: '2030-01-01', actor: 'a' };
    await placeHold(context, { ...hold, scope: 'record', target: number('zapisnik') });
    expect(await refused('zapisnik')).to.include('legal hold');
    expect(await refusalOf(proposeDisposal(context, { creator, records: [number('statut')], actor: 'a' }))).to.equal(
      'DISPOSAL_REFUSED',
    );
  });

  it('takes what is due and free into the inventory, and the commission says where, what and how it is used', async () => {
    disposal = await proposeHandOver(context, { creator, actor: 'a' });
    expect(disposal.number).to.equal('P-2026-0001');
    const items = await disposalItems(context.catalog, disposal.id);
    expect(items.map(({ record }) => record)).to.have.members([records.statut?.id, records.odluka?.id]);
    const step = { ...review, disposal: disposal.id };
    expect(await refusalOf(reviewDisposal(context, { ...step, actor: 'a' }))).to.equal('FOUR_EYES_REQUIRED');
    expect(await refusalOf(reviewDisposal(context, { ...step, opinion: '' }))).to.equal('METADATA_INVALID');
    expect(await refusalOf(makeHandOverPackage(context, { disposal: disposal.id, actor: 'a' }))).to.equal(
      'STATE_CONFLICT',
    );
    expect((await reviewDisposal(context, step)).state).to.equal('reviewed');
    expect(await refusalOf(sendDisposal(context, { ...letter, disposal: disposal.id }))).to.equal('STATE_CONFLICT');
    expect(await refusalOf(sendHandOver(context, { ...letter, disposal: disposal.id }))).to.equal('STATE_CONFLICT');
  });

  it('makes a SIP of packages, proofs and registers, which our own validator and verifier find good', async () => {
    disposal = await makeHandOverPackage(context, { disposal: disposal.number, actor: 'a' });
    const to = emptyFolder();
    const contents = await openHandOverPackage(context, disposal);
    const root = await writePackageFiles(contents, { form: 'folder', to });
    const judged = await validatePackage(root, clock());
    expect(judged.findings.filter(({ level }) => level !== 'MAY').filter(({ id }) => id !== 'CSIPSTR13')).to.deep.equal(
      [],
    );
    expect(judged.valid).to.equal(true);
    const mets = readFileSync(join(root, 'METS.xml'));
    expect(sha512Hex(mets)).to.equal(disposal.steps.at(-1)?.facts.metsSha512);
    expect(mets.toString()).to.include('OAISPACKAGETYPE="SIP"').and.include('Историјски архив Пример');
    const id = records.statut?.id ?? '';
    const aip = join(root, 'representations', number('statut'), 'data', folderName(id as never));
    expect(readFileSync(join(aip, 'representations/original/data/statut.txt'), 'utf8')).to.equal('statut 1991');
    const anchors = (await archive.ownAnchors()).map(({ pem }) =>
      Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    );
    const verified = await verifyExport(aip, anchors, clock());
    expect(verified.result, JSON.stringify(verified.checks)).to.equal('PASSED');
    expect(verified.checks.find(({ id: check }) => check === 'status')?.outcome).to.equal('PASSED');
    const register = (name: string) => readFileSync(join(root, 'representations/registers/data', name), 'utf8');
    expect(register('archive-book.csv')).to.include('I-1');
    expect(register('categories-1.csv')).to.include('Категорија I-1');
    expect(JSON.parse(register('inventory.json'))).to.have.length(2);
    expect(register('archive-book.pdf')).to.match(/^%PDF/);
    const again = await writePackageFiles(await openHandOverPackage(context, disposal), { form: 'zip', to });
    const twice = emptyFolder();
    const other = await writePackageFiles(await openHandOverPackage(context, disposal), { form: 'zip', to: twice });
    expect(sha512Hex(readFileSync(again))).to.equal(sha512Hex(readFileSync(other)));
  });

  it('makes the minutes when it is handed over, and removes nothing before the archive’s receipt is kept', async () => {
    disposal = await sendHandOver(context, { ...letter, disposal: disposal.id });
    const minutes = JSON.parse((await disposalDocument(context, disposal, 'minutes.json')).toString());
    expect(minutes.facts.list).to.deep.equal([
      { year: '1991', mark: 'I-1', kind: 'Категорија I-1', records: 2, files: 2, bytes: 22 },
    ]);
    expect(minutes.facts.commission.opinion).to.equal(review.opinion);
    expect(Buffer.from(await disposalDocument(context, disposal, 'minutes.pdf')).toString('latin1')).to.match(/^%PDF/);
    const execution = { disposal: disposal.id, method: 'уклањање после предаје', actor: 'c' };
    expect(await refusalOf(executeDisposal(context, execution))).to.equal('STATE_CONFLICT');
    const { document: _document, ...without } = receipt;
    expect(await refusalOf(decideDisposal(context, { ...without, disposal: disposal.id }))).to.equal(
      'METADATA_INVALID',
    );
    disposal = await decideDisposal(context, { ...receipt, disposal: disposal.id });
    expect((await now('statut'))?.state).to.equal('archived');
    expect(Buffer.from(await disposalDocument(context, disposal, 'decision')).toString()).to.equal('%PDF receipt');
  });

  it('leaves what came under a hold, goes on after a crash, and certifies the restitution', async () => {
    const hold = { owner: 'правна', mandate: 'П-2', reason: 'спор', reviewOn: '2030-01-01', actor: 'a' };
    await placeHold(context, { ...hold, scope: 'record', target: number('odluka') });
    const execution = { disposal: disposal.id, method: 'уклањање после предаје', actor: 'c' };
    expect(await refusalOf(executeDisposal(context, { ...execution, actor: 'A' }))).to.equal('FOUR_EYES_REQUIRED');
    let removed = 0;
    const storage = Object.assign(Object.create(context.storage), {
      removeObject: async (id: string) => {
        removed += 1;
        if (removed === 1) throw new Error('power cut');
        return context.storage.removeObject(id);
      },
    });
    await executeDisposal({ ...context, storage }, execution).then(
      () => expect.fail('it was cut short'),
      (error) => expect(error.message).to.equal('power cut'),
    );
    const done = await executeDisposal(context, execution);
    disposal = done.disposal;
    expect(done.leftOut).to.deep.equal([
      { record: records.odluka?.id, number: number('odluka'), code: 'UNDER_LEGAL_HOLD' },
    ]);
    expect(disposal.state).to.equal('completed');
    expect((await now('odluka'))?.state).to.equal('archived');
    const gone = await now('statut');
    expect([gone?.state, gone?.reason]).to.deep.equal([
      'disposed',
      { code: 'HANDED_OVER', detail: 'IA-91/2026, 2026-02-20' },
    ]);
    for (const driver of context.storage.locations)
      expect(await driver.readInventory(records.statut?.id ?? '')).to.equal(undefined);
    const tombstone = `urn:trajno:tombstone:${records.statut?.id.slice('urn:uuid:'.length)}`;
    const file = await context.storage.openState(tombstone, 'tombstone.json');
    const told = JSON.parse(Buffer.from(await file.read(0, file.size)).toString()).handedOver;
    expect(told).to.include({ archive: 'Историјски архив Пример', receipt: 'IA-91/2026, 2026-02-20', version: 1 });
    const certificate = JSON.parse((await disposalDocument(context, disposal, 'certificate.json')).toString());
    expect(certificate.facts.handedOverTo).to.equal('Историјски архив Пример');
    const book = (await printBook(context, { creator, form: 'csv' })).toString();
    expect(book).to.include('IA-91/2026').and.include('предато јавном архиву 1 од 2');
    expect(await refusalOf(openHandOverPackage(context, disposal))).to.equal('STATE_CONFLICT');
  });

  it('removes no version that the archive did not get', async () => {
    const early = { creator, records: [number('skorašnji')], early: 'споразум 1/2026', actor: 'a' };
    let { id } = await proposeHandOver(context, early);
    await reviewDisposal(context, { ...review, disposal: id });
    await makeHandOverPackage(context, { disposal: id, actor: 'a' });
    await sendHandOver(context, { ...letter, disposal: id });
    await decideDisposal(context, { ...receipt, disposal: id });
    await amendRecord(archive.context, {
      record: number('skorašnji'),
      title: 'Исправљено',
      reason: 'грешка',
      actor: 'officer',
    });
    const done = await executeDisposal(context, { disposal: id, method: 'м', actor: 'c' });
    expect(done.leftOut.map(({ code }) => code)).to.deep.equal(['DISPOSAL_REFUSED']);
    expect((await now('skorašnji'))?.state).to.equal('archived');
    id = done.disposal.id;
    expect((await findDisposal(context.catalog, context.institution.id, id))?.early).to.equal('споразум 1/2026');
  });

  it('comes back with a catalog that is made anew', async () => {
    const { catalog, institution } = context;
    const before = await listDisposals(catalog, institution.id, 'hand-over');
    const items = await disposalItems(catalog, disposal.id);
    const gone = await now('statut');
    await archive.close();
    await rebuildFrom(place.config, place.clock, undefined, () => {});
    archive = await place.open();
    context = { ...archive.evidence, ...archive.context };
    expect(before).to.have.length(2);
    expect(await listDisposals(context.catalog, institution.id, 'hand-over')).to.deep.equal(before);
    expect(await listDisposals(context.catalog, institution.id)).to.deep.equal([]);
    expect(await disposalItems(context.catalog, disposal.id)).to.deep.equal(items);
    expect((await now('statut'))?.reason).to.deep.equal(gone?.reason);
    const next = await proposeHandOver(context, { creator, records: [number('odluka')], actor: 'a' }).catch((it) => it);
    expect(next.code, 'the hold is still there').to.equal('DISPOSAL_REFUSED');
  });
});
