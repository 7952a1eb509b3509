import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sha256Hex } from '../../src/base/index.ts';
import { openUploads } from '../../src/service/http/index.ts';
import { emptyFolder } from '../support/folders.ts';
import { type RunningService, runService } from './running-service.ts';

const tus = { 'Tus-Resumable': '1.0.0' };

describe('an upload that goes on after a broken connection (tus)', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  type Role = Parameters<RunningService['as']>[0];
  const begin = (size: number, role: Role = 'officer') =>
    service
      .as(role)
      .post('/api/v1/uploads')
      .set({ ...tus, 'Upload-Length': String(size) });
  const send = (place: string, offset: number, bytes: Buffer, role: Role = 'officer') =>
    service
      .as(role)
      .patch(place)
      .set({ ...tus, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' })
      .send(bytes);
  const finish = (uploads: unknown, fields: Record<string, string> = {}) => {
    const request = service.as('officer').post('/upload/finished').field('uploads', JSON.stringify(uploads));
    for (const [name, value] of Object.entries(fields)) request.field(name, value);
    return request;
  };
  const idOf = (place: string) => place.split('/').at(-1) ?? '';

  it('becomes a record with its bytes as they were, and then lies nowhere else', async () => {
    const content = Buffer.from('први део и други део');
    const created = await begin(content.length);
    expect(created.status).to.equal(201);
    const place = String(created.headers.location);
    expect((await send(place, 0, content.subarray(0, 10))).headers['upload-offset']).to.equal('10');
    expect((await finish([{ id: idOf(place), path: 'a.txt' }])).status).to.equal(400);
    const head = await service.as('officer').head(place).set(tus);
    expect(head.headers['upload-offset']).to.equal('10');
    expect((await send(place, 4, content.subarray(4))).status).to.equal(409);
    expect((await send(place, 10, content.subarray(10))).status).to.equal(204);
    const received = await finish([{ id: idOf(place), path: 'фасцикла/допис.txt' }], { profile: 'general' });
    expect(received.status, received.text).to.equal(303);
    const [, number] = /(\d{4}-\d{6})/.exec(received.headers.location ?? '') ?? [];
    await service.service.intakes.stop();
    const record = (await service.as('officer').get(`/api/v1/records/${number}`)).body;
    expect(record.files[0]).to.include({ sha256: sha256Hex(content) });
    expect(record.files[0].name).to.contain('допис.txt');
    expect(readdirSync(join(service.folder, 'data', 'uploads'))).to.deep.equal([]);
  });

  it('finds nothing lapsed in a folder that is not there yet', async () => {
    await openUploads(join(emptyFolder(), 'not', 'there'), async () => undefined).removeLapsed();
  });

  it('is of whoever began it alone', async () => {
    const place = String((await begin(5)).headers.location);
    for (const role of ['administrator'] as const) {
      expect((await service.as(role).head(place).set(tus)).status).to.equal(404);
      expect((await send(place, 0, Buffer.from('12345'), role)).status).to.equal(404);
      expect((await service.as(role).delete(place).set(tus)).status).to.equal(404);
    }
    expect((await begin(5, 'auditor')).status).to.equal(403);
    expect((await service.anyone.post('/api/v1/uploads').set({ ...tus, 'Upload-Length': '5' })).status).to.equal(401);
    expect((await finish([{ id: `${'0'.repeat(24)}-${'0'.repeat(32)}`, path: 'a' }])).status).to.equal(400);
    expect((await service.as('officer').delete(place).set(tus)).status).to.equal(204);
    expect((await service.as('officer').head(place).set(tus)).status).to.be.oneOf([404, 410]);
  });

  it('is read by nobody, and no path leads out of its folder', async () => {
    const place = String((await begin(3)).headers.location);
    expect((await service.as('officer').get(place)).status).to.equal(404);
    for (const path of ['..%2f..%2fconfig.json', '../config.json', 'a'.repeat(200), `${idOf(place)}.json`])
      expect((await service.as('officer').head(`/api/v1/uploads/${path}`).set(tus)).status, path).to.equal(404);
    for (const wrong of [[{ id: '../x', path: 'a' }], [{ id: 5 }], {}, 'x', []])
      expect((await finish(wrong)).status).to.be.oneOf([400, 422]);
  });

  it('is refused when more is sent than was said, or nothing was said', async () => {
    const place = String((await begin(3)).headers.location);
    expect((await send(place, 0, Buffer.from('12345'))).status).to.be.within(400, 499);
    expect(
      (
        await service
          .as('officer')
          .post('/api/v1/uploads')
          .set({ ...tus, 'Upload-Defer-Length': '1' })
      ).status,
    ).to.equal(400);
    const tooLarge = await begin(Number.MAX_SAFE_INTEGER);
    expect(tooLarge.status).to.equal(507);
    expect(tooLarge.headers['access-control-allow-origin']).to.equal(undefined);
  });
});
