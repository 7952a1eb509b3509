import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { keep, testArchive } from '../support/archive.ts';
import { contract, lastingSigner } from '../support/certified-copy.ts';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { toyPki } from '../support/toy-pki.ts';

describe('certified copies on the command line', function () {
  this.timeout(120_000);

  it('are made as tests by default, verified as what they are, and refused with exit code 1', async () => {
    const pki = await toyPki({ at: new Date(Date.now() - 60_000) });
    const trust = emptyFolder();
    writeFileSync(join(trust, 'root.pem'), pki.anchorPem);
    const place = testArchive({ TRAJNO_TRUST: trust }, () => new Date());
    const archive = await place.open();
    const record = await keep(archive, { 'Уговор.pdf': await contract(pki) });
    const broken = await signedPdf({
      pki,
      signatures: [{ signer: await lastingSigner(pki, 'А') }],
      fault: 'changed-content',
    });
    const failed = await keep(archive, { 'b.pdf': broken });
    const [own] = await archive.ownAnchors();
    writeFileSync(join(trust, 'own.pem'), own?.pem ?? '');
    await archive.close();

    const environment = { TRAJNO_DATA: place.config.dataFolder, TRAJNO_TRUST: trust };
    const to = join(emptyFolder(), 'out');
    const [made, refused, usage] = await Promise.all([
      trajno(['copy', record.number, '--to', to, '--purpose', 'спор', '--json'], environment),
      trajno(['copy', failed.number, '--to', to], environment),
      trajno(['copy', record.number, '--to', to, '--channel', 'pigeon'], environment),
    ]);
    expect([made.code, refused.code, usage.code], made.err + refused.err).to.deep.equal([0, 1, 2]);
    expect(refused.err).to.contain('COPY_SIGNATURE_FAILED');
    const { files, isTest, number } = JSON.parse(made.out);
    expect({ isTest, number }).to.deep.equal({ isTest: true, number: 'TEST' });
    expect(files.map((path: string) => basename(path))).to.deep.equal([
      ...['.asice', '-certificate.pdf', '-reading-original-1.pdf'].map((end) => `TEST-${record.number}${end}`),
    ]);

    const [folder, text, listed] = await Promise.all([
      trajno(['verify', to, '--trust', trust, '--json']),
      trajno(['verify', files[1], '--trust', trust]),
      trajno(['copies', 'list', '--json'], environment),
    ]);
    const found = JSON.parse(folder.out);
    expect([folder.code, found.result, found.trust]).to.deep.equal([1, 'INDETERMINATE', 'given']);
    expect(found.checks.filter(({ outcome }: { outcome: string }) => outcome === 'FAILED')).to.deep.equal([]);
    expect(found.checks.map(({ id }: { id: string }) => id)).to.include.members([
      'beside',
      'seal-key',
      'evidence',
      'issued',
    ]);
    expect(text.out)
      .to.contain(`Certified copy TEST of record ${record.number}`)
      .and.contain('INDETERMINATE (trust: given)');
    expect(JSON.parse(listed.out)).to.deep.equal({ copies: [] });
  });
});
