import { createHash, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import {
  openTestSeal,
  openTestTimestampAuthority,
  testTimestampPolicy,
} from '../../../../src/archive/trust-services/index.ts';
import { digestOf } from '../../../../src/base/index.ts';
import { decodeWholeAsn1, integerOf, sequenceOf } from '../../../../src/standards/formats/asn1/index.ts';
import { boolean, integer, octetString, oid, sequence } from '../../../../src/standards/formats/der/index.ts';
import { readTimestampToken } from '../../../../src/standards/formats/tsp/index.ts';
import { stoppedClock } from '../../../support/clock.ts';
import { emptyFolder } from '../../../support/folders.ts';

const sha512 = '2.16.840.1.101.3.4.2.3';

function requestOf({
  policy,
  digest = createHash('sha512').update('x').digest(),
}: {
  policy?: string;
  digest?: Uint8Array;
} = {}) {
  const imprint = sequence(sequence(oid(sha512)), octetString(digest));
  return sequence(integer(1), imprint, policy ? oid(policy) : undefined, integer(77), boolean(true));
}

const statusOf = (response: Uint8Array) => integerOf(sequenceOf(sequenceOf(decodeWholeAsn1(response))[0])[0]);

describe('the built-in test time-stamping authority', () => {
  const folder = emptyFolder();
  const open = (at?: string) => openTestTimestampAuthority(folder, stoppedClock(at));

  it('stamps a digest at the time of the clock, under a policy and a certificate that say it is a test', async () => {
    const { timestamp } = await open('2027-01-01T10:20:30.999Z');
    const digest = digestOf('content', 'sha256');
    const token = readTimestampToken(await timestamp(digest));
    expect(Buffer.from(token.imprint).toString('hex')).to.equal(digest.value);
    expect(token.productionTime.toISOString()).to.equal('2027-01-01T10:20:30.000Z');
    expect(token.policy).to.equal(testTimestampPolicy);
    const own = token.signedData.certificates.map((der) => new X509Certificate(der)).find(({ ca }) => !ca);
    expect(own?.subject)
      .to.contain('Trajno TEST timestamps – prove nothing to outsiders')
      .and.contain('ne dokazuje ništa');
    expect(own?.keyUsage).to.deep.equal(['1.3.6.1.5.5.7.3.8']); // node's name for extended key usage
  });

  it('has the same anchor as the test seal of the data folder', async () => {
    expect((await open()).anchor).to.deep.equal((await openTestSeal(folder, stoppedClock())).anchor);
  });

  it('grants requests of others, with their nonce', async () => {
    const { respond } = await open();
    const response = await respond(requestOf());
    expect(statusOf(response)).to.equal(0n);
    const token = readTimestampToken(response);
    const info = sequenceOf(decodeWholeAsn1(token.signedData.content ?? new Uint8Array()));
    expect(info.some((member) => Buffer.from(member.bytes).equals(integer(77)))).to.equal(true);
  });

  it('refuses another policy, a digest of the wrong length and what is no request', async () => {
    const { respond } = await open();
    expect(statusOf(await respond(requestOf({ policy: '1.2.3' })))).to.equal(2n);
    expect(statusOf(await respond(requestOf({ digest: new Uint8Array(20) })))).to.equal(2n);
    expect(statusOf(await respond(Buffer.from('GET / HTTP/1.1')))).to.equal(2n);
    expect(statusOf(await respond(requestOf({ policy: testTimestampPolicy })))).to.equal(0n);
  });

  it('never gives two tokens one serial number', async () => {
    const { timestamp } = await open();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => timestamp(digestOf('x', 'sha256'))));
    expect(new Set(tokens.map((token) => readTimestampToken(token).serial)).size).to.equal(20);
  });
});
