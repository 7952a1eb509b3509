import { expect } from 'chai';
import { municipality } from '../support/records-office.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

const api = '/api/v1';

describe('records management over HTTP', () => {
  let service: RunningService;
  let creator: string;
  let record: string;
  const officer = () => service.as('officer');
  const post = async (address: string, body: object, role: 'officer' | 'administrator' | 'auditor' = 'officer') =>
    described(await service.as(role).post(`${api}${address}`).send(body));
  const get = async (address: string) => described(await service.as('auditor').get(`${api}${address}`));

  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  it('enters a creator, and tells each wrong number with its place', async () => {
    const wrong = await post('/creators', { ...municipality, taxNumber: '106006801' });
    expect(wrong.status).to.equal(422);
    expect(wrong.body.errors).to.deep.equal([{ pointer: '/taxNumber', detail: 'has a wrong check digit' }]);
    const entered = await post('/creators', { ...municipality, registrationNumber: '07461428', rules: [] });
    expect(entered.status).to.equal(201);
    expect(entered.body.warnings, 'a registration number is worth a warning only').to.deep.equal([
      'REGISTRATION_NUMBER_UNUSUAL',
    ]);
    creator = entered.body.id;
    const changed = await post(`/creators/${creator}/versions`, municipality);
    expect(changed.body).to.deep.include({ version: 2, warnings: [] });
    expect((await post('/creators', municipality, 'auditor')).status).to.equal(403);
    expect((await get('/creators')).body.creators).to.have.length(1);
    expect((await get('/creators/urn:trajno:creator:none')).status).to.equal(404);
  });

  it('shows no personal number in full', async () => {
    const person = await post('/creators', {
      ...municipality,
      kind: 'natural-person',
      personalNumber: '0101000805018',
      registrationNumber: undefined,
      taxNumber: undefined,
    });
    expect(person.body.facts.personalNumber).to.equal('••••••••••018');
    expect((await get(`/creators/${person.body.id}`)).text).to.not.contain('0101000805018');
    const wrong = await post('/creators', { ...municipality, personalNumber: '0101990710006' });
    expect(wrong.body.errors[0].pointer).to.equal('/personalNumber');
  });

  it('takes a list of categories as a spreadsheet and gives it back as one', async () => {
    const table = (text: string) => ({ form: 'csv', base64: Buffer.from(text).toString('base64') });
    const said = { creator, adoptedOn: '2026-01-15', consent: { number: 'IA-33/2026', date: '2026-01-20' } };
    const disputed = await post('/category-lists', {
      ...said,
      table: table('Ознака;Назив;Рок чувања\nII-3;Рачуни;10\nII-3;Фактуре;5\n;без ознаке;сто\n'),
    });
    expect(disputed.status).to.equal(422);
    expect(disputed.body.errors.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal(['/4', '/4', '/3']);
    const good = table('Ознака;Назив;Рок чувања;Рок тече од\nI-1;Статут;трајно;\nII-3;Рачуни;1 година;архивирање\n');
    expect((await post('/category-lists', { creator, adoptedOn: '2026-01-15', table: good })).status).to.equal(422);
    const adopted = await post('/category-lists', { ...said, table: good });
    expect(adopted.status).to.equal(201);
    expect(adopted.body.categories[1]).to.deep.equal({
      number: 2,
      mark: 'II-3',
      name: 'Рачуни',
      period: '1',
      startEvent: 'archived',
    });
    const list = `/category-lists/${adopted.body.id}`;
    for (const form of ['csv', 'xlsx'] as const) {
      const given = described(
        await officer()
          .get(`${api}${list}?form=${form}`)
          .buffer(true)
          .parse((answer, done) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk) => chunks.push(chunk));
            answer.on('end', () => done(null, Buffer.concat(chunks)));
          }),
      );
      const again = { form, base64: (given.body as Buffer).toString('base64') };
      const next = await post('/category-lists', { ...said, table: again });
      expect(next.body.categories, form).to.deep.equal(adopted.body.categories);
    }
    const { lists } = (await get('/categories')).body;
    expect(lists.map(({ version }: { version: number }) => version)).to.deep.equal([3]);
    expect((await get(`/category-lists?creator=${creator}`)).body.lists).to.have.length(3);
  });

  it('classifies what comes by the list in force, and explains the period in sentences', async () => {
    const send = (category: string) =>
      officer()
        .post(`${api}/records`)
        .set('Prefer', 'wait=30')
        .field('metadata', JSON.stringify({ title: 'Рачун', category, fields: { brojPredmeta: '17/2026' } }))
        .attach('file', Buffer.from('a bill'), 'racun.txt');
    const unknown = described(await send('X-1'));
    expect([unknown.status, unknown.body.code]).to.deep.equal([422, 'CATEGORY_UNKNOWN']);
    const kept = described(await send('II-3'));
    expect(kept.status).to.equal(201);
    record = kept.body.records[0].record;
    const { body } = await get(`/records/${record}/retention`);
    expect(body.regime).to.equal('time-limited');
    expect(body.explanation['sr-Cyrl']).to.match(
      /^Чува се 1 год\. по категорији II-3 „Рачуни“.*истиче 31\.12\.\d{4}\.$/,
    );
    expect(body.explanation['sr-Latn']).to.match(/^Čuva se 1 god\./);
    expect(body.explanation.en).to.match(/^Kept for 1 years by category II-3/);
    expect((await get('/retention')).body).to.deep.equal({ permanent: 0, limited: 1, notStarted: 0, unlisted: 0 });
    expect((await get('/retention/candidates')).body.candidates).to.deep.equal([]);
  });

  it('enters events and extensions', async () => {
    const event = await post('/retention/events', { case: '17/2026', event: 'case-closed', date: '2026-02-01' });
    expect(event.status).to.equal(201);
    expect((await post('/retention/events', { event: 'case-closed', date: '2026-02-01' })).status).to.equal(400);
    const wrong = await post('/retention/events', { case: '1', event: 'case-closed', date: '2026-02-30' });
    expect(wrong.status).to.equal(422);
    const longer = await post(`/records/${record}/extensions`, { until: '2060-01-01', reason: 'спор' });
    expect(longer.body.explanation.en).to.match(/A review extended it to 01\.01\.2060\.$/);
  });

  it('places, reviews and lifts holds', async () => {
    const hold = { owner: 'правна служба', mandate: 'П-1/2026', reason: 'спор', reviewOn: '2060-01-01' };
    const placed = await post('/holds', { ...hold, scope: 'case', target: '17/2026' });
    expect(placed.status).to.equal(201);
    expect((await get(`/records/${record}/retention`)).body.holds[0].id).to.equal(placed.body.id);
    const reviewed = await post(`/holds/${placed.body.id}/reviews`, { reviewOn: '2061-01-01' });
    expect(reviewed.body.reviewOn).to.equal('2061-01-01');
    expect((await get(`/holds/${placed.body.id}`)).body).to.deep.equal(reviewed.body);
    expect((await post(`/holds/${placed.body.id}/lifting`, { reason: 'решено' })).body.lifted.reason).to.equal(
      'решено',
    );
    expect((await post(`/holds/${placed.body.id}/lifting`, { reason: 'решено' })).status).to.equal(409);
    expect((await get('/holds')).body.holds).to.deep.equal([]);
    expect((await get('/holds?lifted=true')).body.holds).to.have.length(1);
    expect((await post('/holds', { ...hold, scope: 'record', target: '1999-000001' })).status).to.equal(404);
    expect((await post('/holds', { ...hold, scope: 'record', target: record }, 'auditor')).status).to.equal(403);
  });

  it('keeps the archive book as JSON, CSV, XLSX and PDF/A, with transcripts', async () => {
    const book = `/creators/${creator}/archive-book`;
    expect((await get(book)).body.proposed).to.have.length(1);
    expect((await post(`${book}/entries`, {})).body).to.deep.equal({ entered: 1 });
    const paper = await post(`${book}/paper-entries`, {
      mark: 'II-3',
      yearFrom: '1998',
      yearTo: '1999',
      content: 'Рачуни',
      period: '1',
      consent: 'IA-1/1998',
      quantity: '3 регистратора',
      place: 'подрум, полица 7',
    });
    expect(paper.body).to.deep.equal({ number: 2 });
    const { rows, proposed } = (await get(book)).body;
    expect(proposed).to.deep.equal([]);
    expect(rows[0].columns).to.have.length(11);
    expect(rows[0].columns[7]).to.match(/MB/);
    expect(rows[1].columns[2]).to.equal('1998–1999');
    for (const form of ['csv', 'xlsx', 'pdf'])
      expect((await officer().get(`${api}${book}?form=${form}`)).status, form).to.equal(200);
    const made = await post(`${book}/transcripts`, { year: rows[0].yearFrom });
    expect(made.status).to.equal(201);
    const document = described(await officer().get(`${api}/archive-book/transcripts/${made.body.id}/document`));
    expect(document.status).to.equal(200);
    const submission = { submittedOn: '2026-04-29', letter: '031-1/2026', channel: 'eArhiv' };
    const submitted = await post(`/archive-book/transcripts/${made.body.id}/submission`, submission);
    expect(submitted.body.submittedOn).to.equal('2026-04-29');
    const { transcripts, due } = (await get('/archive-book/transcripts')).body;
    expect(transcripts).to.have.length(1);
    expect(due[0].dueOn).to.match(/-04-30$/);
  });

  it('keeps a register: numbers, cases, storno', async () => {
    const entry = { creator, receivedOn: '2026-02-01', facts: { subject: 'Захтев', sender: 'Р. Р.' }, record };
    const first = await post('/register', entry);
    expect(first.body).to.include({ number: '01-1/2026-1', record });
    const next = await post('/register', { ...entry, record: undefined, case: 1 });
    expect(next.body.number).to.equal('01-1/2026-2');
    expect((await post('/register', { ...entry, case: 9 })).status).to.equal(404);
    expect((await post(`/register/${next.body.id}/voiding`, { reason: 'грешка' })).body.voided.reason).to.equal(
      'грешка',
    );
    expect((await post('/register', entry)).body.number).to.equal('01-2/2026-1');
    expect((await get(`/register?record=${record}`)).body.entries).to.have.length(2);
    const closing = { creator, book: '01', year: '2025' };
    expect((await post('/register/closings', closing)).body).to.deep.equal({ entries: 0 });
    expect((await post('/register', { ...entry, receivedOn: '2025-12-31' })).status).to.equal(409);
  });

  it('destroys by an approved procedure only, as a job, with documents to take away', async () => {
    const refused = await post('/disposals', { creator, records: [record] });
    expect(refused.body.code).to.equal('DISPOSAL_REFUSED');
    expect(refused.body.errors[0].detail).to.match(/^is kept until 2060-01-01/);
    const proposed = await post('/disposals', { creator, records: [record], early: 'налог суда К-1/2026' });
    expect(proposed.status).to.equal(201);
    const at = `/disposals/${proposed.body.id}`;
    const review = {
      members: ['Мара Марић', 'Васа Васић'],
      minutes: { number: '031-2/2026', date: '2026-02-02' },
      agreed: true,
    };
    expect((await post(`${at}/review`, review)).status, 'an officer does not decide').to.equal(403);
    expect((await post(`${at}/execution`, { method: 'брисање' }, 'administrator')).status).to.equal(409);
    expect((await post(`${at}/review`, review, 'administrator')).body.state).to.equal('reviewed');
    await post(`${at}/letter`, { letter: '031-3', date: '2026-02-03', channel: 'eArhiv' });
    const decision = { number: 'IA-9/2026', date: '2026-03-01', approved: true };
    expect((await post(`${at}/decision`, decision, 'administrator')).status, 'without the decision').to.equal(400);
    const document = { name: 'resenje.pdf', base64: Buffer.from('%PDF-1.7 decision').toString('base64') };
    const approved = await post(`${at}/decision`, { ...decision, document }, 'administrator');
    expect(approved.body.state).to.equal('approved');
    const started = await post(`${at}/execution`, { method: 'брисање' }, 'administrator');
    expect(started.status).to.equal(202);
    for (;;) {
      const job = await get(`/jobs/${started.body.id}`);
      if (['done', 'failed'].includes(job.body.state)) {
        expect(job.body.outcome).to.deep.include({ state: 'completed', destroyed: 1, leftOut: [], pending: [] });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await get(at)).body.items[0].state).to.equal('disposed');
    expect((await get(`/records/${record}`)).body.state).to.equal('disposed');
    for (const name of [
      'inventory.csv',
      'inventory.xlsx',
      'decision',
      'certificate.json',
      'certificate.json.p7s',
      'certificate.pdf',
    ])
      expect((await get(`${at}/documents/${name}`)).status, name).to.equal(200);
    expect((await get(`${at}/documents/secret`)).status).to.equal(404);
    const request = await get(`${at}/request`);
    expect([request.status, request.headers['content-type']]).to.deep.equal([200, 'application/zip']);
    expect((await get(at)).body.request).to.deep.include({ status: 'approved', number: 'IA-9/2026' });
    expect((await get('/disposals')).body.disposals).to.have.length(1);
    const [row] = (await get(`/creators/${creator}/archive-book`)).body.rows;
    expect(row.columns[9]).to.equal('IA-9/2026, 2026-03-01');
    expect(row.columns[10]).to.match(/уништено/);
  });

  it('gives a disposal up', async () => {
    expect((await post('/disposals', { creator })).status, 'there is nothing to set aside').to.equal(409);
    expect((await post('/disposals/2026-9999/abandonment', { reason: 'r' })).status).to.equal(404);
  });
});
