import { expect } from 'chai';
import { findJob } from '../../src/archive/data-management/index.ts';
import { municipality } from '../support/records-office.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

const api = '/api/v1';

describe('hand-over over HTTP', function () {
  this.timeout(60_000);
  let service: RunningService;
  let number: string;
  const post = async (
    address: string,
    body: object,
    role: 'officer' | 'second-checker' | 'authorised-person' = 'officer',
  ) => described(await service.as(role).post(`${api}${address}`).send(body));
  const get = async (address: string) => described(await service.as('supervisor').get(`${api}${address}`));
  const done = async (id: string) => {
    for (;;) {
      const { context } = service.service;
      const job = await findJob(context.catalog, context.institution.id, id);
      if (job?.state === 'done') return job.outcome;
      if (job?.state === 'failed') throw new Error(JSON.stringify(job));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  it('goes from the candidates to the package, the minutes and the receipt', async () => {
    const creator = (await post('/creators', municipality)).body.id;
    const table = Buffer.from('Ознака;Назив;Рок чувања\nI-1;Статут;трајно\n').toString('base64');
    const list = { creator, adoptedOn: '2026-01-15', consent: { number: '1', date: '2026-01-20' } };
    await post('/category-lists', { ...list, table: { form: 'csv', base64: table } });
    const metadata = { title: 'Статут', category: 'I-1', fields: { datumNastanka: '1990-03-01' } };
    const kept = await service
      .as('officer')
      .post(`${api}/records`)
      .set('Prefer', 'wait=30')
      .field('metadata', JSON.stringify(metadata))
      .attach('file', Buffer.from('статут'), 'statut.txt');
    expect(kept.status).to.equal(201);
    expect((await get('/handovers/candidates')).body.candidates[0].dueFrom).to.equal('2021-01-01');
    expect((await post('/handovers', { creator })).status, 'not in the book yet').to.equal(409);
    await post(`/creators/${creator}/archive-book/entries`, {});
    const proposed = await post('/handovers', { creator });
    expect([proposed.status, proposed.body.kind]).to.deep.equal([201, 'hand-over']);
    number = proposed.body.number;
    const review = { members: ['А. А.', 'Б. Б.'], minutes: { number: '7', date: '2026-02-01' }, agreed: true };
    expect((await post(`/handovers/${number}/review`, review, 'second-checker')).status).to.equal(400);
    const said = { ...review, place: 'Пример', opinion: 'без ограничења' };
    expect((await post(`/handovers/${number}/review`, said, 'second-checker')).body.state).to.equal('reviewed');
    const making = await post(`/handovers/${number}/package`, {});
    expect(making.status).to.equal(202);
    await done(making.body.id);
    const zip = described(await service.as('supervisor').get(`${api}/handovers/${number}/package`).buffer(true));
    expect([zip.status, zip.headers['content-type']]).to.deep.equal([200, 'application/zip']);
    const letter = { letter: '8', date: '2026-02-02', channel: 'eArhiv' };
    expect((await post(`/handovers/${number}/letter`, letter)).body.state).to.equal('sent');
    expect((await service.as('supervisor').get(`${api}/handovers/${number}/documents/minutes.pdf`)).status).to.equal(
      200,
    );
    const receipt = { number: 'IA-1', date: '2026-02-03', approved: true };
    expect((await post(`/handovers/${number}/receipt`, receipt, 'second-checker')).status).to.equal(400);
    const document = { name: 'potvrda.pdf', base64: Buffer.from('%PDF').toString('base64') };
    const confirmed = await post(`/handovers/${number}/receipt`, { ...receipt, document }, 'second-checker');
    expect(confirmed.body.state).to.equal('approved');
    const removing = await post(`/handovers/${number}/execution`, { method: 'уклањање' }, 'authorised-person');
    expect(await done(removing.body.id)).to.include({ state: 'completed', destroyed: 1 });
    expect((await get('/disposals')).body.disposals).to.deep.equal([]);
    expect((await get('/handovers')).body.disposals).to.have.length(1);
    expect((await get(`/disposals/${number}`)).status).to.equal(404);
  });
});
