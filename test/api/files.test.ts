import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import supertest, { type Response } from 'supertest';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('files and packages over HTTP', function () {
  this.timeout(60_000);
  const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 251));
  const strange = 'извод "2026"\u202e;\r\nX-Evil: 1.html';
  let service: RunningService;
  let record: { record: string; number: string };
  before(async () => {
    service = await runService();
    const response = await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', content, 'подаци.bin')
      .attach(
        'file',
        Buffer.from('<!DOCTYPE html><html><head><title>a</title></head><body><script>alert(1)</script></body></html>'),
        'страна.html',
      )
      .attach('file', Buffer.from('Обичан текст.'), 'белешка.txt')
      .set('Prefer', 'wait=30');
    expect(response.status, response.text).to.equal(201);
    [record] = response.body.records;
  });
  after(() => service.close());

  const bytes = (response: Response) => response.body as Buffer;
  const get = (path: string, headers: Record<string, string> = {}) =>
    service
      .as('auditor')
      .get(`/api/v1/records/${record.record}/${path}`)
      .set(headers)
      .buffer(true)
      .parse((source, done) => {
        const chunks: Buffer[] = [];
        source.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
        source.on('end', () => done(null, Buffer.concat(chunks)));
      });

  it('gives an original byte for byte, with the name it came with', async () => {
    const response = described(await get('files/1'));
    expect(bytes(response).equals(content)).to.equal(true);
    expect(response.headers['content-disposition']).to.include(`filename*=UTF-8''${encodeURIComponent('подаци.bin')}`);
    const digest = createHash('sha256').update(content).digest('base64');
    expect(response.headers['repr-digest']).to.equal(`sha-256=:${digest}:`);
  });

  for (const [header, from, to] of [
    ['bytes=0-0', 0, 1],
    ['bytes=10-19', 10, 20],
    ['bytes=99990-', 99_990, 100_000],
    ['bytes=-10', 99_990, 100_000],
    ['bytes=99990-200000', 99_990, 100_000],
  ] as const)
    it(`gives the range ${header}`, async () => {
      const response = described(await get('files/1', { Range: header }));
      expect(response.status).to.equal(206);
      expect(response.headers['content-range']).to.equal(`bytes ${from}-${to - 1}/100000`);
      expect(bytes(response).equals(content.subarray(from, to))).to.equal(true);
    });

  it('refuses a range behind the end and says how long the file is', async () => {
    const response = await get('files/1', { Range: 'bytes=100000-' });
    expect(response.status).to.equal(416);
    expect(response.headers['content-range']).to.equal('bytes */100000');
  });

  it('gives the whole file for several ranges, and when the file is not the one that was meant', async () => {
    expect((await get('files/1', { Range: 'bytes=0-1,5-6' })).status).to.equal(200);
    expect((await get('files/1', { Range: 'bytes=0-1', 'If-Range': '"other"' })).status).to.equal(200);
    const { etag } = (await get('files/1')).headers as { etag: string };
    expect((await get('files/1', { Range: 'bytes=0-1', 'If-Range': etag })).status).to.equal(206);
    expect((await get('files/1', { 'If-None-Match': etag })).status).to.equal(304);
  });

  it('tells size and range support to HEAD, without content', async () => {
    const response = await service.as('auditor').head(`/api/v1/records/${record.record}/files/1`);
    expect(response.status).to.equal(200);
    expect(response.headers).to.include({ 'content-length': '100000', 'accept-ranges': 'bytes' });
  });

  it('never lets a browser run what a stranger sent', async () => {
    const page = await get('files/2?display=inline');
    expect(page.headers['content-disposition']).to.match(/^attachment/);
    expect(page.headers['content-type']).to.equal('application/octet-stream');
    const text = await get('files/3?display=inline');
    expect(text.headers['content-disposition']).to.match(/^inline/);
    for (const { headers } of [page, text]) {
      expect(headers['x-content-type-options']).to.equal('nosniff');
      expect(headers['content-security-policy']).to.include('sandbox').and.include("default-src 'none'");
    }
  });

  it('knows nothing of files that are not there', async () => {
    for (const path of ['files/4', 'files/0', 'files/-1', 'files/1e3', 'files/..%2f..%2fMETS.xml'])
      expect((await get(path)).status, path).to.equal(404);
  });

  it('gives a package of the same bytes each time, as ZIP and as TAR', async () => {
    const [zip, again] = [described(await get('versions/1/package')), await get('versions/1/package?form=zip')];
    expect(zip.type).to.equal('application/zip');
    expect(bytes(zip).subarray(0, 2).toString()).to.equal('PK');
    expect(bytes(zip).equals(bytes(again))).to.equal(true);
    const tar = described(await get('versions/1/package?form=tar'));
    expect(bytes(tar).subarray(257, 262).toString()).to.equal('ustar');
    expect((await get('versions/2/package')).status).to.equal(404);
    expect((await get('versions/1/package?form=rar')).status).to.equal(400);
  });

  it('breaks the connection off when a file fails in the middle, so that half of it never looks whole', async () => {
    const { context } = service.service;
    const failing = async function* () {
      yield Buffer.alloc(1000);
      throw new Error('the disk went away');
    };
    const storage = {
      ...context.storage,
      openState: async () => ({
        size: 5000,
        read: async () => Buffer.alloc(0),
        stream: () => Readable.from(failing()),
      }),
    };
    const app = service.appWith({ context: { ...context, storage } });
    const outcome = await supertest(app)
      .get(`/api/v1/records/${record.record}/files/1`)
      .set('Authorization', `Bearer ${service.token('auditor')}`)
      .then(
        () => 'whole',
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      );
    expect(outcome).to.be.oneOf(['ECONNRESET', 'aborted']);
    expect(service.log.some((line) => line.includes('request failed'))).to.equal(true);
  });

  it('refuses a name that would break out of a header', async () => {
    const response = await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', Buffer.from('a'), { filename: strange });
    expect(response.status).to.be.oneOf([400, 422]);
  });
});
