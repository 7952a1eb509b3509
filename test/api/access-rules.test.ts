import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ruleAccess } from '../../src/archive/administration/index.ts';
import { accessRulesOf, type CatalogRecord, findRecord } from '../../src/archive/data-management/index.ts';
import { rebuildFrom } from '../../src/restore.ts';
import { keep, testArchive } from '../support/archive.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('who reads a record, and why', function () {
  this.timeout(60_000);
  let service: RunningService;
  let record: CatalogRecord;
  before(async () => {
    service = await runService();
  });
  beforeEach(async () => {
    record = await keep(service.service as never, {
      [`лични лист ${Math.random()}.txt`]: `Мира Мирић ${Math.random()}`,
    });
  });
  after(() => service.close());
  const rule = async (ruling: object) =>
    described(
      await service.as('authorised-person').post(`/api/v1/records/${record.number}/access-rulings`).send(ruling),
    );
  const read = (role: Parameters<RunningService['as']>[0], path = '') =>
    service.as(role).get(`/api/v1/records/${record.number}${path}`);
  const contentOf = [
    '',
    '/files/1',
    '/events',
    '/files/1/evidence',
    '/retention',
    '/copies',
    '/versions/1/package?form=zip',
  ];

  it('is nobody under an embargo but who may pass it, until its last day has ended', async () => {
    expect((await rule({ embargoUntil: '2126-01-01', reason: 'оставилац је тако хтео' })).body).to.deep.equal({
      embargoUntil: '2126-01-01',
      personalData: false,
    });
    for (const path of contentOf) {
      expect((await read('officer', path)).body.code, path).to.equal('EMBARGOED');
      expect((await read('authorised-person', path)).status, path).to.be.oneOf([200, 404]);
    }
    for (const refused of ['/certified-copies', '/prepared-copies'])
      expect(
        (await service.as('lawyer').post(`/api/v1/records/${record.number}${refused}`).send({})).body.code,
      ).to.equal('EMBARGOED');
    expect(
      (
        await service
          .as('lawyer')
          .post('/api/v1/dips')
          .send({ records: [record.number] })
      ).body.code,
    ).to.equal('EMBARGOED');
    expect((await service.as('officer').get(`/api/v1/records?text=${record.number}`)).status).to.equal(200);
    expect((await read('officer', '/access')).body.embargoUntil).to.equal('2126-01-01');
    await rule({ embargoUntil: '2026-11-01', reason: 'истекла' });
    expect((await read('officer')).status).to.equal(200);
  });

  it('says why, where there are personal data; the reason is logged and holds for its record and its person alone', async () => {
    await rule({ personalData: true, reason: 'лични лист' });
    for (const path of contentOf) expect((await read('officer', path)).body.code, path).to.equal('REASON_REQUIRED');
    const reason = encodeURIComponent('захтев странке 12/2026');
    expect((await read('officer').set('Trajno-Reason', 'ab')).body.code).to.equal('REASON_REQUIRED');
    expect((await read('officer').set('Trajno-Reason', '%ff')).body.code).to.equal('REQUEST_MALFORMED');
    expect((await read('officer').set('Trajno-Reason', reason)).status).to.equal(200);
    for (const path of contentOf) expect((await read('officer', path)).status, path).to.be.oneOf([200, 404]);
    expect((await read('lawyer')).body.code).to.equal('REASON_REQUIRED');
    const log = described(await service.as('auditor').get(`/api/v1/access-log?record=${record.number}`)).body;
    expect(log.lines).to.have.length(1);
    expect(log.lines[0]).to.include({
      type: 'record.consulted',
      reason: 'захтев странке 12/2026',
      recordNumber: record.number,
    });
  });

  it('is told to a data subject: every record in which a person is found, as a table whose cells are no formulas', async () => {
    await rule({ personalData: true, reason: 'лични лист' });
    await read('officer').set('Trajno-Reason', encodeURIComponent('=HYPERLINK("http://x")'));
    const { text } = await service
      .as('auditor')
      .get(`/api/v1/access-log?record=${record.number}`)
      .set('Accept', 'text/csv');
    expect(text).to.match(/^\ufefftime,record,what,who,reason\n/);
    expect(text).to.contain("'=HYPERLINK").and.not.contain(',"=HYPERLINK');
    const found = described(
      await service.as('auditor').get(`/api/v1/access-log?text=${encodeURIComponent(record.number)}`),
    );
    expect(found.body.lines.length).to.be.greaterThan(0);
    expect((await service.as('auditor').get('/api/v1/access-log')).status).to.equal(400);
    expect((await service.as('officer').get(`/api/v1/access-log?record=${record.number}`)).status).to.equal(403);
  });

  it('asks on the page, and goes on to where the visitor was', async () => {
    await rule({ personalData: true, reason: 'лични лист' });
    const page = await service.as('lawyer').get(`/records/${record.number}?x=1`).set('Accept-Language', 'sr');
    expect(page.status).to.equal(403);
    expect(page.text).to.contain('Зашто вам треба овај документ').and.contain(`value="/records/${record.number}?x=1"`);
    const said = await service
      .as('lawyer')
      .post(`/records/${record.number}/reason`)
      .type('form')
      .send({ reason: 'спор П 5/26', next: '//evil.example' });
    expect(said.headers.location).to.equal('/');
    expect((await service.as('lawyer').get(`/records/${record.number}`)).status).to.equal(200);
  });

  it('answers requests for erasure with a reason: refused while a record must be kept; nothing is erased', async () => {
    const request = {
      requester: 'Мира Мирић',
      receivedOn: '2026-11-20',
      records: [record.number],
      reason: 'чува се по закону',
    };
    const { body } = described(await service.as('officer').post('/api/v1/erasure-requests').send(request));
    expect(body.facts.records[0]).to.include({ number: record.number, answer: 'refused', because: 'no-period' });
    expect(
      described(await service.as('auditor').get('/api/v1/erasure-requests')).body.answers[0].facts.requester,
    ).to.equal('Мира Мирић');
    const { body: journal } = await service.as('auditor').get('/api/v1/journal?type=erasure.answered');
    expect(JSON.stringify(journal)).to.contain(record.id).and.not.contain('Мирић');
    expect(
      (
        await service
          .as('officer')
          .post('/api/v1/erasure-requests')
          .send({ ...request, records: ['2026-999999'] })
      ).status,
    ).to.equal(404);
    expect((await read('officer')).status).to.equal(200);
  });

  it('is copied and exported under a legal hold, and not destroyed', async () => {
    const hold = {
      scope: 'record',
      target: record.number,
      owner: 'суд',
      mandate: 'П 5/26',
      reason: 'спор',
      reviewOn: '2099-01-01',
    };
    expect((await service.as('officer').post('/api/v1/holds').send(hold)).status).to.equal(201);
    expect((await read('officer', '/versions/1/package?form=zip')).status).to.equal(200);
    const copy = await service.as('officer').post(`/api/v1/records/${record.number}/certified-copies`).send({});
    expect(copy.status, JSON.stringify(copy.body)).to.equal(201);
    const disposal = { records: [record.number], reason: 'истекло' };
    expect((await service.as('officer').post('/api/v1/disposals').send(disposal)).status).to.be.within(400, 499);
  });

  it('stays ruled when the catalog is made anew from the store', async () => {
    const place = testArchive();
    const archive = await place.open();
    const kept = await keep(archive, { 'a.txt': 'a' });
    await ruleAccess(archive.context, kept, {
      embargoUntil: '2030-01-01',
      personalData: true,
      reason: 'р',
      actor: 'a',
    });
    await archive.close();
    for (const ending of ['', '-wal', '-shm'])
      rmSync(join(place.config.dataFolder, `catalog.sqlite${ending}`), { force: true });
    await rebuildFrom(place.config, place.clock, undefined, () => {});
    const again = await place.open();
    const found = await findRecord(again.context.catalog, 'default', kept.id);
    expect(found && (await accessRulesOf(again.context.catalog, found))).to.deep.equal({
      embargoUntil: '2030-01-01',
      personalData: true,
    });
    await again.close();
  });
});
