import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sha256Hex } from '../../src/base/index.ts';
import { emptyFolder } from '../support/folders.ts';
import { signedXml } from '../support/signed-xml.ts';
import { toyPki } from '../support/toy-pki.ts';
import { qualifiedStatementsExtension, signedTrustedList } from '../support/trusted-list.ts';
import { described } from './described.ts';
import { type RunningService, runService } from './running-service.ts';

describe('qualification over HTTP', function () {
  this.timeout(60_000);
  let service: RunningService;
  let document: Buffer;
  let list: Uint8Array;

  before(async () => {
    const pki = await toyPki();
    const signer = await pki.signer({ extensions: [qualifiedStatementsExtension({ types: [1], device: true })] });
    document = Buffer.from(await signedXml({ pki, signer }));
    const folder = emptyFolder();
    list = await signedTrustedList({ services: [{ holder: pki.intermediate }] }, pki.root);
    writeFileSync(join(folder, 'rs.xml'), list);
    writeFileSync(join(folder, 'potpisnik.pem'), new X509Certificate(pki.root.signer.chain[0]).toString());
    service = await runService({
      TRAJNO_TRUSTED_LISTS: join(folder, 'rs.xml'),
      TRAJNO_TRUSTED_LIST_SIGNERS: join(folder, 'potpisnik.pem'),
    });
  });
  after(() => service.close());

  it('is told with the list that decided it, in the report and on the record', async () => {
    const judged = described(
      await service
        .as('auditor')
        .post('/api/v1/validations?at=2026-11-24T12:00:00Z')
        .attach('document', document, 'racun.xml'),
    );
    expect(judged.body.signatures[0]).to.deep.include({
      qualification: 'Indeterminate QESig',
      trustedList: { territory: 'RS', sequenceNumber: 7, sha256: sha256Hex(list) },
    });
    const kept = described(
      await service
        .as('officer')
        .post('/api/v1/records')
        .set('Prefer', 'wait=30')
        .field('metadata', JSON.stringify({ category: 'K-1' }))
        .attach('file', document, 'racun.xml'),
    );
    expect(kept.body.records[0].signatures[0].qualification, kept.text).to.equal('Indeterminate QESig');
  });

  it('is said in words on the pages', async () => {
    const signedIn = service.as('administrator');
    const page = await signedIn.post('/check').set('Accept-Language', 'sr-Cyrl').attach('file', document, 'racun.xml');
    expect(page.text)
      .to.include('Ако важи: квалификовани електронски потпис')
      .and.include('По листи поверења RS, број 7');
  });
});
