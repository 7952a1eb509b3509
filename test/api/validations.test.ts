import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sampleContent, signedCms } from '../support/signed-cms.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('signatures validated over HTTP', function () {
  this.timeout(60_000);
  let service: RunningService;
  let pki: ToyPki;

  before(async () => {
    service = await runService();
    pki = await toyPki();
    const trust = join(service.folder, 'data', 'trust');
    mkdirSync(trust, { recursive: true });
    writeFileSync(join(trust, 'root.pem'), pki.anchorPem);
  });
  after(() => service.close());

  const post = () => service.as('auditor').post('/api/v1/validations?at=2026-11-24T12:00:00Z');
  const left = () => readdirSync(join(service.folder, 'data', 'validations'));

  it('gives the verdict of each signature with the configured trust, and keeps nothing', async () => {
    const response = described(await post().attach('document', Buffer.from(await signedPdf({ pki })), 'уговор.pdf'));
    expect(response.status, response.text).to.equal(200);
    expect(response.body).to.include({ file: 'уговор.pdf', container: 'PDF', validationTime: '2026-11-24T12:00:00Z' });
    expect(response.body.signatures).to.have.length(1);
    // the path leads to the anchor; that nobody was asked about revocation is what is open
    expect(response.body.signatures[0]).to.include({
      indication: 'INDETERMINATE',
      reasonCode: 'REVOCATION_UNKNOWN',
      intact: true,
    });
    expect(left()).to.deep.equal([]);
  });

  it('names a changed document, with status 200: the question was answered', async () => {
    const changed = Buffer.from(await signedPdf({ pki, fault: 'changed-content' }));
    const response = await post().attach('document', changed, 'a.pdf');
    expect(response.status).to.equal(200);
    expect(response.body.signatures[0]).to.include({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
  });

  it('takes what a detached signature is over beside it, whichever comes first', async () => {
    const signature = Buffer.from(await signedCms({ pki, packaging: 'detached' }));
    const content = Buffer.from(sampleContent);
    const without = await post().attach('document', signature, 'a.txt.p7s');
    expect(without.body.signatures[0].reasonCode).to.equal('CONTENT_NOT_GIVEN');
    const behind = await post().attach('document', signature, 'a.txt.p7s').attach('content', content, 'a.txt');
    expect(behind.body.signatures[0].valid).to.equal(true);
    const before = await post().attach('content', content, 'a.txt').attach('document', signature, 'a.txt.p7s');
    expect(before.body).to.deep.equal(behind.body);
  });

  it('gives the report of ETSI TS 119 102-2 to those who accept XML', async () => {
    const response = described(
      await post()
        .set('Accept', 'application/xml')
        .attach('document', Buffer.from(await signedPdf({ pki })), 'a.pdf')
        .buffer(true)
        .parse((source, done) => {
          let text = '';
          source.on('data', (chunk) => {
            text += chunk;
          });
          source.on('end', () => done(null, text));
        }),
    );
    expect(response.type).to.equal('application/xml');
    expect(response.body).to.include('urn:etsi:019102:mainindication:indeterminate').and.include('CERTIFICATE');
  });

  it('says of a file without signatures that it has none', async () => {
    const { body } = await post().attach('document', Buffer.from('text'), 'a.txt');
    expect(body).to.deep.include({ container: 'none', signatures: [] });
  });

  it('refuses nothing at all, a time that is none, and strangers', async () => {
    expect((await post().field('x', 'y')).body.code).to.equal('SUBMISSION_EMPTY');
    const badTime = service.as('auditor').post('/api/v1/validations?at=yesterday');
    expect((await badTime.attach('document', Buffer.from('a'), 'a')).status).to.equal(400);
    const stranger = service.anyone.post('/api/v1/validations');
    expect((await stranger.attach('document', Buffer.from('a'), 'a')).status).to.equal(401);
  });
});
