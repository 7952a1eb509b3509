import { expect } from 'chai';
import { signingKey } from '../../../../../src/archive/trust-services/signing-keys/signing-key.ts';
import { toyPki } from '../../../../support/toy-pki.ts';

describe('a signing key', () => {
  it('is a test key where a certificate says TEST in capitals as a word, whoever made it', async () => {
    const pki = await toyPki();
    const said: Record<string, boolean> = {
      'Печат установе': false,
      'Testera d.o.o.': false,
      'CONTEST d.o.o.': false,
      'TEST печат': true,
      'Печат (ПРОБА)': true,
      'Seal TEST-2': true,
    };
    for (const [name, isTest] of Object.entries(said)) {
      const { signer } = await pki.signer({ name });
      expect(signingKey(signer.chain, signer.algorithm, signer.sign).isTest, name).to.equal(isTest);
    }
    const { signer } = await pki.signer({ name: 'Печат', issuer: await pki.authority({ name: 'Issuing CA TEST' }) });
    expect(signingKey(signer.chain, signer.algorithm, signer.sign).isTest).to.equal(true);
  });
});
