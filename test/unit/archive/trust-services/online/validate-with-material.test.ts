import { expect } from 'chai';
import { onlineMaterial, validateWithMaterial } from '../../../../../src/archive/trust-services/index.ts';
import { bytesReader } from '../../../../../src/base/index.ts';
import { signedCms } from '../../../../support/signed-cms.ts';
import { type ServedToyPki, serveToyPki } from '../../../../support/toy-pki-server.ts';

describe('validation material from the network', function () {
  this.timeout(30_000);
  let pki: ServedToyPki;
  const failures: string[] = [];
  const source = (isAllowed?: (address: string) => boolean) =>
    onlineMaterial(
      () => pki.at,
      (url, failure) => void failures.push(`${failure} ${new URL(url).pathname}`),
      isAllowed,
    );
  const anywhere = () => true;

  beforeEach(async () => {
    pki = await serveToyPki();
    failures.length = 0;
  });
  afterEach(() => pki.close());

  const validated = async (document: Uint8Array, from = source(anywhere)) => {
    const request = {
      document: bytesReader(document),
      name: 'document',
      contents: [],
      anchors: pki.anchors,
      validationTime: pki.at,
    };
    const { report, material } = await validateWithMaterial(request, from);
    const [signature] = report.signatures;
    return { verdict: signature?.subIndication ?? signature?.indication, reason: signature?.reasonCode, material };
  };

  it('settles what is open: the responder is asked, the list is left alone', async () => {
    const { verdict, material } = await validated(await signedCms({ pki }));
    expect(verdict).to.equal('TOTAL_PASSED');
    expect(material.ocspResponses.length).to.be.at.least(1);
    expect(pki.requests.filter((request) => request.startsWith('POST /ocsp')).length).to.be.at.least(1);
    expect(pki.requests.some((request) => request.includes('/issuer-'))).to.equal(false);
  });

  it('finds the issuer by its address where the signature does not bring it', async () => {
    const whole = await pki.signer();
    const [own] = whole.signer.chain;
    const signer = { ...whole, signer: { ...whole.signer, chain: [own] as const } };
    const { verdict, material } = await validated(await signedCms({ pki, signatures: [{ signer }] }));
    expect(material.certificates).to.have.length(1);
    expect(verdict).to.equal('TOTAL_PASSED');
  });

  it('takes the list where the responder fails in any way', async () => {
    for (const fault of ['missing', 'error', 'garbage'] as const) {
      pki.faults.set('/ocsp', fault);
      const { verdict, material } = await validated(await signedCms({ pki }));
      expect(verdict, fault).to.equal('TOTAL_PASSED');
      expect(material.ocspResponses).to.have.length(0);
      expect(material.crls.length).to.be.at.least(1);
    }
  });

  it('learns of a revocation', async () => {
    const signer = await pki.signer();
    pki.revoke(signer);
    const { verdict } = await validated(await signedCms({ pki, signatures: [{ signer }] }));
    expect(verdict).to.equal('REVOKED_NO_POE');
  });

  it('leaves the verdict open when nobody answers, and says who did not', async () => {
    for (const path of ['/ocsp', '/root.crl', ...pki.requests]) pki.faults.set(path, 'missing');
    pki.faults.set(`/issuer-${pki.intermediate.serialNumber}.crl`, 'missing');
    const { verdict, reason } = await validated(await signedCms({ pki }));
    expect(verdict).to.equal('CERTIFICATE_CHAIN_GENERAL_FAILURE');
    expect(reason).to.equal('REVOCATION_UNKNOWN');
    expect(failures).to.include('NOT_FOUND /ocsp');
  });

  it('asks once for what many documents need', async () => {
    const from = source(anywhere);
    const signer = await pki.signer();
    const document = await signedCms({ pki, signatures: [{ signer }] });
    await Promise.all([validated(document, from), validated(document, from), validated(document, from)]);
    const before = pki.requests.length;
    await validated(document, from);
    expect(pki.requests.length).to.equal(before);
    expect(new Set(pki.requests).size).to.be.at.least(1);
  });

  it('does not go where a stranger’s certificate points into our own network', async () => {
    const { verdict } = await validated(await signedCms({ pki }), source());
    expect(verdict).to.equal('CERTIFICATE_CHAIN_GENERAL_FAILURE');
    expect(pki.requests).to.deep.equal([]);
    expect(failures).to.include('ADDRESS_REFUSED /ocsp');
  });
});
