import { expect } from 'chai';
import { encodeElement, encodeOid } from '../../../../../src/standards/formats/asn1/index.ts';
import { findRevoked, isCrlSignedBy, readCrl } from '../../../../../src/standards/formats/revocation/index.ts';
import { readCertificate } from '../../../../../src/standards/formats/x509/index.ts';
import { daysFrom } from '../../../../support/toy-certificates.ts';
import { toyPki } from '../../../../support/toy-pki.ts';

describe('a revocation list', () => {
  it('tells when and why a certificate was revoked, and of no other', async () => {
    const pki = await toyPki();
    const [revoked, good] = [await pki.signer(), await pki.signer()];
    pki.revoke(revoked, daysFrom(pki.at, -3), 'cessationOfOperation');
    const crl = readCrl(await pki.crl());
    const { subject, publicKey } = readCertificate(pki.intermediate.signer.chain[0]);
    expect(findRevoked(crl, subject, revoked.serialNumber)).to.deep.equal({
      revocationTime: new Date('2026-11-21T12:00:00.000Z'),
      reason: 5,
    });
    expect(findRevoked(crl, subject, good.serialNumber)).to.equal(undefined);
    expect(isCrlSignedBy(crl, publicKey)).to.equal(true);
    expect(isCrlSignedBy(crl, readCertificate(pki.root.signer.chain[0]).publicKey)).to.equal(false);
  });

  it('of 100,000 entries is read and searched in little time and memory', () => {
    const time = encodeElement(0x17, Buffer.from('260101000000Z'));
    const serialOf = (number: number) => {
      const octets = Buffer.alloc(5);
      octets.writeUIntBE(number, 1, 4);
      octets[0] = 1;
      return encodeElement(2, octets);
    };
    const entries = Array.from({ length: 100_000 }, (_, index) => encodeElement(0x30, serialOf(index), time));
    const algorithm = encodeElement(0x30, encodeOid('1.2.840.113549.1.1.11'), encodeElement(5));
    const name = encodeElement(0x30);
    const signed = encodeElement(
      0x30,
      encodeElement(2, Uint8Array.of(1)),
      algorithm,
      name,
      time,
      encodeElement(0x30, ...entries),
    );
    const crl = readCrl(encodeElement(0x30, signed, algorithm, encodeElement(3, Uint8Array.of(0))));
    const serial = 0x0100000000n + 99_999n;
    expect(findRevoked(crl, crl.issuer, serial)?.revocationTime.toISOString()).to.equal('2026-01-01T00:00:00.000Z');
    expect(findRevoked(crl, crl.issuer, 7n)).to.equal(undefined);
  });
});
