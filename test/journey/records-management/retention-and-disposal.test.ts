import { expect } from 'chai';
import {
  abandonDisposal,
  adoptList,
  bringBack,
  decideDisposal,
  disposalDocument,
  disposeRecord,
  enterCreator,
  enterRows,
  executeDisposal,
  extendPeriod,
  findCandidates,
  liftHold,
  markCatchingUp,
  placeHold,
  proposeDisposal,
  retentionOf,
  reviewDisposal,
  sendDisposal,
  startPeriod,
} from '../../../src/archive/administration/index.ts';
import { disposalItems, findDisposal, findRecord, listBookRows } from '../../../src/archive/data-management/index.ts';
import { amendRecord } from '../../../src/archive/ingest/index.ts';
import { audit } from '../../../src/archive/preservation/index.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { keep, refusalOf, testArchive } from '../../support/archive.ts';
import { categories, company, municipality, office, setClock } from '../../support/records-office.ts';

const hold = { owner: 'Служба за правне послове', mandate: 'П-12/2029', reason: 'спор', reviewOn: '2040-01-01' };
const commission = {
  members: ['Мара Марић', 'Васа Васић'],
  minutes: { number: '031-4/2029', date: '2029-02-01' },
  agreed: true,
};

describe('retention and disposal of a public body', () => {
  const clock = setClock('2026-02-01T09:00:00Z');
  const place = testArchive({}, clock);
  let archive: OpenArchive;
  let creator: string;
  const ids: Record<string, string> = {};
  const retention = async (name: string) => {
    const record = await findRecord(archive.context.catalog, 'default', ids[name] as string);
    if (!record) throw new Error(name);
    return retentionOf(archive.context, record);
  };
  const put = async (name: string, category: string, fields: Record<string, string> = {}) => {
    const record = await keep(archive, { [`${name}.txt`]: name }, { title: name, category, fields });
    ids[name] = record.id;
    return record;
  };

  before(async () => {
    archive = await place.open();
    creator = (await office(archive.context)).creator.id;
  });

  it('gives each record one category of the list in force, sealed as it stands there', async () => {
    const record = await put('bill', 'II-3', { datumNastanka: '2026-01-31' });
    expect(record.classification).to.include({
      creator,
      mark: 'II-3',
      name: 'Категорија II-3',
      period: '2',
      listVersion: '1',
      consent: 'IA-33/2026, 2026-01-20',
    });
    expect(await refusalOf(put('nowhere', 'X-9'))).to.equal('CATEGORY_UNKNOWN');
    const { retention: period, regime } = await retention('bill');
    expect(regime).to.equal('time-limited');
    expect(period).to.include({ startedOn: '2026-01-31', expiresOn: '2028-12-31', createdYear: '2026' });
  });

  it('keeps what is permanent for good', async () => {
    await put('statute', 'I-1');
    const { regime, retention: period } = await retention('statute');
    expect(regime).to.equal('permanent');
    expect(period?.expiresOn).to.equal(undefined);
    expect(
      await refusalOf(disposeRecord(archive.context, { record: ids.statute as string, actor: 'x', decision: '1' })),
    ).to.equal('DISPOSAL_REFUSED');
  });

  it('lets a period run from what is told of the case', async () => {
    await put('letter', 'III-5', { brojPredmeta: '355-1/2026' });
    expect((await retention('letter')).retention?.startedOn).to.equal(undefined);
    await startPeriod(archive.context, {
      case: '355-1/2026',
      event: 'case-closed',
      date: '2026-02-01',
      actor: 'officer',
    });
    expect((await retention('letter')).retention?.expiresOn).to.equal('2031-12-31');
    await put('late letter', 'III-5', { brojPredmeta: '355-1/2026' });
    expect((await retention('late letter')).retention?.expiresOn, 'archived after the case was closed').to.equal(
      '2031-12-31',
    );
  });

  it('changes nothing of old records by a new version of the list', async () => {
    await adoptList(archive.context, {
      creator,
      adoptedOn: '2026-02-01',
      consent: { number: 'IA-90/2026', date: '2026-02-01' },
      categories: categories({ 'I-1': 'trajno', 'II-3': '10', 'III-5': '5 from case-closed' }),
      actor: 'officer',
    });
    expect((await retention('bill')).retention?.expiresOn).to.equal('2028-12-31');
    expect((await put('second bill', 'II-3', { datumNastanka: '2026-01-31' })).classification?.period).to.equal('10');
    expect((await retention('second bill')).retention?.expiresOn).to.equal('2036-12-31');
  });

  it('changes a period by reclassification only, and nothing permanent without the archive’s consent', async () => {
    const record = await put('charter', 'I-1');
    const amendment = { record: record.id, actor: 'officer', reason: 'misfiled', category: 'II-3' };
    expect(await refusalOf(amendRecord(archive.context, amendment))).to.equal('METADATA_INVALID');
    const changed = await amendRecord(archive.context, { ...amendment, archiveConsent: 'IA-91/2026, 2026-02-01' });
    expect(changed.classification?.period).to.equal('10');
    const untouched = await amendRecord(archive.context, {
      record: ids.bill as string,
      actor: 'officer',
      reason: 'title',
      title: 'Рачун',
    });
    expect(untouched.classification?.listVersion).to.equal('1');
  });

  it('has no candidates before a period ends, then lists them with what keeps them', async () => {
    await put('held bill', 'II-3');
    await put('small', 'II-3');
    expect((await findCandidates(archive.context, { limit: 10 })).candidates).to.deep.equal([]);
    clock.set('2029-01-10T09:00:00Z');
    const { candidates } = await findCandidates(archive.context, { limit: 10 });
    expect(candidates.map(({ record }) => record)).to.deep.equal([ids.bill]);
    expect(candidates[0]).to.deep.include({ setAsideBy: '2029-12-31', isOverdue: false, holds: [] });
    expect(candidates[0]?.bookRow, 'the book does not tell of it yet').to.equal(undefined);
  });

  it('refuses an inventory of what is not in the archive book, then takes it', async () => {
    const records = [ids.bill as string];
    expect(await refusalOf(proposeDisposal(archive.context, { creator, records, actor: 'officer' }))).to.equal(
      'DISPOSAL_REFUSED',
    );
    expect(await enterRows(archive.context, { creator, actor: 'officer' })).to.be.greaterThan(3);
    expect(await enterRows(archive.context, { creator, actor: 'officer' }), 'nothing is entered twice').to.equal(0);
    const disposal = await proposeDisposal(archive.context, { creator, records, actor: 'officer' });
    expect(disposal).to.include({ number: '2029-0001', state: 'proposed' });
    const [line] = await disposalItems(archive.context.catalog, disposal.id);
    expect(line).to.deep.include({
      number: 1,
      mark: 'II-3',
      year: '2026',
      period: '2',
      files: 1,
      bytes: 4,
      state: 'listed',
    });
    expect(line?.bookRow).to.be.a('number');
    await abandonDisposal(archive.context, { disposal: disposal.number, reason: 'typing error', actor: 'officer' });
  });

  it('refuses what is permanent, held, not expired or spoken for, with a reason for each', async () => {
    const name = async (record: string, early?: string) => {
      try {
        await proposeDisposal(archive.context, {
          creator,
          records: [record],
          actor: 'officer',
          ...(early ? { early } : {}),
        });
      } catch (error) {
        return (error as { places: { detail: string }[] }).places.map(({ detail }) => detail).join('; ');
      }
      return 'nothing';
    };
    expect(await name(ids.statute as string, 'early')).to.equal('is permanent');
    expect(await name(ids.small as string)).to.match(/^is kept until 2036-12-31/);
    expect(await name('2020-000001')).to.equal('is no record');
    const placed = await placeHold(archive.context, { ...hold, scope: 'category', target: 'II-3', actor: 'lawyer' });
    expect(await name(ids.bill as string)).to.match(/under a legal hold/);
    await liftHold(archive.context, { hold: placed.id, reason: 'settled', actor: 'lawyer' });
  });

  it('keeps what any of several holds keeps, until the last is lifted', async () => {
    const scopes = [
      { scope: 'record', target: ids.bill as string },
      { scope: 'category', target: 'II-3' },
      { scope: 'query', query: { text: 'рачун' } },
    ] as const;
    const placed = [];
    for (const scope of scopes) placed.push(await placeHold(archive.context, { ...hold, ...scope, actor: 'lawyer' }));
    for (const { id } of placed) {
      expect((await retention('bill')).holds.map((one) => one.id)).to.include(id);
      const { candidates } = await findCandidates(archive.context, { limit: 10 });
      expect(candidates[0]?.holds).to.not.deep.equal([]);
      await liftHold(archive.context, { hold: id, reason: 'settled', actor: 'lawyer' });
    }
    expect((await retention('bill')).holds).to.deep.equal([]);
  });

  it('keeps a record that a query found although it is called something else later', async () => {
    const record = await put('Жалба комшије', 'II-3');
    const placed = await placeHold(archive.context, {
      ...hold,
      scope: 'query',
      query: { text: 'zalba komsije' },
      actor: 'lawyer',
    });
    await amendRecord(archive.context, { record: record.id, actor: 'officer', reason: 'r', title: 'Друго' });
    expect((await retention('Жалба комшије')).holds.map(({ id }) => id)).to.deep.equal([placed.id]);
    await liftHold(archive.context, { hold: placed.id, reason: 'r', actor: 'lawyer' });
    expect(
      await refusalOf(placeHold(archive.context, { ...hold, scope: 'query', query: { text: ' ! ' }, actor: 'lawyer' })),
      'a hold on everything is an accident',
    ).to.equal('METADATA_INVALID');
  });

  it('keeps a record under the holds it had when it is given another category or case', async () => {
    const placed = [];
    for (const scope of [
      { scope: 'category', target: 'III-5' },
      { scope: 'case', target: '9/2029' },
    ] as const)
      placed.push(await placeHold(archive.context, { ...hold, ...scope, actor: 'lawyer' }));
    const record = await put('came later', 'III-5', { brojPredmeta: '9/2029' });
    await amendRecord(archive.context, {
      record: record.id,
      actor: 'officer',
      reason: 'r',
      category: 'II-3',
      fields: { brojPredmeta: '10/2029' },
    });
    expect((await retention('came later')).holds.map(({ id }) => id)).to.have.members(placed.map(({ id }) => id));
    for (const { id } of placed) await liftHold(archive.context, { hold: id, reason: 'r', actor: 'lawyer' });
    expect((await retention('came later')).holds).to.deep.equal([]);
  });

  it('goes through the whole procedure with four eyes, and leaves a complete sealed trail', async () => {
    const { context } = archive;
    await enterRows(context, { creator, actor: 'officer' });
    const proposed = await proposeDisposal(context, { creator, actor: 'Официр Један' });
    const disposal = proposed.id;
    const execute = (actor: string) => executeDisposal(context, { disposal, method: 'безбедно брисање', actor });
    expect(await refusalOf(execute('Б'))).to.equal('STATE_CONFLICT');
    expect(await refusalOf(reviewDisposal(context, { disposal, actor: ' официр  један ', ...commission }))).to.equal(
      'FOUR_EYES_REQUIRED',
    );
    expect(
      await refusalOf(reviewDisposal(context, { disposal, actor: 'Б', ...commission, members: ['А', ' а'] })),
    ).to.equal('METADATA_INVALID');
    const reviewed = await reviewDisposal(context, { disposal, actor: 'Б', ...commission });
    expect(reviewed.state).to.equal('reviewed');
    expect(await refusalOf(execute('Б'))).to.equal('STATE_CONFLICT');
    await sendDisposal(context, { disposal, letter: '031-5', date: '2029-02-02', channel: 'eArhiv', actor: 'Б' });
    const decision = { disposal, number: 'IA-7/2029', date: '2029-03-01', approved: true, actor: 'Б' };
    expect(await refusalOf(decideDisposal(context, decision)), 'without the decision itself').to.equal(
      'METADATA_INVALID',
    );
    const document = { name: 'rešenje.pdf', content: Buffer.from('%PDF-1.7 the decision') };
    expect((await decideDisposal(context, { ...decision, document })).state).to.equal('approved');
    expect(await refusalOf(execute('официр један'))).to.equal('FOUR_EYES_REQUIRED');

    const placed = await placeHold(context, { ...hold, scope: 'record', target: ids.bill as string, actor: 'lawyer' });
    const direct = { record: ids.bill as string, actor: 'Б', decision: 'IA-7/2029', disposal };
    expect(await refusalOf(disposeRecord(context, direct)), 'a hold after the approval').to.equal('UNDER_LEGAL_HOLD');
    await liftHold(context, { hold: placed.id, reason: 'settled', actor: 'lawyer' });
    const done = await execute('Б');
    expect(done).to.deep.include({ destroyed: 1, leftOut: [], pending: [] });
    expect(done.disposal.state).to.equal('completed');

    const gone = await findRecord(context.catalog, 'default', ids.bill as string);
    expect([gone?.state, gone?.classification, gone?.files.length]).to.deep.equal(['disposed', undefined, 0]);
    for (const driver of context.storage.active())
      expect(await driver.readInventory(ids.bill as string)).to.equal(undefined);
    const rows = await listBookRows(context.catalog, creator);
    const row = rows.find(({ disposedRecords }) => disposedRecords === 1);
    expect(row).to.deep.include({ mark: 'II-3', records: 1, minutes: ['IA-7/2029, 2029-03-01'] });
    for (const name of [
      'inventory.csv',
      'inventory.json.p7s',
      'commission.json',
      'decision',
      'certificate.pdf',
    ] as const)
      expect((await disposalDocument(context, done.disposal, name)).length, name).to.be.greaterThan(10);
    const certificate = JSON.parse(
      Buffer.from(await disposalDocument(context, done.disposal, 'certificate.json')).toString('utf8'),
    );
    expect(certificate.facts.destroyed[0]).to.include({ record: ids.bill });
    expect(certificate.facts.destroyed[0].sha256[0]).to.match(/^[0-9a-f]{64}$/);
    const found = await audit(context, { actor: 'auditor' });
    expect([...found.damaged, ...found.missing, ...found.extra, ...found.catalog]).to.deep.equal([]);
  });

  it('puts the end of a period off in a review, and brings it forward in none', async () => {
    clock.set('2037-03-01T09:00:00Z');
    const ends = async () =>
      (await findCandidates(archive.context, { limit: 50 })).candidates.map(({ record }) => record);
    expect(await ends()).to.include(ids.small);
    const review = { record: ids.small as string, reason: 'још треба', actor: 'officer' };
    expect(await refusalOf(extendPeriod(archive.context, { ...review, until: '2030-01-01' }))).to.equal(
      'METADATA_INVALID',
    );
    await extendPeriod(archive.context, { ...review, until: '2040-12-31' });
    expect(await ends()).to.not.include(ids.small);
    expect(
      await refusalOf(extendPeriod(archive.context, { ...review, record: ids.statute as string, until: '2050-01-01' })),
    ).to.equal('STATE_CONFLICT');
  });
});

describe('disposal by a company', () => {
  const clock = setClock('2026-02-01T09:00:00Z');
  const place = testArchive({}, clock);
  let archive: OpenArchive;
  let creator: string;
  let records: string[];

  before(async () => {
    archive = await place.open();
    creator = (await office(archive.context, company, { A: '1', T: 'trajno', B: '50' })).creator.id;
    records = [];
    for (const name of ['one', 'two', 'three'])
      records.push((await keep(archive, { [`${name}.txt`]: name }, { category: 'A' })).id);
  });

  it('takes nothing permanent before the internal rules are on file', async () => {
    expect(await refusalOf(keep(archive, { 'x.txt': 'x' }, { category: 'T' }))).to.equal('INTERNAL_RULES_MISSING');
    await enterCreator(archive.context, {
      id: creator,
      facts: { ...company, rules: municipality.rules },
      actor: 'officer',
    });
    expect((await keep(archive, { 'x.txt': 'x' }, { category: 'T' })).state).to.equal('archived');
  });

  it('needs no approval of the archive, and goes on where it was interrupted', async () => {
    const { context } = archive;
    clock.set('2028-02-01T09:00:00Z');
    const { id: disposal } = await proposeDisposal(context, { creator, actor: 'a' });
    expect((await reviewDisposal(context, { disposal, actor: 'b', ...commission })).state).to.equal('approved');
    const [, second = ''] = records;
    let removed = 0;
    const failing = {
      ...context,
      storage: {
        ...context.storage,
        removeObject: async (id: string) => {
          removed += 1;
          if (removed === 2) throw new Error('the power went');
          return context.storage.removeObject(id);
        },
      },
    };
    const execution = { disposal, method: 'брисање', actor: 'b' };
    expect(await refusalOf(executeDisposal(failing, execution))).to.match(/the power went/);
    expect((await findDisposal(context.catalog, 'default', disposal))?.state).to.equal('approved');
    expect(await context.storage.readInventory(second), 'its bytes are still there').to.not.equal(undefined);
    const done = await executeDisposal(context, execution);
    expect(done).to.deep.include({ destroyed: 3, pending: [] });
    for (const record of records) expect(await context.storage.readInventory(record)).to.equal(undefined);
  });

  it('leaves out what was given another category after it was listed: another period holds', async () => {
    const { context } = archive;
    const [kept, gone] = [
      await keep(archive, { 'k.txt': 'k' }, { category: 'A' }),
      await keep(archive, { 'g.txt': 'g' }, { category: 'A' }),
    ];
    clock.set('2031-02-01T09:00:00Z');
    const { id: disposal } = await proposeDisposal(context, { creator, actor: 'a' });
    await reviewDisposal(context, { disposal, actor: 'b', ...commission });
    await amendRecord(context, { record: kept.id, actor: 'officer', reason: 'погрешно', category: 'B' });
    const done = await executeDisposal(context, { disposal, method: 'брисање', actor: 'b' });
    expect(done.leftOut.map(({ record, code }) => [record, code])).to.deep.equal([[kept.id, 'DISPOSAL_REFUSED']]);
    expect((await findRecord(context.catalog, 'default', gone.id))?.state).to.equal('disposed');
    const early = { creator, records: [kept.id], early: 'налог', actor: 'a' };
    const { id: second } = await proposeDisposal(context, early);
    await reviewDisposal(context, { disposal: second, actor: 'b', ...commission });
    await amendRecord(context, { record: kept.id, actor: 'officer', reason: 'погрешно', category: 'A' });
    expect((await executeDisposal(context, { disposal: second, method: 'м', actor: 'b' })).destroyed).to.equal(0);
  });

  it('is not complete before a location that is away has confirmed', async () => {
    const { context } = archive;
    const record = await keep(archive, { 'early.txt': 'early' }, { category: 'B' });
    const early = 'суд је наложио брисање, К-3/2028';
    const proposal = { creator, records: [record.id], actor: 'a' };
    expect(await refusalOf(proposeDisposal(context, proposal))).to.equal('DISPOSAL_REFUSED');
    const { id: disposal } = await proposeDisposal(context, { ...proposal, early });
    await reviewDisposal(context, { disposal, actor: 'b', ...commission });
    await markCatchingUp(context, 'second', 'operator', 'disk away');
    const execution = { disposal, method: 'брисање', actor: 'b' };
    expect((await executeDisposal(context, execution)).pending).to.deep.equal(['second']);
    await bringBack(context, 'second', 'operator');
    const done = await executeDisposal(context, execution);
    expect(done.disposal.state).to.equal('completed');
    expect(done.disposal.early, 'the justification is kept').to.equal(early);
  });
});
