import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader, FormatError } from '../../../../../src/base/index.ts';
import { enrichTimestampToken } from '../../../../../src/standards/evidence/index.ts';
import {
  childrenOf,
  decodeWholeAsn1,
  sequenceOf,
  smallIntegerOf,
} from '../../../../../src/standards/formats/asn1/index.ts';
import { readSignedData } from '../../../../../src/standards/formats/cms/index.ts';
import { readTimestampToken } from '../../../../../src/standards/formats/tsp/index.ts';
import { validateDocument } from '../../../../../src/standards/signatures/index.ts';
import { sampleContent } from '../../../../support/signed-cms.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const versionOf = (token: Uint8Array) => {
  const [, holder] = sequenceOf(decodeWholeAsn1(token));
  return smallIntegerOf(sequenceOf(childrenOf(holder as ReturnType<typeof decodeWholeAsn1>)[0])[0]);
};

describe('enriching a time-stamp token', () => {
  let pki: ToyPki;
  let bare: Uint8Array;
  let crls: Uint8Array[];
  let ocspResponses: Uint8Array[];
  let certificates: Uint8Array[];
  const nothing = { certificates: [], crls: [], ocspResponses: [] };

  before(async () => {
    pki = await toyPki();
    const value = createHash('sha256').update(sampleContent).digest('hex');
    bare = await pki.timestamps({ fault: 'no-certificate' })({ algorithm: 'sha256', value });
    certificates = [pki.timestampAuthority, pki.intermediate].map(({ signer }) => signer.chain[0]);
    crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
    ocspResponses = [await pki.ocsp(pki.timestampAuthority)];
  });

  async function verdict(token: Uint8Array): Promise<string | undefined> {
    const { timestamps } = await validateDocument({
      document: bytesReader(token),
      name: 'a.tst',
      contents: [{ name: 'a', reader: bytesReader(sampleContent) }],
      anchors: pki.anchors,
      validationTime: pki.at,
    });
    return timestamps[0]?.indication;
  }

  it('lets it verify by what lies in it alone', async () => {
    const inToken = (material: object) => verdict(enrichTimestampToken(bare, { ...nothing, ...material }));
    expect(await verdict(bare)).to.equal('INDETERMINATE');
    expect(await inToken({ crls, ocspResponses })).to.equal('INDETERMINATE');
    expect(await inToken({ certificates })).to.equal('INDETERMINATE');
    expect(await inToken({ certificates, crls })).to.equal('PASSED');
    expect(await inToken({ certificates, ocspResponses })).to.equal('PASSED');
  });

  it('keeps what is signed, and who signed, octet for octet', () => {
    const before = readTimestampToken(bare).signedData;
    const after = readTimestampToken(enrichTimestampToken(bare, { certificates, crls, ocspResponses })).signedData;
    expect(after.parts.encapsulated.bytes).to.deep.equal(before.parts.encapsulated.bytes);
    expect(after.signers.map(({ element }) => element.bytes)).to.deep.equal(
      before.signers.map(({ element }) => element.bytes),
    );
    expect(after.digestAlgorithms).to.deep.equal(before.digestAlgorithms);
  });

  it('puts in each piece once, whatever was there before', () => {
    const material = { certificates, crls, ocspResponses };
    const once = enrichTimestampToken(bare, material);
    expect(enrichTimestampToken(once, material)).to.deep.equal(once);
    const inPieces = [
      { ...nothing, ocspResponses },
      { ...nothing, crls },
      { ...nothing, certificates },
    ].reduce((token, piece) => enrichTimestampToken(token, piece), bare);
    expect(inPieces).to.deep.equal(once);
    const read = readSignedData(once);
    expect(new Set(read.certificates.map((one) => Buffer.from(one).toString('hex')))).to.have.property('size', 2);
    expect([read.crls.length, read.ocspResponses.length]).to.deep.equal([2, 1]);
  });

  it('has the version that its contents ask for', () => {
    expect(versionOf(enrichTimestampToken(bare, { ...nothing, certificates, crls }))).to.equal(3);
    expect(versionOf(enrichTimestampToken(bare, { ...nothing, ocspResponses }))).to.equal(5);
    expect(enrichTimestampToken(bare, nothing)).to.deep.equal(Buffer.from(bare));
  });

  it('gives a bare basic response its envelope back', () => {
    const whole = ocspResponses[0] as Uint8Array;
    const [, holder] = sequenceOf(decodeWholeAsn1(whole));
    const [, octets] = sequenceOf(childrenOf(holder as ReturnType<typeof decodeWholeAsn1>)[0]);
    const basic = octets?.content as Uint8Array;
    expect(enrichTimestampToken(bare, { ...nothing, ocspResponses: [basic] })).to.deep.equal(
      enrichTimestampToken(bare, { ...nothing, ocspResponses: [whole] }),
    );
  });

  it('refuses what is no token', () => {
    expect(() => enrichTimestampToken(Buffer.from('300400', 'hex'), nothing)).to.throw(FormatError);
  });
});
