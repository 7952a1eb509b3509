import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import type { CertificateHolder } from '../../../../src/standards/seals/index.ts';
import { etsiReport, validateDocument } from '../../../../src/standards/signatures/index.ts';
import { readTrustedList, type TrustedList } from '../../../../src/standards/trusted-lists/index.ts';
import { signedXml } from '../../../support/signed-xml.ts';
import { toyPki } from '../../../support/toy-pki.ts';
import { type PeriodOptions, qualifiedStatementsExtension, trustedListXml } from '../../../support/trusted-list.ts';

const withdrawnAt = (from: string): PeriodOptions[] => [{ status: 'withdrawn', from }, {}];
const timestamping: PeriodOptions[] = [{ type: 'TSA/QTST', additional: [] }];

describe('the qualification of a validated signature', () => {
  const validationTime = new Date('2026-11-24T13:00:00Z');
  let pki: Awaited<ReturnType<typeof toyPki>>;
  let signer: CertificateHolder;
  let document: Uint8Array;
  let material: { crls: Uint8Array[]; ocspResponses: Uint8Array[] };
  before(async () => {
    pki = await toyPki();
    signer = await pki.signer({ extensions: [qualifiedStatementsExtension({ types: [1], device: true })] });
    document = await signedXml({ pki, signer, timestamp: true });
    material = { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })], ocspResponses: [] };
  });

  async function judged(
    trustedLists: readonly TrustedList[] | undefined,
    options: { at?: Date; anchors?: Uint8Array[] } = {},
  ) {
    const report = await validateDocument({
      document: bytesReader(document),
      name: 'racun.xml',
      contents: [],
      anchors: options.anchors ?? [],
      ...(trustedLists ? { trustedLists } : {}),
      validationTime: options.at ?? validationTime,
      material,
    });
    const [signature] = report.signatures;
    if (!signature) throw new Error('no signature');
    return { report, signature, timestamp: signature.timestamps[0] };
  }

  const listing = (signing?: PeriodOptions[], stamps: PeriodOptions[] | undefined = timestamping) =>
    readTrustedList(
      trustedListXml({
        services: [
          { holder: pki.intermediate, ...(signing ? { periods: signing } : {}) },
          { holder: pki.timestampAuthority, periods: stamps },
        ],
      }),
    );

  it('makes a listed issuer an anchor, and names the list', async () => {
    const list = listing();
    const { signature, timestamp } = await judged([list]);
    const trustedList = { territory: 'RS', sequenceNumber: 7, sha256: list.sha256 };
    expect(signature).to.deep.include({ indication: 'TOTAL_PASSED', qualification: 'QESig', trustedList });
    expect(timestamp).to.deep.include({ indication: 'PASSED', qualification: 'QTSA', trustedList });
  });

  it('is not told where no list is handed in', async () => {
    const { signature, timestamp } = await judged(undefined, { anchors: pki.anchors });
    expect(signature.indication).to.equal('TOTAL_PASSED');
    expect(signature).to.not.have.any.keys('qualification', 'trustedList');
    expect(timestamp).to.not.have.any.keys('qualification', 'trustedList');
  });

  it('is not applicable where no list knows the issuer', async () => {
    const { signature, timestamp } = await judged([], { anchors: pki.anchors });
    expect(signature).to.include({ indication: 'TOTAL_PASSED', qualification: 'N/A' });
    expect(timestamp).to.include({ qualification: 'N/A' });
  });

  it('trusts no issuer that a list withdrew before anything proves the signature', async () => {
    const { signature } = await judged([listing(withdrawnAt('2026-11-24T11:00:00Z'))]);
    expect(signature).to.include({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND_NO_POE',
      reasonCode: 'SERVICE_WITHDRAWN',
      qualification: 'Indeterminate AdESig',
    });
  });

  it('trusts an issuer that was withdrawn after a time-stamp proves the signature', async () => {
    const { signature } = await judged([listing(withdrawnAt('2026-11-24T12:30:00Z'))]);
    expect(signature).to.include({ indication: 'TOTAL_PASSED', qualification: 'QESig' });
  });

  it('goes on to a configured anchor above a withdrawn issuer', async () => {
    const { signature } = await judged([listing(withdrawnAt('2026-11-24T11:00:00Z'))], { anchors: pki.anchors });
    expect(signature).to.include({ indication: 'TOTAL_PASSED', qualification: 'AdESig' });
  });

  it('takes an authority that a list names for time-stamps for nothing else', async () => {
    const list = readTrustedList(trustedListXml({ services: [{ holder: pki.intermediate, periods: timestamping }] }));
    const { signature, timestamp } = await judged([list]);
    expect(signature).to.include({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND', qualification: 'N/A' });
    expect(timestamp).to.include({ indication: 'PASSED', qualification: 'QTSA' });
  });

  it('does not call a time-stamp qualified whose service was withdrawn before it, or is of another kind', async () => {
    const stamps = [{ type: 'TSA/QTST', status: 'withdrawn', from: '2026-01-01T00:00:00Z' }, ...timestamping];
    const options = { anchors: pki.anchors };
    expect((await judged([listing(undefined, stamps)], options)).timestamp).to.include({ qualification: 'TSA' });
    expect((await judged([listing(undefined, [{ type: 'TSA' }])], options)).timestamp).to.include({
      qualification: 'TSA',
    });
  });

  it('stands in the report of ETSI', async () => {
    const qualityOf = async (lists?: TrustedList[]) => {
      const { report } = await judged(lists, { anchors: pki.anchors });
      const xml = Buffer.from(etsiReport(report, 'racun.xml') ?? '').toString('utf8');
      return /<SignatureQualityInformation>([^<]*)</.exec(xml)?.[1];
    };
    expect(await qualityOf([listing()])).to.equal('urn:cef:dss:signatureQualification:QESig');
    expect(await qualityOf([])).to.equal('urn:cef:dss:signatureQualification:notApplicable');
    expect(await qualityOf()).to.equal(undefined);
  });
});
