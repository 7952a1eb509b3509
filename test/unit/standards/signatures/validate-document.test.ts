import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import type { CertificateHolder } from '../../../../src/standards/seals/index.ts';
import {
  type SignatureReport,
  type ValidationRequest,
  validateDocument,
} from '../../../../src/standards/signatures/index.ts';
import { sampleContent, signedCms } from '../../../support/signed-cms.ts';
import { signedPdf } from '../../../support/signed-pdf.ts';
import { daysFrom } from '../../../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('validating a document', () => {
  let pki: ToyPki;
  let signer: CertificateHolder;
  let crls: Uint8Array[];

  before(async () => {
    pki = await toyPki();
    signer = await pki.signer();
    crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
  });

  const report = (document: Uint8Array, request: Partial<ValidationRequest> = {}) =>
    validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents: [],
      anchors: pki.anchors,
      validationTime: pki.at,
      material: { crls },
      ...request,
    });

  async function first(document: Uint8Array, request: Partial<ValidationRequest> = {}): Promise<SignatureReport> {
    const { signatures } = await report(document, request);
    expect(signatures).to.have.length.above(0);
    return signatures[0] as SignatureReport;
  }

  const verdict = ({ indication, subIndication }: SignatureReport) =>
    subIndication ? `${indication}/${subIndication}` : indication;

  describe('a CMS signature', () => {
    it('passes when the chain leads to an anchor and nothing is revoked', async () => {
      const signature = await first(await signedCms({ pki }));
      expect(verdict(signature)).to.equal('TOTAL_PASSED');
      expect(signature).to.include({ reasonCode: 'VALID', format: 'CAdES-BASELINE-B', intact: true, valid: true });
      expect(signature.certificatePath).to.have.length(3);
      expect(signature.blocks.map(({ block }) => block)).to.include.members([
        'format-checking',
        'identification-of-the-signing-certificate',
        'cryptographic-verification',
        'x509-validation',
        'signature-acceptance',
      ]);
    });

    for (const encoding of ['der', 'ber'] as const)
      it(`passes in ${encoding}, with content of its own or detached`, async () => {
        expect(verdict(await first(await signedCms({ pki, encoding })))).to.equal('TOTAL_PASSED');
        const detached = await signedCms({ pki, encoding, packaging: 'detached' });
        const contents = [{ name: 'a.txt', reader: bytesReader(sampleContent) }];
        expect(verdict(await first(detached, { contents }))).to.equal('TOTAL_PASSED');
      });

    it('passes when only the digest of its content is known', async () => {
      const detached = await signedCms({ pki, packaging: 'detached' });
      const digests = [{ algorithm: 'sha256', value: sha256(sampleContent) }];
      expect(verdict(await first(detached, { contents: [{ digests }] }))).to.equal('TOTAL_PASSED');
    });

    it('passes with revocation data that travels along', async () => {
      expect(verdict(await first(await signedCms({ pki, crls }), { material: {} }))).to.equal('TOTAL_PASSED');
    });

    it('passes with an OCSP response by the delegated responder', async () => {
      const ocspResponses = [
        await pki.ocsp(signer),
        await pki.ocsp(pki.intermediate, { issuer: pki.root, signedBy: pki.root }),
      ];
      const document = await signedCms({ pki, signatures: [{ signer }] });
      expect(verdict(await first(document, { material: { ocspResponses } }))).to.equal('TOTAL_PASSED');
    });

    it('is judged for each of several signers', async () => {
      const { signatures } = await report(await signedCms({ pki, signatures: [{}, { fault: 'changed-signature' }] }));
      expect(signatures.map(verdict)).to.have.members(['TOTAL_PASSED', 'TOTAL_FAILED/SIG_CRYPTO_FAILURE']);
    });

    it('fails when the content has another digest', async () => {
      const detached = await signedCms({ pki, packaging: 'detached' });
      const contents = [{ reader: bytesReader(Buffer.from('something else')) }];
      const signature = await first(detached, { contents });
      expect(verdict(signature)).to.equal('TOTAL_FAILED/HASH_FAILURE');
      expect(signature).to.include({ intact: true, valid: false, reasonCode: 'CONTENT_CHANGED' });
    });

    const faults = {
      'wrong-message-digest': 'TOTAL_FAILED/HASH_FAILURE',
      'wrong-content-type': 'TOTAL_FAILED/FORMAT_FAILURE',
      'wrong-signing-certificate': 'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND',
      'changed-signature': 'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
      'no-certificates': 'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND',
    } as const;
    for (const [fault, expected] of Object.entries(faults))
      it(`is ${expected} with the fault ${fault}`, async () => {
        const signatures = [{ fault: fault as keyof typeof faults }];
        expect(verdict(await first(await signedCms({ pki, signatures })))).to.equal(expected);
      });

    it('finds its certificate among those handed in', async () => {
      const document = await signedCms({ pki, signatures: [{ signer, fault: 'no-certificates' }] });
      const certificates = [...signer.signer.chain];
      expect(verdict(await first(document, { material: { crls, certificates } }))).to.equal('TOTAL_PASSED');
    });

    it('is not decided without its content', async () => {
      const signature = await first(await signedCms({ pki, packaging: 'detached' }));
      expect(verdict(signature)).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
    });

    it('never passes without signed attributes, which bind nothing to its certificate', async () => {
      const signature = await first(await signedCms({ pki, signatures: [{ plain: true }] }));
      expect(verdict(signature)).to.equal('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
      expect(signature.intact).to.equal(true);
    });
  });

  describe('a certificate chain', () => {
    const judged = async (options: Parameters<ToyPki['signer']>[0], request: Partial<ValidationRequest> = {}) =>
      first(await signedCms({ pki, signatures: [{ signer: await pki.signer(options) }] }), request);

    it('is not decided when nothing is known of revocation', async () => {
      const signature = await first(await signedCms({ pki }), { material: {} });
      expect(verdict(signature)).to.equal('INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE');
      expect(signature.reason).to.include('Potpisnik Пробни');
    });

    it('names the issuer that is missing when it leads to no anchor', async () => {
      const signature = await first(await signedCms({ pki }), { anchors: [] });
      expect(verdict(signature)).to.equal('INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND');
      expect(signature.reason).to.include('Igračka koren');
    });

    it('is not asked about when the signer is trusted directly', async () => {
      const document = await signedCms({ pki, signatures: [{ signer }] });
      const anchors = [signer.signer.chain[0]];
      expect(verdict(await first(document, { anchors, material: {} }))).to.equal('TOTAL_PASSED');
    });

    it('does not help when a stranger has the same names', async () => {
      const stranger = await toyPki({ world: 'Igračka PKI ' });
      const signature = await first(await signedCms({ pki }), { anchors: stranger.anchors });
      expect(verdict(signature)).to.equal('INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND');
    });

    it('is broken by a certificate whose signature is wrong', async () =>
      expect(verdict(await judged({ fault: 'broken-signature' }))).to.equal(
        'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
      ));

    it('is broken by a critical extension that is not understood', async () =>
      expect(verdict(await judged({ fault: 'unknown-critical-extension' }))).to.equal(
        'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE',
      ));

    it('is broken by an issuer that is no authority', async () => {
      const issuer = await pki.signer({ name: 'Nije telo' });
      const own = [...crls, await pki.crl({ issuer })];
      const signature = await judged({ issuer, name: 'Ispod' }, { material: { crls: own } });
      expect(verdict(signature)).to.equal('INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE');
    });

    it('is not decided under an authority whose certificate has expired', async () => {
      const issuer = await pki.authority({ name: 'Isteklo telo', issuer: pki.root, notAfter: daysFrom(pki.at, -1) });
      const roots = [await pki.crl({ issuer: pki.root, thisUpdate: daysFrom(pki.at, -10) })];
      const below = await pki.signer({ issuer });
      const document = await signedCms({ pki, signatures: [{ signer: below }] });
      const byList = await first(document, { material: { crls: [...roots, await pki.crl({ issuer })] } });
      expect(verdict(byList)).to.equal('INDETERMINATE/REVOCATION_OUT_OF_BOUNDS_NO_POE');
      const signedBy = await pki.signer({ name: 'Drugi OCSP', profile: 'status', issuer });
      const ocspResponses = [await pki.ocsp(below, { issuer, signedBy })];
      const byResponse = await first(document, { material: { crls: roots, ocspResponses } });
      expect(verdict(byResponse)).to.equal('INDETERMINATE/OUT_OF_BOUNDS_NO_POE');
      expect(byResponse.reason).to.include('Isteklo telo');
    });

    it('is not decided by a list whose signature is wrong', async () => {
      const broken = [await pki.crl({ fault: 'broken-signature' }), crls[1] as Uint8Array];
      expect(verdict(await judged({}, { material: { crls: broken } }))).to.equal(
        'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE',
      );
    });
  });

  describe('revocation and time', () => {
    const lists = async (world: ToyPki) => ({ crls: [await world.crl(), await world.crl({ issuer: world.root })] });

    it('does not pass a revoked signer without a proof that the signature is older', async () => {
      const own = await toyPki();
      const revoked = await own.signer();
      own.revoke(revoked, daysFrom(own.at, -1));
      const document = await signedCms({
        pki: own,
        signatures: [{ signer: revoked, signingTime: daysFrom(own.at, -30) }],
      });
      const signature = await first(document, { anchors: own.anchors, material: await lists(own) });
      expect(verdict(signature)).to.equal('INDETERMINATE/REVOKED_NO_POE');
      expect(signature.reasonCode).to.equal('CERTIFICATE_REVOKED');
    });

    it('passes a signer revoked after a trusted time-stamp', async () => {
      const own = await toyPki();
      const revoked = await own.signer();
      own.revoke(revoked, daysFrom(own.at, -1));
      const timestamp = own.timestamps({ at: daysFrom(own.at, -30) });
      const signatures = [{ signer: revoked, signingTime: daysFrom(own.at, -30), timestamp }];
      const request = { anchors: own.anchors, material: await lists(own) };
      const signature = await first(await signedCms({ pki: own, signatures }), request);
      expect(verdict(signature)).to.equal('TOTAL_PASSED');
      expect(signature.bestSignatureTime).to.equal('2026-10-25T12:00:00Z');
      const late = [{ ...signatures[0], timestamp: own.timestamps({ at: own.at }) }];
      expect(verdict(await first(await signedCms({ pki: own, signatures: late }), request))).to.equal(
        'INDETERMINATE/REVOKED_NO_POE',
      );
    });

    it('says of a suspended signer to try later', async () => {
      const own = await toyPki();
      const held = await own.signer();
      own.revoke(held, daysFrom(own.at, -1), 'certificateHold');
      const document = await signedCms({ pki: own, signatures: [{ signer: held }] });
      const signature = await first(document, { anchors: own.anchors, material: await lists(own) });
      expect(verdict(signature)).to.equal('INDETERMINATE/TRY_LATER');
    });

    it('does not pass under a revoked authority', async () => {
      const own = await toyPki();
      own.revoke(own.intermediate, daysFrom(own.at, -1));
      const signature = await first(await signedCms({ pki: own }), {
        anchors: own.anchors,
        material: await lists(own),
      });
      expect(verdict(signature)).to.equal('INDETERMINATE/REVOKED_CA_NO_POE');
    });

    it('needs a time-stamp from before the certificate expired', async () => {
      const later = daysFrom(pki.at, 500);
      const plain = await first(await signedCms({ pki }), { validationTime: later });
      expect(verdict(plain)).to.equal('INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED');
      const authority = await pki.signer({ profile: 'timestamps', notAfter: daysFrom(pki.at, 3000), name: 'Dugi žig' });
      const signatures = [{ timestamp: pki.timestamps({ authority }) }];
      const stamped = await first(await signedCms({ pki, signatures }), { validationTime: later });
      expect(verdict(stamped)).to.equal('TOTAL_PASSED');
      expect(stamped.bestSignatureTime).to.equal('2026-11-24T12:00:00Z');
    });

    const timestampFaults = {
      'wrong-imprint': 'FAILED/HASH_FAILURE',
      'broken-signature': 'FAILED/SIG_CRYPTO_FAILURE',
      'no-certificate': 'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND',
    } as const;
    for (const [fault, expected] of Object.entries(timestampFaults))
      it(`takes no time from a time-stamp with the fault ${fault}`, async () => {
        const timestamp = pki.timestamps({ at: daysFrom(pki.at, -30), fault: fault as keyof typeof timestampFaults });
        const signature = await first(await signedCms({ pki, signatures: [{ timestamp }] }));
        const [judged] = signature.timestamps;
        expect(`${judged?.indication}/${judged?.subIndication}`).to.equal(expected);
        expect(signature.bestSignatureTime).to.equal('2026-11-24T12:00:00Z');
      });

    it('takes no time from a key that is not for time-stamping', async () => {
      const timestamp = pki.timestamps({
        authority: await pki.signer({ name: 'Nije žig' }),
        at: daysFrom(pki.at, -30),
      });
      const signature = await first(await signedCms({ pki, signatures: [{ timestamp }] }));
      expect(signature.timestamps[0]).to.include({
        indication: 'INDETERMINATE',
        subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
      });
      expect(signature.bestSignatureTime).to.equal('2026-11-24T12:00:00Z');
    });
  });

  describe('a PDF signature', () => {
    it('passes and covers the whole file', async () => {
      const signature = await first(await signedPdf({ pki }));
      expect(verdict(signature)).to.equal('TOTAL_PASSED');
      expect(signature).to.include({ format: 'PAdES-BASELINE-B' });
      expect(signature.scopes).to.deep.equal([{ scope: 'FULL', name: 'Full PDF' }]);
      expect(signature).not.to.have.property('modifications');
    });

    it('says of the earlier of two that the file goes on after it', async () => {
      const { signatures } = await report(await signedPdf({ pki, signatures: [{}, {}] }));
      expect(signatures.map(verdict)).to.deep.equal(['TOTAL_PASSED', 'TOTAL_PASSED']);
      expect(signatures[0]?.scopes[0]?.scope).to.equal('PARTIAL');
      expect(signatures[0]?.modifications?.map(({ code }) => code)).to.have.members([
        'LATER_REVISIONS',
        'SIGNATURES_ADDED',
      ]);
      expect(signatures[1]?.scopes[0]?.scope).to.equal('FULL');
    });

    const faults = {
      'changed-content': 'TOTAL_FAILED/HASH_FAILURE',
      'changed-signature': 'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
      'wider-gap': 'TOTAL_FAILED/FORMAT_FAILURE',
    } as const;
    for (const [fault, expected] of Object.entries(faults))
      it(`is ${expected} with the fault ${fault}`, async () => {
        expect(verdict(await first(await signedPdf({ pki, fault: fault as keyof typeof faults })))).to.equal(expected);
      });

    it('tells of a page that was changed later', async () => {
      const signature = await first(await signedPdf({ pki, fault: 'page-changed-later' }));
      expect(signature.modifications?.map(({ code }) => code)).to.include('PAGE_CONTENT_CHANGED');
      expect(signature.scopes[0]?.scope).to.equal('PARTIAL');
    });

    it('that cannot be read is not passed over in silence', async () => {
      const pdf = Buffer.from(await signedPdf({ pki }));
      pdf.write('41', pdf.indexOf('<', pdf.indexOf('/Contents', pdf.indexOf('/ByteRange') - 200)) + 1, 'latin1');
      const { signatures, error } = await report(pdf);
      expect({ signatures, code: error?.code }).to.deep.equal({ signatures: [], code: 'DOCUMENT_BROKEN' });
    });

    it('is not found in a file that was cut short', async () => {
      const { container, signatures } = await report(await signedPdf({ pki, fault: 'truncated' }));
      expect({ container, signatures }).to.deep.equal({ container: 'PDF', signatures: [] });
    });

    it('is not looked for in a file that breaks its format, which is said', async () => {
      const { signatures, error } = await report(Buffer.from('%PDF-1.7\nstartxref\n99999\n%%EOF'));
      expect({ signatures, code: error?.code }).to.deep.equal({ signatures: [], code: 'DOCUMENT_BROKEN' });
    });
  });

  describe('other documents', () => {
    it('without signatures are none', async () => {
      const { container, error } = await report(Buffer.from('just text'));
      expect({ container, error }).to.deep.equal({ container: 'none', error: undefined });
    });

    it('that are empty are none', async () => expect((await report(Buffer.alloc(0))).container).to.equal('none'));

    it('give the same report again', async () => {
      const document = await signedCms({ pki, signatures: [{ timestamp: true }] });
      expect(await report(document)).to.deep.equal(await report(document));
    });
  });
});
