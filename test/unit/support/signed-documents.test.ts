/**
 * The builders' documents, each good or with its one fault, under our own validation. The verdicts expected are those
 * that EU DSS 6.4 gave with the same anchor and revocation data, but where a comment says otherwise.
 */
import { expect } from 'chai';
import { bytesReader } from '../../../src/base/index.ts';
import { validateDocument } from '../../../src/standards/signatures/index.ts';
import { sampleContent, signedCms } from '../../support/signed-cms.ts';
import { signedPdf } from '../../support/signed-pdf.ts';
import { type ToyPki, toyPki } from '../../support/toy-pki.ts';

describe('documents of the toy PKI', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  async function verdicts(document: Uint8Array, contents: Uint8Array[] = []): Promise<string[]> {
    const report = await validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents: contents.map((content) => ({ name: 'content', reader: bytesReader(content) })),
      anchors: pki.anchors,
      validationTime: pki.at,
      material: { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] },
    });
    return report.signatures.map(({ indication, subIndication }) =>
      subIndication ? `${indication}/${subIndication}` : indication,
    );
  }

  for (const key of ['rsa', 'rsa-pss', 'ecdsa', 'ecdsa-p384', 'ecdsa-p521', 'ecdsa-brainpool'] as const) {
    it(`pass when they are good, signed by ${key}`, async () => {
      const signatures = [{ signer: await pki.signer({ key, name: `Signer ${key}` }), timestamp: true }];
      expect(await verdicts(await signedPdf({ pki, signatures }))).to.deep.equal(['TOTAL_PASSED']);
      expect(await verdicts(await signedCms({ pki, signatures }))).to.deep.equal(['TOTAL_PASSED']);
      expect(await verdicts(await signedCms({ pki, signatures, encoding: 'ber' }))).to.deep.equal(['TOTAL_PASSED']);
      const detached = await signedCms({ pki, signatures, packaging: 'detached' });
      expect(await verdicts(detached, [sampleContent])).to.deep.equal(['TOTAL_PASSED']);
    });
  }

  it('pass with two signers', async () => {
    const signatures = [{ timestamp: true }, { subFilter: 'adbe.pkcs7.detached' as const }];
    expect(await verdicts(await signedPdf({ pki, signatures }))).to.deep.equal(['TOTAL_PASSED', 'TOTAL_PASSED']);
    expect(await verdicts(await signedCms({ pki, signatures: [{}, {}] }))).to.deep.equal([
      'TOTAL_PASSED',
      'TOTAL_PASSED',
    ]);
  });

  it('tell who was revoked, and that a time-stamp from before saves the signature', async () => {
    const signer = await pki.signer({ name: 'Opozvan' });
    pki.revoke(signer, new Date(pki.at.getTime() - 3600_000));
    const before = pki.timestamps({ at: new Date(pki.at.getTime() - 7200_000) });
    expect(await verdicts(await signedPdf({ pki, signatures: [{ signer }] }))).to.deep.equal([
      'INDETERMINATE/REVOKED_NO_POE',
    ]);
    expect(await verdicts(await signedPdf({ pki, signatures: [{ signer, timestamp: before }] }))).to.deep.equal([
      'TOTAL_PASSED',
    ]);
  });

  const pdfFaults = {
    'changed-content': 'TOTAL_FAILED/HASH_FAILURE',
    'changed-signature': 'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
    'wider-gap': 'TOTAL_FAILED/FORMAT_FAILURE',
  } as const;
  for (const [fault, expected] of Object.entries(pdfFaults))
    it(`PDF with ${fault}: ${expected}`, async () => {
      expect(await verdicts(await signedPdf({ pki, fault: fault as keyof typeof pdfFaults }))).to.deep.equal([
        expected,
      ]);
    });

  const cmsFaults = {
    'wrong-message-digest': 'TOTAL_FAILED/HASH_FAILURE',
    'changed-signature': 'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
    'no-certificates': 'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND',
  } as const;
  for (const [fault, expected] of Object.entries(cmsFaults))
    it(`CMS with ${fault}: ${expected}`, async () => {
      const signatures = [{ fault: fault as keyof typeof cmsFaults }];
      expect(await verdicts(await signedCms({ pki, signatures }))).to.deep.equal([expected]);
    });

  it('end at no anchor when their root is a stranger', async () => {
    const stranger = await toyPki({ world: 'Tuđi svet' });
    expect(await verdicts(await signedPdf({ pki: stranger }))).to.deep.equal([
      'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
    ]);
  });
});
