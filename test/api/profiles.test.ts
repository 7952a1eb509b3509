import { expect } from 'chai';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

const name = (text: string) => ({ 'sr-Cyrl': text, en: text });
const permit = {
  id: 'permit',
  title: name('Дозвола'),
  fields: [{ name: 'title' }, { name: 'pib', title: name('ПИБ'), kind: 'text', check: 'pib', required: true }],
  formats: ['text/plain'],
  maxFileSize: 1000,
  onFailedSignature: 'archive',
  confirmation: 'none',
};

describe('profiles over HTTP', () => {
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());
  const post = (path: string, body: object) => service.as('administrator').post(`/api/v1/profiles${path}`).send(body);
  const submit = (metadata: object) =>
    service
      .as('officer')
      .post('/api/v1/records')
      .field('metadata', JSON.stringify(metadata))
      .attach('file', Buffer.from('текст'), 'a.txt')
      .set('Prefer', 'wait=30');

  it('are defined, read with their JSON Schema, and asked for at once', async () => {
    const { status, body } = described(await post('', permit));
    expect(status).to.equal(201);
    expect(body).to.include({ id: 'permit', version: '1', origin: 'own', publishedBy: 'administrator' });
    expect(body.title['sr-Latn']).to.equal('Dozvola');
    const { body: read } = described(await service.as('officer').get('/api/v1/profiles/permit'));
    expect(read.metadataSchema.properties.pib).to.include({ checkDigits: 'pib', type: 'string' });
    const wrong = described(await submit({ profile: 'permit', category: 'K', fields: { pib: '106006801' } }));
    expect(wrong.status).to.equal(422);
    expect(wrong.body.errors).to.deep.equal([{ pointer: '/pib', detail: 'has a wrong check digit' }]);
    const kept = described(await submit({ profile: 'permit', category: 'K', fields: { pib: '100002803' } }));
    expect(kept.body.records[0]).to.include({ state: 'archived' });
  });

  it('are versioned, and nobody overwrites what they did not see', async () => {
    const { id: _id, ...next } = { ...permit, title: name('Друга') };
    expect(described(await post('', permit)).status).to.equal(409);
    expect(described(await post('/permit/versions', { ...next, basedOn: '7' })).status).to.equal(409);
    expect(described(await post('/permit/versions', { ...next, basedOn: '1' })).body.version).to.equal('2');
    const { body } = described(await service.as('auditor').get('/api/v1/profiles/permit/versions'));
    expect(body.profiles.map(({ version }: { version: string }) => version)).to.have.members(['1', '2']);
    expect(described(await post('/nothing/versions', next)).status).to.equal(422);
    expect(described(await service.as('auditor').get('/api/v1/profiles/nothing')).status).to.equal(404);
  });

  it('are refused with a place for what is wrong', async () => {
    const fields = [{ name: 'x', title: name('х'), kind: 'text', pattern: '(a+)+' }];
    const { status, body } = described(await post('', { ...permit, id: 'other', fields }));
    expect(status).to.equal(422);
    expect(body.errors[0].pointer).to.equal('/fields/0/pattern');
    expect(described(await post('', { ...permit, id: 'Other' })).status).to.equal(400);
  });

  it('are withdrawn', async () => {
    expect(described(await post('/permit/withdrawal', { reason: 'није потребан' })).status).to.equal(204);
    expect(described(await service.as('officer').get('/api/v1/profiles/permit')).status).to.equal(404);
    const refused = described(await submit({ profile: 'permit', fields: { pib: '100002803' } }));
    expect(refused.body.code).to.equal('PROFILE_UNKNOWN');
  });

  it('wait for an authorised person where they ask for one', async () => {
    await post('', { ...permit, id: 'approved', approval: true });
    const sent = described(await submit({ profile: 'approved', category: 'K', fields: { pib: '103920327' } }));
    const { number, state } = sent.body.records[0];
    expect(state).to.equal('quarantined');
    const accept = (role: 'officer' | 'second-checker' | 'authorised-person') =>
      service.as(role).post(`/api/v1/records/${number}/decisions`).send({ decision: 'accept', reason: 'уредно' });
    expect(described(await accept('second-checker')).status).to.equal(403);
    expect(described(await accept('officer')).status).to.equal(403);
    expect(described(await accept('authorised-person')).body.state).to.equal('archived');
  });
});
