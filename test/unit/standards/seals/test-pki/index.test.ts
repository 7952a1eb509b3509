import { createHash, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../../src/base/index.ts';
import {
  findRevoked,
  isCrlSignedBy,
  isOcspSignedBy,
  readCrl,
  readOcspResponse,
  singleResponseFor,
} from '../../../../../src/standards/formats/revocation/index.ts';
import { readTimestampToken } from '../../../../../src/standards/formats/tsp/index.ts';
import { isSignedBy, readCertificate } from '../../../../../src/standards/formats/x509/index.ts';
import {
  type CertificateHolder,
  certify,
  readTimestampRequest,
  refusedTimestamp,
} from '../../../../../src/standards/seals/index.ts';
import { type ToyKeyKind, toyKey } from '../../../../support/toy-keys.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const certificateOf = ({ signer }: CertificateHolder) => readCertificate(signer.chain[0]);

describe('the test PKI', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  const kinds: ToyKeyKind[] = [
    'rsa',
    'rsa-pss',
    'rsa-pss-key',
    'ecdsa',
    'ecdsa-p521',
    'ecdsa-brainpool',
    'ed25519',
    'ed448',
  ];
  for (const key of kinds) {
    it(`issues certificates that OpenSSL and our own reader verify, from and to a key of kind ${key}`, async () => {
      const authority = await pki.authority({ key, name: `Authority ${key}` });
      const holder = await pki.signer({ key, name: `Signer ${key}`, issuer: authority });
      const [own, issuer] = [holder, authority].map(({ signer }) => new X509Certificate(signer.chain[0]));
      expect(issuer && own?.checkIssued(issuer) && own.verify(issuer.publicKey)).to.equal(true);
      expect(isSignedBy(certificateOf(holder), certificateOf(authority).publicKey)).to.equal(true);
    });
  }

  it('says in a certificate what it was told, and nothing of its own', async () => {
    const holder = await certify({
      profile: 'timestamps',
      subject: { C: 'RS', O: 'Орган', CN: 'Žig' },
      privateKey: toyKey('ecdsa', 'x'),
      serialNumber: 2n ** 127n + 5n,
      notBefore: new Date('1949-12-31T23:59:59Z'),
      notAfter: new Date('2050-01-01T00:00:00Z'),
    });
    const certificate = certificateOf(holder);
    expect(certificate.serial).to.equal(2n ** 127n + 5n);
    expect(certificate.notBefore.toISOString()).to.equal('1949-12-31T23:59:59.000Z');
    expect(certificate.notAfter.toISOString()).to.equal('2050-01-01T00:00:00.000Z');
    expect(new X509Certificate(certificate.der).subject).to.equal('C=RS\nO=Орган\nCN=Žig');
    expect(certificate.extendedKeyUsage).to.deep.equal(['1.3.6.1.5.5.7.3.8']);
    expect(certificate.extensions.get('2.5.29.37')?.critical).to.equal(true);
    expect(certificate.keyUsage).to.deep.equal(['digitalSignature']);
    expect([...certificate.extensions.keys()].sort()).to.deep.equal([
      '2.5.29.14',
      '2.5.29.15',
      '2.5.29.19',
      '2.5.29.37',
    ]);
  });

  it('lists in CRLs who was revoked, when and why', async () => {
    const revoked = await pki.signer({ name: 'Opozvan' });
    const when = new Date('2026-10-01T10:00:00Z');
    pki.revoke(revoked, when, 'superseded');
    const crl = readCrl(await pki.crl());
    const issuer = certificateOf(pki.intermediate);
    expect(isCrlSignedBy(crl, issuer.publicKey)).to.equal(true);
    expect(findRevoked(crl, issuer.subject, revoked.serialNumber)).to.deep.include({ revocationTime: when, reason: 4 });
    expect(findRevoked(crl, issuer.subject, 7n)).to.equal(undefined);
    expect(isCrlSignedBy(readCrl(await pki.crl({ fault: 'wrong-signer' })), issuer.publicKey)).to.equal(false);
    expect(isCrlSignedBy(readCrl(await pki.crl({ fault: 'broken-signature' })), issuer.publicKey)).to.equal(false);
  });

  it('answers OCSP for good, revoked and unknown certificates, signed by the delegated responder', async () => {
    const asked = await pki.signer({ name: 'Pitan' });
    const [certificate, issuer] = [asked, pki.intermediate].map(certificateOf);
    const ask = async (options?: Parameters<ToyPki['ocsp']>[1]) => readOcspResponse(await pki.ocsp(asked, options));
    const single = async (options?: Parameters<ToyPki['ocsp']>[1]) => {
      if (!certificate || !issuer) throw new Error('no certificate');
      return singleResponseFor(await ask(options), certificate, issuer);
    };
    expect((await single())?.status).to.equal('good');
    expect((await single({ status: { status: 'unknown' } }))?.status).to.equal('unknown');
    const revocationTime = new Date('2026-11-01T00:00:00Z');
    pki.revoke(asked, revocationTime, 'keyCompromise');
    expect(await single()).to.deep.include({ status: 'revoked', revocationTime, reason: 1 });
    const { publicKey } = certificateOf(pki.statusResponder);
    expect(isOcspSignedBy(await ask(), publicKey)).to.equal(true);
    expect(isOcspSignedBy(await ask({ fault: 'broken-signature' }), publicKey)).to.equal(false);
    expect(isOcspSignedBy(await ask({ fault: 'wrong-signer' }), publicKey)).to.equal(false);
  });

  it('stamps the digest it is given, at the time it is told, to the millisecond', async () => {
    const value = createHash('sha256').update('content').digest('hex');
    const token = await pki.timestamps({ at: new Date('2026-01-02T03:04:05.120Z') })({ algorithm: 'sha256', value });
    const read = readTimestampToken(token);
    expect(Buffer.from(read.imprint).toString('hex')).to.equal(value);
    expect(read.productionTime.toISOString()).to.equal('2026-01-02T03:04:05.120Z');
    const wrong = readTimestampToken(await pki.timestamps({ fault: 'wrong-imprint' })({ algorithm: 'sha256', value }));
    expect(Buffer.from(wrong.imprint).toString('hex')).to.not.equal(value);
  });

  it('gives the same bytes for the same request where the issuer signs by RSA', async () => {
    const request = {
      profile: 'authority',
      subject: { CN: 'Isto' },
      privateKey: toyKey('rsa', 'same'),
      serialNumber: 1n,
      notBefore: pki.at,
      notAfter: pki.at,
    } as const;
    const [one, other] = await Promise.all([certify(request), certify(request)]);
    expect(Buffer.from(one.signer.chain[0]).equals(other.signer.chain[0])).to.equal(true);
  });
});

describe('reading a time-stamp request', () => {
  it('gives a request or a FormatError for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readTimestampRequest(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
    );
  });

  it('refuses a request that is longer than any, before looking into it', () => {
    expect(() => readTimestampRequest(new Uint8Array(1 << 20).fill(0x30))).to.throw(FormatError);
  });

  it('is refused with a sentence in UTF-8', () => {
    expect(Buffer.from(refusedTimestamp('badRequest', 'није захтев')).includes(Buffer.from('није захтев'))).to.equal(
      true,
    );
  });
});
