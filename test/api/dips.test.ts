import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Response } from 'supertest';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('dissemination packages (DIP)', function () {
  this.timeout(120_000);
  let service: RunningService;
  const records: string[] = [];
  before(async () => {
    service = await runService();
    for (const [name, text] of [
      ['odluka.txt', 'Одлука са личним подацима'],
      ['resenje.txt', 'Решење'],
    ] as const) {
      const response = await service
        .as('officer')
        .post('/api/v1/records')
        .attach('file', Buffer.from(text), name)
        .attach('file', Buffer.from('прилог'), 'prilog.txt')
        .set('Prefer', 'wait=30');
      records.push(response.body.records[0].record);
    }
  });
  after(() => service.close());

  const order = (body: object) => service.as('officer').post('/api/v1/dips').send(body);
  const fetched = async (address: string, headers: Record<string, string> = {}) =>
    service
      .as('officer')
      .get(address)
      .set(headers)
      .buffer(true)
      .parse((source, done) => {
        const chunks: Buffer[] = [];
        source.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
        source.on('end', () => done(null, Buffer.concat(chunks)));
      });
  const bytes = (response: Response) => response.body as Buffer;
  const unpacked = (zip: Buffer) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'dip.zip'), zip);
    execFileSync('unzip', ['-q', 'dip.zip'], { cwd: folder });
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  };
  const judged = async (folder: string) => JSON.parse((await trajno(['package', 'validate', folder, '--json'])).out);

  it('has redacted files in the place of originals, and then nothing that tells what they hide', async () => {
    const send = (fields: Record<string, string>, file?: [string, string]) => {
      const request = service.as('officer').post(`/api/v1/records/${records[0]}/redacted-dips`);
      for (const [name, value] of Object.entries(fields)) request.field(name, value);
      return file ? request.attach(file[0], Buffer.from('Одлука са ████'), file[1]) : request;
    };
    expect((await send({ reason: 'ЗСПИЈЗ' })).body.code).to.equal('SUBMISSION_EMPTY');
    expect((await send({}, ['file-1', 'a.txt'])).body.code).to.equal('REQUEST_MALFORMED');
    expect((await send({ reason: 'x' }, ['one', 'a.txt'])).body.code).to.equal('REQUEST_MALFORMED');
    expect((await send({ reason: 'x' }, ['file-9', 'a.txt'])).body.code).to.equal('FILE_UNKNOWN');
    const ordered = described(await send({ reason: 'ЗСПИЈЗ' }, ['file-1', 'anonimna.txt']));
    expect(ordered.status).to.equal(201);
    const [dip = ''] = unpacked(bytes(await fetched(ordered.body.package)));
    const files = readdirSync(dip, { recursive: true, encoding: 'utf8' });
    expect(files).to.include.members([
      'representations/redacted/data/anonimna.txt',
      'representations/original/data/prilog.txt',
    ]);
    expect(files.filter((path) => /record\.json|history|premis-aip|odluka/.test(path))).to.deep.equal([]);
    expect((await judged(dip)).valid).to.equal(true);
    expect(
      (await service.as('officer').get(`/records/${records[0]}/dip`).set('Accept-Language', 'sr')).text,
    ).to.contain('Уместо „odluka.txt“');
  });

  it('of several records are valid E-ARK DIPs in one ZIP, and a broken download goes on where it ended', async () => {
    const ordered = described(await order({ records }));
    expect(ordered.status).to.equal(201);
    const whole = await fetched(ordered.body.package);
    expect(whole.headers['content-length']).to.equal(String(bytes(whole).length));
    const tag = String(whole.headers.etag);
    const half = Math.floor(bytes(whole).length / 2);
    const rest = described(await fetched(ordered.body.package, { Range: `bytes=${half}-`, 'If-Range': tag }));
    expect(rest.status).to.equal(206);
    expect(bytes(rest).equals(bytes(whole).subarray(half))).to.equal(true);
    const folders = unpacked(bytes(whole));
    expect(folders.length).to.equal(2);
    for (const folder of folders) {
      const { valid, specification, findings } = await judged(folder);
      expect(findings.filter(({ level }: { level: string }) => level === 'MUST')).to.deep.equal([]);
      expect([valid, specification]).to.deep.equal([true, 'CSIP 2.2.0, DIP 2.2.0']);
      const verified = await trajno(['verify', folder, '--json']);
      expect(
        JSON.parse(verified.out).checks.filter(({ outcome }: { outcome: string }) => outcome === 'FAILED'),
      ).to.deep.equal([]);
    }
  });

  it('hold the files that were asked for, and no other', async () => {
    const { body } = await order({ records: records.slice(0, 1), files: [2] });
    const [folder = ''] = unpacked(bytes(await fetched(body.package)));
    expect(readdirSync(join(folder, 'representations/original/data'))).to.deep.equal(['prilog.txt']);
    expect((await judged(folder)).valid).to.equal(true);
  });

  it('are refused where there is no such file or record, and are nobody else’s', async () => {
    expect(described(await order({ records: records.slice(0, 1), files: [9] })).status).to.equal(404);
    expect((await order({ records: ['2026-999999'] })).status).to.equal(404);
    expect((await order({ records, files: [1] })).status).to.equal(400);
    expect((await order({ records: [] })).status).to.be.within(400, 422);
    const { body } = await order({ records: records.slice(0, 1) });
    expect((await service.anyone.get(body.package)).status).to.equal(401);
    const other = body.package.replace(/.(?=\/package$)/, (digit: string) => (digit === '0' ? '1' : '0'));
    expect(described(await service.as('officer').get(other)).status).to.equal(404);
    expect((await fetched('/api/v1/dips/..%2f..%2fcatalog/package')).status).to.equal(404);
  });

  it('are told of in the record’s journal', async () => {
    const { body } = await service.as('auditor').get(`/api/v1/journal?subject=${records[0]}&type=record.disseminated`);
    expect(body.entries[0].detail).to.include({ version: 1, files: 2, redacted: 0 });
  });
});
