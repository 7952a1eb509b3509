import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { type SignatureReport, validateDocument } from '../../../../src/standards/signatures/index.ts';
import { signedCms } from '../../../support/signed-cms.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

describe('the proofs behind a verdict', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  const validated = async (document: Uint8Array, validationTime: Date) => {
    const crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
    const { signatures } = await validateDocument({
      document: bytesReader(document),
      name: 'a.p7m',
      contents: [],
      anchors: pki.anchors,
      validationTime,
      material: { crls },
    });
    return signatures[0] as SignatureReport;
  };

  it('are named: the time-stamp that proves it, and what the verdict would be without', async () => {
    const signer = await pki.signer();
    const document = await signedCms({ pki, signatures: [{ signer, timestamp: true }] });
    pki.revoke(signer, new Date(pki.at.getTime() + 3_600_000));
    const later = new Date(pki.at.getTime() + 7_200_000);
    const signature = await validated(document, later);
    expect(signature.indication).to.equal('TOTAL_PASSED');
    expect(signature.proofs).to.deep.equal([
      { time: signature.timestamps[0]?.productionTime, by: signature.timestamps[0]?.id },
    ]);
    expect(signature.withoutProofs).to.deep.equal({ indication: 'INDETERMINATE', subIndication: 'REVOKED_NO_POE' });
  });

  it('are none where nothing proves anything, and the verdict stands by itself', async () => {
    const signature = await validated(await signedCms({ pki }), pki.at);
    expect(signature.proofs).to.deep.equal([]);
    expect(signature).to.not.have.property('withoutProofs');
  });
});
