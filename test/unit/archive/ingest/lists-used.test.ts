import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readWhole } from '../../../../src/base/index.ts';
import { aipPaths, parseSealedRecord } from '../../../../src/standards/packages/index.ts';
import { keep, testArchive } from '../../../support/archive.ts';
import { emptyFolder } from '../../../support/folders.ts';
import { signedXml } from '../../../support/signed-xml.ts';
import { toyPki } from '../../../support/toy-pki.ts';
import { qualifiedStatementsExtension, signedTrustedList } from '../../../support/trusted-list.ts';

describe('a record whose signature a trusted list judged', () => {
  it('says what the signature is by the law, and keeps the list in the store', async function () {
    this.timeout(30_000);
    const pki = await toyPki({ at: new Date() });
    const signer = await pki.signer({ extensions: [qualifiedStatementsExtension({ types: [1], device: true })] });
    const operator = await pki.signer({ name: 'Operater liste' });
    const folder = emptyFolder();
    mkdirSync(join(folder, 'liste'));
    const list = await signedTrustedList({ services: [{ holder: pki.intermediate }] }, operator);
    writeFileSync(join(folder, 'liste', 'rs.xml'), list);
    writeFileSync(join(folder, 'operater.pem'), new X509Certificate(operator.signer.chain[0]).toString());
    const archive = await testArchive({
      TRAJNO_TRUSTED_LISTS: join(folder, 'liste'),
      TRAJNO_TRUSTED_LIST_SIGNERS: join(folder, 'operater.pem'),
    }).open();
    const record = await keep(archive, { 'racun.xml': await signedXml({ pki, signer }) });
    expect(record.signatures.map(({ qualification }) => qualification)).to.deep.equal(['Indeterminate QESig']);

    const { storage } = archive.context;
    const read = async (object: string, path: string) => readWhole(await storage.openState(object, path), 32 << 20);
    const sealed = parseSealedRecord(await read(record.id, aipPaths.record));
    expect(sealed.files[0]?.signatures[0]?.qualification).to.equal('Indeterminate QESig');
    const premis = Buffer.from(await read(record.id, aipPaths.premis)).toString('utf8');
    const [, id = ''] =
      /OCFL object: Trusted list RS 7<[\s\S]*?>(urn:trajno:representation-information:[0-9a-f]+)</.exec(premis) ?? [];
    expect(Buffer.from(await read(id, 'trusted-list.xml')).equals(Buffer.from(list))).to.equal(true);
    await archive.close();
  });
});
