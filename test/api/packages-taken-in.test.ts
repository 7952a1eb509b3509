import { expect } from 'chai';
import { bagFiles, below } from '../support/bag.ts';
import { zipArchive } from '../support/zip-archive.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

const info = ['External-Description: Записници одбора', 'External-Identifier: OP-7/2024'];

describe('a producer’s package over HTTP', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  const submit = async (zip: Buffer, query = '') => {
    const request = service.as('officer').post(`/api/v1/records${query}`).set('Prefer', 'wait=30');
    return described(await request.field('metadata', '{"category":"K-1"}').attach('file', zip, 'torba.zip'));
  };

  it('becomes a record, whose ingest report tells what was found, kept and ignored', async () => {
    const files = { ...below('торба', bagFiles({ info })), 'торба/Thumbs.db': 'x' };
    const response = await submit(zipArchive(files));
    expect(response.status, response.text).to.equal(201);
    const [record] = response.body.records;
    expect(record).to.include({ state: 'archived', title: 'Записници одбора' });
    expect(record.files.map(({ name }: { name: string }) => name)).to.have.length(3);
    const report = described(await service.as('auditor').get(`/api/v1/records/${record.number}/ingest-report`));
    expect(report.status).to.equal(200);
    expect(report.body.kept).to.deep.equal({ originals: 3, submission: 4, ignored: 1 });
    expect(report.body.files).to.deep.include({
      path: 'торба/Thumbs.db',
      size: 1,
      kept: 'ignored',
      reason: 'SYSTEM_FILE',
    });
    const sizes = record.files.map(async ({ number, size }: { number: number; size: number }) => {
      const file = await service.as('officer').get(`/api/v1/records/${record.number}/files/${number}`).buffer(true);
      expect(file.status).to.equal(200);
      expect(Number(file.headers['content-length'])).to.equal(size); // one of them is empty
    });
    await Promise.all(sizes);
  });

  it('is one record beside others when each file is', async () => {
    const zip = zipArchive(below('b', bagFiles({ payload: { 'b.txt': 'b' } })));
    const response = await service
      .as('officer')
      .post('/api/v1/records?together=false')
      .set('Prefer', 'wait=30')
      .attach('file', zip, 'b.zip')
      .attach('file', Buffer.from('loose'), 'loose.txt');
    const names = response.body.records.map(({ files }: { files: { name: string }[] }) =>
      files.map(({ name }) => name),
    );
    expect(names).to.have.deep.members([['b.txt'], ['loose.txt']]);
    const loose = response.body.records.find(({ title }: { title: string }) => title === 'loose.txt');
    const none = described(await service.as('officer').get(`/api/v1/records/${loose.number}/ingest-report`));
    expect(none.body).to.include({ status: 404, code: 'FILE_UNKNOWN' });
  });

  it('is refused with its faults when it is not valid, and judged the same by itself', async () => {
    const files = bagFiles();
    files.set('data/одлука.txt', Buffer.from('друга'));
    const zip = zipArchive(below('t', files));
    const { body, status } = await submit(zip);
    expect(status).to.equal(202);
    expect(body.records[0]).to.include({ state: 'rejected' });
    expect(body.records[0].error.code).to.equal('PACKAGE_INVALID');
    expect(body.records[0].error.message).to.match(/BAGIT-3-VALID, data\/одлука\.txt/);
    const judged = described(
      await service.as('officer').post('/api/v1/package-validations').attach('file', zip, 'torba.zip'),
    );
    expect(judged.body).to.include({ valid: false, specification: 'BagIt 1.0' });
  });
});
