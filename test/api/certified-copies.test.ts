import { writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import supertest from 'supertest';
import { type CopyContext, revocationLists, verifyCopy } from '../../src/archive/access/index.ts';
import type { CatalogRecord } from '../../src/archive/data-management/index.ts';
import { bytesReader, readWhole, sha256Hex } from '../../src/base/index.ts';
import { openZipEntry, readZip } from '../../src/standards/formats/zip/index.ts';
import { keep } from '../support/archive.ts';
import { contract, issuingBy, lastingSigner } from '../support/certified-copy.ts';
import { emptyFolder } from '../support/folders.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('certified copies over HTTP', function () {
  this.timeout(60_000);
  let service: RunningService;
  let server: Server;
  let pki: ToyPki;
  let record: CatalogRecord;
  let bytes: Uint8Array;
  let copies: CopyContext;
  before(async () => {
    const trust = emptyFolder();
    pki = await toyPki({ at: new Date(Date.now() - 60_000) });
    writeFileSync(join(trust, 'root.pem'), pki.anchorPem);
    service = await runService({ TRAJNO_TRUST: trust });
    copies = issuingBy(service.service.copies, pki, await lastingSigner(pki, 'Печат'));
    server = service.appWith({ copies, revocationLists: revocationLists(copies) });
    bytes = await contract(pki);
    record = await keep(service.service as never, { 'Тајни назив.pdf': bytes });
  });
  after(() => service.close());

  const as = (role: 'officer' | 'auditor') => ({
    get: (path: string) =>
      supertest(server)
        .get(`/api/v1${path}`)
        .set('Authorization', `Bearer ${service.token(role)}`),
    post: (path: string) =>
      supertest(server)
        .post(`/api/v1${path}`)
        .set('Authorization', `Bearer ${service.token(role)}`),
  });
  const anyone = () => supertest(server);

  async function unpacked(zip: Uint8Array): Promise<Map<string, Uint8Array>> {
    const reader = bytesReader(zip);
    const files = new Map<string, Uint8Array>();
    for (const entry of await readZip(reader))
      files.set(entry.path, await readWhole(await openZipEntry(reader, entry), 1 << 28));
    return files;
  }

  async function issue(): Promise<{ number: string; code: string; files: Map<string, Uint8Array> }> {
    const wish = { purpose: 'спор', recipient: 'Мира Мирић', fee: '310 RSD', channel: 'counter' };
    const response = described(
      await as('officer').post(`/records/${record.number}/certified-copies`).send(wish).responseType('blob'),
    );
    expect(response.status).to.equal(201);
    const files = await unpacked(response.body);
    const number = response.headers['trajno-copy'] ?? '';
    const inside = await unpacked(files.get(`${number}.asice`) ?? new Uint8Array());
    const { code } = JSON.parse(Buffer.from(inside.get('copy.json') ?? '').toString());
    return { number, code, files };
  }

  it('issues a copy as one ZIP, and lists it in the register', async () => {
    const { number, files } = await issue();
    expect([...files.keys()]).to.deep.equal([
      ...[`${number}.asice`, `${number}-certificate.pdf`, `${number}-reading-original-1.pdf`],
    ]);
    const { body } = described(await as('auditor').get(`/records/${record.number}/certified-copies`));
    expect(body.copies[0]).to.include({ number, recipient: 'Мира Мирић', fee: '310,00 RSD', channel: 'counter' });
    const page = described(await as('auditor').get('/certified-copies?limit=1')).body;
    expect(page.copies).to.have.length(1);
  });

  it('issues one copy when the same wish comes again with its key', async () => {
    const ask = (wish: object) =>
      as('officer')
        .post(`/records/${record.number}/certified-copies`)
        .set('Idempotency-Key', 'k-1')
        .send(wish)
        .responseType('blob');
    const [first, second] = [await ask({ purpose: 'спор' }), await ask({ purpose: 'спор' })];
    expect(second.headers['trajno-copy']).to.equal(first.headers['trajno-copy']);
    expect(second.status).to.equal(201);
    expect((await ask({ purpose: 'друго' })).status).to.equal(409);
  });

  it('records delivery, and revokes with a reason', async () => {
    const { number, code } = await issue();
    const delivery = { channel: 'post', sentOn: '2026-11-25', effectiveOn: '2026-12-01', legalBasis: 'ЗУП 78' };
    expect(
      described(await as('officer').post(`/certified-copies/${number}/deliveries`).send(delivery)).status,
    ).to.equal(201);
    const { legalBasis: _, ...without } = delivery;
    expect((await as('officer').post(`/certified-copies/${number}/deliveries`).send(without)).status).to.equal(400);
    const revoked = described(
      await as('officer').post(`/certified-copies/${number}/revocation`).send({ reason: 'издата грешком' }),
    );
    expect(revoked.body.events.map(({ type }: { type: string }) => type)).to.deep.equal([
      ...['certified-copy.delivered', 'certified-copy.revoked'],
    ]);
    const { body } = await anyone().get(`/verify/${code}`).set('Accept', 'application/json');
    expect(body.copy).to.include({ number, standing: 'revoked' });
    const page = await anyone().get(`/verify/${code}`).set('Accept-Language', 'en');
    expect(page.text).to.contain('The copy was revoked').and.not.contain('издата грешком');
    const list = await anyone().get('/verify/revoked-copies.asics').responseType('blob');
    const told = JSON.parse(Buffer.from((await unpacked(list.body)).get('revoked-copies.json') ?? '').toString());
    expect(told.revoked.map(({ codeSha256 }: { codeSha256: string }) => codeSha256)).to.include(sha256Hex(code));
  });

  it('is found to stand, then to be revoked, by whoever asks the page that the copy itself names', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(copies, { publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const { number, files } = await issue();
    const path = join(emptyFolder(), `${number}.asice`);
    writeFileSync(path, files.get(`${number}.asice`) ?? '');
    const asked: string[] = [];
    const ask = async (url: string) => {
      asked.push(url);
      return new Uint8Array(await (await fetch(url)).arrayBuffer());
    };
    const standing = async () => {
      const found = await verifyCopy(path, { anchors: pki.anchors, validationTime: new Date() }, { ask });
      return found?.checks.find(({ id }) => id === 'revocation')?.outcome;
    };
    expect(await standing()).to.equal('PASSED');
    await as('officer').post(`/certified-copies/${number}/revocation`).send({ reason: 'грешка' });
    expect(await standing()).to.equal('FAILED');
    expect(asked[0]).to.match(/^http:\/\/127\.0\.0\.1:\d+\/verify\/.+\?format=json$/);
    await new Promise((resolve) => server.close(resolve));
  });

  it('tells anybody who has the code, in their language, and no more than the copy says', async () => {
    const { number, code } = await issue();
    for (const typed of [code, code.toLowerCase().replaceAll('-', ' '), code.replaceAll('0', 'O')]) {
      const { body, status } = await anyone()
        .get(`/verify/${encodeURIComponent(typed)}`)
        .set('Accept', 'application/json');
      expect(status).to.equal(200);
      expect(body).to.deep.include({ status: 'issued', code });
      expect(body.copy).to.include({ number, standing: 'stands', recordNumber: record.number });
      expect(JSON.stringify(body)).to.not.match(/Мирић|Тајни/);
    }
    for (const [language, said] of [
      ['sr', 'Копија је издата и важи'],
      ['sr-Latn', 'Kopija je izdata i važi'],
      ['en', 'The copy was issued and stands'],
    ] as const) {
      const page = await anyone().get(`/verify/${code}`).set('Accept-Language', language);
      expect(page.text)
        .to.contain(said)
        .and.not.match(/Мирић|Тајни/);
      expect(page.headers['content-security-policy']).to.contain("script-src 'self'");
      expect(page.text).to.not.match(/<script(?![^>]*\ssrc=)|\son[a-z]+=/);
    }
    expect((await anyone().get('/verify/AAAAA-AAAAA-AAAAA-AAAAA')).status).to.equal(404);
    expect((await anyone().get('/verify/TEST0-AAAAA-AAAAA-AAAAA').set('Accept-Language', 'en')).text).to.contain(
      'test copy',
    );
  });

  it('tells of a file by its digest, and why one does not fit', async () => {
    const [one, two] = [await issue(), await issue()];
    const certificate = (copy: typeof one) => copy.files.get(`${copy.number}-certificate.pdf`) ?? new Uint8Array();
    const ask = async (path: string) => (await anyone().get(path).set('Accept-Language', 'en')).text;
    expect(await ask(`/verify/file/${sha256Hex(bytes)}`))
      .to.contain('handed out')
      .and.contain(one.number);
    const changed = Buffer.from(bytes);
    changed[200] = (changed[200] ?? 0) ^ 1;
    expect(await ask(`/verify/file/${sha256Hex(changed)}`)).to.contain('No such file was issued here');
    expect(await ask(`/verify/${one.code}?sha256=${sha256Hex(certificate(one))}`)).to.contain(
      'belongs to this copy: certificate',
    );
    expect(await ask(`/verify/${one.code}?sha256=${sha256Hex(certificate(two))}`)).to.contain(
      `another one: ${two.number}`,
    );
    expect(await ask(`/verify/${one.code}?sha256=${sha256Hex(changed)}`)).to.contain('none of the files of this copy');
  });

  it('hands out the current evidence to anybody with the code', async () => {
    const { code } = await issue();
    const response = await anyone().get(`/verify/${code}/evidence`).responseType('blob');
    const files = await unpacked(response.body);
    expect([...files.keys()]).to.include.members(['original-1.pdf.ers', 'ASiCManifest001.xml', 'signature001.p7s']);
    expect((await anyone().get('/verify/AAAAA-AAAAA-AAAAA-AAAAA/evidence')).status).to.equal(404);
  });

  it('bounds how often one address may ask', async () => {
    const slow = service.appWith({});
    const statuses: number[] = [];
    for (let index = 0; index < 65; index += 1)
      statuses.push(
        (await supertest(slow).get('/verify/AAAAA-AAAAA-AAAAA-AAAAA').set('Accept', 'application/json')).status,
      );
    expect(statuses.slice(0, 59)).to.not.include(429);
    expect(statuses.at(-1)).to.equal(429);
  });
});
