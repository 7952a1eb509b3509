import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sha256Hex } from '../../src/base/index.ts';
import type { CertificateHolder } from '../../src/standards/seals/index.ts';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';
import { signedXml } from '../support/signed-xml.ts';
import { toyPki } from '../support/toy-pki.ts';
import { qualifiedStatementsExtension, signedTrustedList } from '../support/trusted-list.ts';

describe('trajno validate with trusted lists', function () {
  this.timeout(120_000);

  const folder = emptyFolder();
  const file = (name: string) => join(folder, name);
  const pemOf = ({ signer }: CertificateHolder) => new X509Certificate(signer.chain[0]).toString();
  let sha256: string;
  before(async () => {
    const pki = await toyPki({ at: new Date() });
    const signer = await pki.signer({ extensions: [qualifiedStatementsExtension({ types: [2] })] });
    const operator = await pki.signer({ name: 'Operater liste' });
    const list = await signedTrustedList({ services: [{ holder: pki.intermediate }], sequenceNumber: 12 }, operator);
    sha256 = sha256Hex(list);
    writeFileSync(file('racun.xml'), await signedXml({ pki, signer }));
    writeFileSync(file('rs.xml'), list);
    mkdirSync(file('potpisnici'));
    writeFileSync(join(file('potpisnici'), 'operater.pem'), pemOf(operator));
    writeFileSync(file('stranac.pem'), pemOf(signer));
    mkdirSync(file('poverenje'));
    writeFileSync(join(file('poverenje'), 'koren.pem'), pemOf(pki.root));
    writeFileSync(file('spisak'), Array.from({ length: 60 }, () => 'racun.xml\n').join(''));
  });

  const environment = () => ({
    TRAJNO_DATA: file('data'),
    TRAJNO_TRUST: file('poverenje'),
    TRAJNO_TRUSTED_LIST_SIGNERS: file('potpisnici'),
  });
  const reportOf = (out: string) => JSON.parse(out).signatures[0];

  it('says what the signature is by the law, and by which list', async () => {
    const given = await trajno(
      ['validate', file('racun.xml'), '--trusted-list', file('rs.xml'), '--json'],
      environment(),
    );
    const configured = await trajno(['validate', file('racun.xml'), '--json'], {
      ...environment(),
      TRAJNO_TRUSTED_LISTS: file('rs.xml'),
    });
    for (const { out } of [given, configured])
      expect(reportOf(out)).to.deep.include({
        qualification: 'Indeterminate AdESeal-QC',
        trustedList: { territory: 'RS', sequenceNumber: 12, sha256 },
      });
  });

  it('says the same of every line of a list, in threads', async () => {
    const { out, code } = await trajno(
      ['validate', '--list', file('spisak'), '--trusted-list', file('rs.xml')],
      environment(),
    );
    const lines = out.trim().split('\n').map(reportOf);
    expect([code, lines.length]).to.deep.equal([0, 60]);
    expect(new Set(lines.map(({ qualification }) => qualification))).to.deep.equal(
      new Set(['Indeterminate AdESeal-QC']),
    );
  });

  it('says nothing of it where no list is given, and leaves out a list that a stranger signed', async () => {
    const without = await trajno(['validate', file('racun.xml'), '--json'], environment());
    expect(reportOf(without.out)).to.not.have.property('qualification');
    const { out, err } = await trajno(['validate', file('racun.xml'), '--trusted-list', file('rs.xml'), '--json'], {
      ...environment(),
      TRAJNO_TRUSTED_LIST_SIGNERS: file('stranac.pem'),
    });
    expect(reportOf(out).qualification).to.equal('N/A');
    expect(err).to.include('rs.xml').and.include('SIGNER_UNKNOWN');
  });

  it('is refused where a list is not there, or is to be fetched over http', async () => {
    for (const list of [file('nema.xml'), 'http://primer.invalid/rs.xml']) {
      const { code } = await trajno(['validate', file('racun.xml'), '--trusted-list', list], environment());
      expect(code).to.equal(2);
    }
  });
});
