import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { defaultPolicy, type ValidationPolicy, validateDocument } from '../../../../src/standards/signatures/index.ts';
import { withLastBitFlipped } from '../../../support/flipped-bit.ts';
import { samplePdf } from '../../../support/sample-pdf.ts';
import { signedCms } from '../../../support/signed-cms.ts';
import { signedPdf } from '../../../support/signed-pdf.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const permitting = (bits: number): ValidationPolicy => ({
  ...defaultPolicy,
  cryptography: { ...defaultPolicy.cryptography, keys: { ...defaultPolicy.cryptography.keys, 'ML-DSA': [{ bits }] } },
});

describe('a signature by a key of FIPS 204', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  async function verdict(document: Uint8Array, policy?: ValidationPolicy) {
    const report = await validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents: [],
      anchors: pki.anchors,
      material: { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] },
      validationTime: pki.at,
      ...(policy ? { policy } : {}),
    });
    const [signature] = report.signatures;
    return `${signature?.indication} ${signature?.subIndication ?? ''} ${signature?.signatureAlg}`;
  }

  const signedBy = async (key: 'ml-dsa-44' | 'ml-dsa-65') =>
    signedCms({ pki, signatures: [{ signer: await pki.signer({ name: key, key }) }] });

  it('passes where the policy lists the algorithm, in a CMS and in a PDF', async () => {
    const signer = await pki.signer({ name: 'ml-dsa-65', key: 'ml-dsa-65' });
    const pdf = await signedPdf({ pki, pdf: await samplePdf(), signatures: [{ signer }] });
    expect(await verdict(await signedBy('ml-dsa-65'), permitting(65))).to.equal('TOTAL_PASSED  ML_DSA_65');
    expect(await verdict(pdf, permitting(65))).to.equal('TOTAL_PASSED  ML_DSA_65');
  });

  it('is not relied on with a smaller parameter set than the policy asks for, nor where TS 119 312 lists none', async () => {
    const weak = 'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE';
    expect(await verdict(await signedBy('ml-dsa-44'), permitting(65))).to.equal(`${weak} ML_DSA_44`);
    expect(await verdict(await signedBy('ml-dsa-65'))).to.equal(`${weak} ML_DSA_65`);
  });

  it('fails when its value was changed', async () => {
    const changed = withLastBitFlipped(await signedBy('ml-dsa-65'));
    expect(await verdict(changed, permitting(65))).to.equal('TOTAL_FAILED SIG_CRYPTO_FAILURE ML_DSA_65');
  });
});
