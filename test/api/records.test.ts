import { connect } from 'node:net';
import { expect } from 'chai';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

const pdfLike = (text: string) => Buffer.from(text);

describe('records over HTTP', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  const submit = (metadata: object = {}) =>
    service.as('officer').post('/api/v1/records').field('metadata', JSON.stringify(metadata));
  let made = 0;
  const stored = async (metadata: object = {}, name = 'белешка.txt') => {
    made += 1;
    const response = await submit(metadata)
      .attach('file', Buffer.from(`садржај ${made}`), name)
      .set('Prefer', 'wait=30');
    expect(response.status, response.text).to.equal(201);
    return response.body.records[0];
  };

  it('gives the receipt of intake at once', async () => {
    const response = described(await submit({ title: 'Допис' }).attach('file', Buffer.from('први'), 'допис.txt'));
    expect(response.status).to.equal(202);
    const [record] = response.body.records;
    expect(record).to.include({ state: 'received', title: 'Допис' });
    expect(record.intake.number).to.equal(`P-${record.number}`);
    expect(record.intake.head).to.match(/^\d+:[0-9a-f]{128}$/);
    expect(record.files[0].name).to.equal('допис.txt');
    expect(response.headers.location).to.equal(`/api/v1/records/${record.record}`);
  });

  it('refuses an upload that no disk has room for before a byte of it is taken', async () => {
    const { hostname, port } = new URL(service.origin);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST /api/v1/records HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${service.token('officer')}\r\n` +
          'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000000000000\r\n\r\n--x\r\n',
      );
      socket.once('data', (chunk) => {
        socket.destroy();
        resolve(String(chunk));
      });
      socket.once('error', reject);
    });
    expect(answer).to.match(/^HTTP\/1\.1 507 /);
  });

  it('waits for the receipt of archiving when asked to', async () => {
    const response = described(
      await submit({ category: 'II-3' }).attach('file', Buffer.from('други'), 'a.txt').set('Prefer', 'wait=30'),
    );
    expect(response.status).to.equal(201);
    expect(response.headers['preference-applied']).to.equal('wait=30');
    expect(response.body.records[0]).to.include({ state: 'archived', version: 1 });
    expect(response.body.records[0].receipt.number).to.match(/^A-/);
  });

  it('takes metadata that come behind the files', async () => {
    const response = await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', Buffer.from('трећи'), 'a.txt')
      .field('metadata', JSON.stringify({ title: 'Иза датотека' }));
    expect(response.status).to.equal(202);
    expect(response.body.records[0].title).to.equal('Иза датотека');
  });

  it('gives the same receipt to the same request with the same idempotency key', async () => {
    const send = (text: string) =>
      submit().set('Idempotency-Key', 'кључ'.length.toString()).attach('file', Buffer.from(text), 'a.txt');
    const [first, again] = [await send('исто'), await send('исто')];
    expect(again.body.records[0].record).to.equal(first.body.records[0].record);
    expect(again.body.records[0].intake).to.deep.equal(first.body.records[0].intake);
    const other = described(await send('друго'));
    expect(other.status).to.equal(409);
    expect(JSON.parse(other.text).code).to.equal('IDEMPOTENCY_CONFLICT');
  });

  it('makes a record of each file and lets detached signatures go with what they sign, in whatever order they come', async () => {
    const response = described(
      await service
        .as('officer')
        .post('/api/v1/records?together=false')
        .attach('file', pdfLike('x'), 'а.txt.p7s')
        .attach('file', pdfLike('y'), 'а.txt')
        .attach('file', pdfLike('z'), 'б.txt')
        .attach('file', pdfLike(''), 'празна.txt'),
    );
    expect(response.status).to.equal(202);
    const names = response.body.records.map((record: { files: { name: string }[] }) =>
      record.files.map(({ name }) => name),
    );
    expect(names).to.deep.equal([['а.txt', 'а.txt.p7s'], ['б.txt'], ['празна.txt']]);
    expect(response.body.records[2]).to.deep.include({ state: 'rejected' });
    expect(response.body.records[2].error.code).to.equal('EMPTY_FILE');
  });

  it('refuses with a code, a place and the status of the code', async () => {
    const problem = async (response: { status: number; text: string }) => ({
      status: response.status,
      ...JSON.parse(response.text),
    });
    const empty = described(await submit().attach('file', Buffer.alloc(0), 'празна.txt'));
    expect(await problem(empty)).to.include({ status: 422, code: 'EMPTY_FILE', type: '/api/problems/EMPTY_FILE' });
    expect(await problem(described(await submit()))).to.include({ status: 422, code: 'SUBMISSION_EMPTY' });
    const invalid = await submit({ fields: { datumNastanka: 'јуче' } }).attach('file', Buffer.from('a'), 'a.txt');
    expect(await problem(described(invalid))).to.include({ status: 422, code: 'METADATA_INVALID' });
    expect((await problem(invalid)).errors[0].pointer).to.equal('/datumNastanka');
    const unknown = await submit({ colour: 'red' }).attach('file', Buffer.from('a'), 'a.txt');
    expect((await problem(unknown)).errors[0].pointer).to.equal('/colour');
    const plain = await service.as('officer').post('/api/v1/records').send({ a: 1 });
    expect(await problem(described(plain))).to.include({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
    const broken = await service
      .as('officer')
      .post('/api/v1/records')
      .field('metadata', '{')
      .attach('file', Buffer.from('a'), 'a.txt');
    expect(await problem(described(broken))).to.include({ status: 400, code: 'REQUEST_MALFORMED' });
  });

  it('tells at once that a large upload is refused, though its bytes still come', async () => {
    const response = await submit({ profile: 'unheard-of' }).attach('file', Buffer.alloc(30 << 20, 'a'), 'велика.txt');
    expect(described(response).status).to.equal(422);
    expect(JSON.parse(response.text).code).to.equal('PROFILE_UNKNOWN');
  });

  it('keeps nothing of an upload that broke off', async () => {
    const staged = () => service.service.context.storage.listStaged();
    await eventually(async () => service.service.intakes.length() === 0);
    const before = await staged();
    const url = new URL(service.origin);
    const socket = connect(Number(url.port), url.hostname);
    socket.write(
      `POST /api/v1/records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.token('officer')}\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n' +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nпола',
    );
    await eventually(async () => (await staged()).length > before.length);
    socket.destroy();
    await eventually(async () => (await staged()).length === before.length);
  });

  it('finds what was written in one alphabet by words of the other, in pages', async () => {
    for (let index = 0; index < 3; index++) await stored({ title: `Решење о накнади ${index}` });
    const first = described(
      await service.as('auditor').get('/api/v1/records').query({ text: 'resenje naknadi', limit: 2 }),
    );
    expect(first.body.records.map(({ title }: { title: string }) => title)).to.deep.equal([
      'Решење о накнади 2',
      'Решење о накнади 1',
    ]);
    const second = described(
      await service
        .as('auditor')
        .get('/api/v1/records')
        .query({ text: 'resenje naknadi', limit: 2, cursor: first.body.next }),
    );
    expect(second.body.records).to.have.length(1);
    expect(second.body).to.not.have.property('next');
  });

  it('finds by field and state, and refuses a query that it does not understand', async () => {
    await stored({ category: 'II-3', fields: { brojPredmeta: '351-17/2026' } });
    const found = await service
      .as('auditor')
      .get('/api/v1/records')
      .query({ field: 'brojPredmeta:351', state: 'archived,awaiting' });
    expect(found.body.records).to.have.length(1);
    const none = await service
      .as('auditor')
      .get('/api/v1/records')
      .query({ field: 'brojPredmeta:351', state: 'rejected' });
    expect(none.body.records).to.have.length(0);
    for (const query of [
      { limit: '0' },
      { limit: 'many' },
      { colour: 'red' },
      { state: 'lost' },
      { from: 'yesterday' },
    ])
      expect(described(await service.as('auditor').get('/api/v1/records').query(query)).status).to.equal(400);
  });

  it('gives one record by id or number, and nothing when it is as known', async () => {
    const { record, number } = await stored();
    const byId = described(await service.as('auditor').get(`/api/v1/records/${record}`));
    const byNumber = described(await service.as('auditor').get(`/api/v1/records/${number}`));
    expect(byId.body).to.deep.equal(byNumber.body);
    const known = await service
      .as('auditor')
      .get(`/api/v1/records/${number}`)
      .set('If-None-Match', byId.headers.etag ?? '');
    expect(known.status).to.equal(304);
    expect(described(await service.as('auditor').get('/api/v1/records/2026-999999')).status).to.equal(404);
  });

  it('corrects only the version that was seen', async () => {
    const { record } = await stored({ title: 'Погрешан наслов' });
    const address = `/api/v1/records/${record}`;
    const { etag } = (await service.as('officer').get(address)).headers as { etag: string };
    const patch = (match?: string) => {
      const request = service.as('officer').patch(address).type('application/merge-patch+json');
      if (match) request.set('If-Match', match);
      return request.send(JSON.stringify({ title: 'Прави наслов', category: 'II-3', reason: 'грешка у куцању' }));
    };
    expect(described(await patch()).status).to.equal(428);
    expect(described(await patch('"9-archived"')).status).to.equal(412);
    const corrected = described(await patch(etag));
    expect(corrected.status, corrected.text).to.equal(200);
    expect(corrected.body).to.include({ title: 'Прави наслов', version: 2, state: 'archived', category: 'II-3' });
    expect(described(await patch(etag)).status).to.equal(412);
    const { body } = described(await service.as('officer').get(`${address}/versions`));
    expect(body.versions.map(({ version }: { version: number }) => version)).to.deep.equal([1, 2]);
    expect(body.versions[1].reason).to.equal('грешка у куцању');
  });

  it('adds files in a new version, and refuses them without a reason', async () => {
    const { record } = await stored({ category: 'II-3' });
    const address = `/api/v1/records/${record}`;
    const { etag } = (await service.as('officer').get(address)).headers as { etag: string };
    const add = () => service.as('officer').post(`${address}/files`).set('If-Match', etag);
    const unreasoned = await add().attach('file', Buffer.from('прилог'), 'прилог.txt');
    expect(described(unreasoned).status).to.equal(400);
    const added = described(
      await add().field('reason', 'стигао прилог').attach('file', Buffer.from('прилог'), 'прилог.txt'),
    );
    expect(added.status, added.text).to.equal(201);
    expect(added.body).to.include({ version: 2, state: 'archived' });
    expect(added.body.files.map(({ name }: { name: string }) => name)).to.deep.equal(['белешка.txt', 'прилог.txt']);
    const file = await service.as('officer').get(`${address}/files/2`).buffer(true).responseType('blob');
    expect((file.body as Buffer).toString()).to.equal('прилог');
    expect(described(await add().field('reason', 'опет').attach('file', Buffer.from('x'), 'x.txt')).status).to.equal(
      412,
    );
  });

  it('has nothing to decide about a record that is kept', async () => {
    const { record } = await stored();
    const decided = await service
      .as('officer')
      .post(`/api/v1/records/${record}/decisions`)
      .send({ decision: 'accept', reason: 'x' });
    expect(described(decided).status).to.equal(409);
    const nonsense = await service.as('officer').post(`/api/v1/records/${record}/decisions`).send({ decision: 'burn' });
    expect(described(nonsense).status).to.equal(400);
  });

  it('lets a person decide about a record that was rejected', async () => {
    const rejected = await submit({ profile: 'contract', title: 'Без потписа' })
      .attach('file', Buffer.from('није ПДФ'), 'уговор.pdf')
      .set('Prefer', 'wait=30');
    const [record] = rejected.body.records;
    expect(record.state).to.equal('rejected');
    const returned = described(
      await service
        .as('officer')
        .post(`/api/v1/records/${record.record}/decisions`)
        .send({ decision: 'return', reason: 'враћено на потпис' }),
    );
    expect(returned.status).to.equal(200);
    expect(returned.body.error).to.deep.equal({ code: 'RETURNED', message: 'враћено на потпис' });
    expect((await service.as('officer').get(`/api/v1/records/${record.record}/files/1`)).status).to.equal(404);
  });

  it('gives the receipt to programs as JSON and to people as text', async () => {
    const record = await stored({ title: 'Са потврдом' });
    const address = `/api/v1/records/${record.record}/receipt`;
    const asJson = described(await service.as('auditor').get(address));
    expect(asJson.body).to.include({ kind: 'archiving', number: record.receipt.number, head: record.receipt.head });
    const asText = described(await service.as('auditor').get(address).set('Accept', 'text/plain'));
    expect(asText.text).to.include(record.receipt.head).and.include(record.files[0].sha256);
  });

  it('tells what happened to a record and where its copies are', async () => {
    const { record } = await stored();
    const { body: events } = described(await service.as('auditor').get(`/api/v1/records/${record}/events`));
    expect(events.preservation.map(({ type }: { type: string }) => type)).to.include('ingestion');
    expect(events.journal.map(({ type }: { type: string }) => type)).to.deep.equal([
      'record.received',
      'record.archived',
    ]);
    const { body: copies } = described(await service.as('auditor').get(`/api/v1/records/${record}/copies`));
    expect(copies.copies.map(({ state }: { state: string }) => state)).to.deep.equal(['whole', 'whole']);
    expect(copies.independentCopies, 'two folders on one device').to.equal(1);
  });
});

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to that');
}
