import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import supertest, { type Response } from 'supertest';
import { openValidations } from '../../src/archive/access/index.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('packages judged over HTTP', function () {
  this.timeout(60_000);
  let service: RunningService;
  let ours: Buffer;
  const received = (source: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) => {
    const chunks: Buffer[] = [];
    source.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    source.on('end', () => done(null, Buffer.concat(chunks)));
  };
  /** A file name with folders: form-data takes it, the types of superagent do not tell. */
  const asPath = (filepath: string) => ({ filepath }) as { filename?: string };
  const left = () => readdirSync(join(service.folder, 'data', 'validations'));

  before(async () => {
    service = await runService();
    const kept = await service
      .as('officer')
      .post('/api/v1/records')
      .attach('file', Buffer.from('садржај'), 'а.txt')
      .set('Prefer', 'wait=30');
    const [{ record }] = kept.body.records;
    ours = (
      await service
        .as('auditor')
        .get(`/api/v1/records/${record}/versions/1/package?form=zip`)
        .buffer(true)
        .parse(received as never)
    ).body;
  });
  after(() => service.close());

  const post = (query = '') => service.as('auditor').post(`/api/v1/package-validations${query}`);
  const idsOf = ({ body }: Response) => body.findings.map(({ id }: { id: string }) => id);

  it('finds our own package valid, by the version it declares, and keeps nothing', async () => {
    const response = described(await post().attach('file', ours, 'package.zip'));
    expect(response.status, response.text).to.equal(200);
    expect(response.body).to.include({ valid: true, specification: 'CSIP 2.2.0, AIP 2.2.0' });
    expect(response.body.checked).to.include('CSIP1');
    expect(left()).to.deep.equal([]);
  });

  it('judges by another version where one is asked for, in the query or in the form', async () => {
    expect((await post('?spec=2.1').attach('file', ours, 'p.zip')).body.specification).to.match(/^CSIP 2\.1\.0/);
    const inForm = await post().attach('file', ours, 'p.zip').field('spec', '2.0.4');
    expect(inForm.body.specification).to.match(/^CSIP 2\.0\.4/);
  });

  it('refuses a version that does not exist', async () => {
    expect((await post('?spec=9.9').attach('file', ours, 'p.zip')).status).to.equal(400);
    expect((await post().attach('file', ours, 'p.zip').field('spec', '9.9')).body.code).to.equal('REQUEST_MALFORMED');
    expect(left()).to.deep.equal([]);
  });

  it('judges the files of a folder, each sent with its path', async () => {
    const response = await post()
      .attach('file', Buffer.from('<mets xmlns="http://www.loc.gov/METS/"/>'), asPath('made-by-hand/METS.xml'))
      .attach('file', Buffer.from('x'), asPath('made-by-hand/representations/rep1/data/x.txt'));
    expect(response.body.valid).to.equal(false);
    expect(idsOf(response)).to.include.members(['CSIP1', 'CSIP58']);
    const [first] = response.body.findings;
    expect(first).to.have.keys(['id', 'level', 'requirement', 'message', 'place']);
  });

  it('says what is wrong with bytes that are no package at all', async () => {
    const response = await post().attach('file', Buffer.from('not a package'), 'x.zip');
    expect(response.status).to.equal(200);
    expect(response.body.valid).to.equal(false);
    expect(idsOf(response)).to.deep.equal(['CSIPSTR1']);
  });

  it('refuses names that lead out of the place where packages are judged', async () => {
    for (const filepath of ['../../out.txt', '/etc/passwd', 'a/../../b', 'a\\..\\..\\b', 'a\u0007b']) {
      const response = await post().attach('file', Buffer.from('x'), asPath(filepath));
      expect(response.body.code, filepath).to.equal('NAME_UNSAFE');
    }
    expect(left()).to.deep.equal([]);
  });

  it('refuses a form without a package, and two files of one name', async () => {
    expect((await post().field('spec', '2.2')).body.code).to.equal('SUBMISSION_EMPTY');
    const twice = await post().attach('file', ours, 'a.zip').attach('file', ours, 'A.zip');
    expect(twice.body.code).to.equal('NAME_CLASH');
  });

  it('is for those who are signed in', async () => {
    const response = await service.anyone.post('/api/v1/package-validations').attach('file', ours, 'a.zip');
    expect(response.status).to.equal(401);
  });

  it('stops judging a package that takes too long, and goes on with the next', async () => {
    const hasty = await openValidations(
      join(service.folder, 'hasty'),
      { trustFolder: service.folder, online: false },
      {
        milliseconds: 1,
        heapMegabytes: 256,
      },
    );
    const app = service.appWith({ validations: hasty });
    try {
      const response = await supertest(app)
        .post('/api/v1/package-validations')
        .set('Authorization', `Bearer ${service.token('auditor')}`)
        .attach('file', ours, 'a.zip');
      expect(response.status).to.equal(413);
      expect(response.body.code).to.equal('VALIDATION_TOO_COSTLY');
    } finally {
      await hasty.close();
    }
    expect((await post().attach('file', ours, 'a.zip')).body.valid).to.equal(true);
  });
});
