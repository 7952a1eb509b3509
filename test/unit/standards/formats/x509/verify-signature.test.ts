import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { expect } from 'chai';
import {
  type PublicKey,
  readPublicKey,
  type SignatureAlgorithm,
  verifySignature,
} from '../../../../../src/standards/formats/x509/index.ts';

const data = Buffer.from('што се потписује');
const keyOf = (key: KeyObject): PublicKey => readPublicKey(key.export({ format: 'der', type: 'spki' }));
const rsa: SignatureAlgorithm = { name: 'RSA_SHA256', scheme: 'RSA', digest: 'SHA256' };

describe('verifying a signature value', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = keyOf(publicKey);

  it('knows RSA PKCS#1', () => {
    const value = sign('sha256', data, privateKey);
    expect(verifySignature(rsa, key, data, value)).to.equal('good');
    expect(verifySignature(rsa, key, Buffer.from('other'), value)).to.equal('bad');
    expect(verifySignature(rsa, key, data, Buffer.from('short'))).to.equal('bad');
  });

  const digestInfo = (head: string) =>
    Buffer.concat([Buffer.from(head, 'hex'), createHash('sha256').update(data).digest()]);
  const opened = (info: Uint8Array) =>
    privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(info));

  it('accepts a DigestInfo without NULL, and no other variation (RFC 8017 9.2)', () => {
    expect(verifySignature(rsa, key, data, opened(digestInfo('302f300b06096086480165030402010420')))).to.equal('good');
    const trailing = Buffer.concat([digestInfo('302f300b06096086480165030402010420'), Buffer.from([0])]);
    expect(verifySignature(rsa, key, data, opened(trailing))).to.equal('bad');
    expect(verifySignature(rsa, key, data, opened(digestInfo('302f300b06096086480165030402020420')))).to.equal('bad');
  });

  it('knows RSA-PSS with the salt that is named', () => {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const value = sign('sha256', data, { key: privateKey, padding, saltLength: 32 });
    const pss = { name: 'PSS', scheme: 'RSA-PSS', digest: 'SHA256', saltLength: 32, maskDigest: 'SHA256' } as const;
    expect(verifySignature(pss, key, data, value)).to.equal('good');
    expect(verifySignature({ ...pss, saltLength: 20 }, key, data, value)).to.equal('bad');
    expect(verifySignature({ ...pss, maskDigest: 'SHA1' }, key, data, value)).to.equal('unsupported');
  });

  it('does not let a key that is kept for PSS verify PKCS#1', () => {
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    const value = sign('sha256', data, { key: pss.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING });
    expect(verifySignature(rsa, keyOf(pss.publicKey), data, value)).to.equal('unsupported');
  });

  it('tells ECDSA in DER from plain ECDSA, on Brainpool curves too', () => {
    for (const namedCurve of ['P-256', 'brainpoolP384r1']) {
      const pair = generateKeyPairSync('ec', { namedCurve });
      const ecdsa = { name: 'ECDSA', scheme: 'ECDSA', digest: 'SHA256' } as const;
      const plain = { ...ecdsa, scheme: 'PLAIN-ECDSA' } as const;
      const value = sign('sha256', data, pair.privateKey);
      expect(verifySignature(ecdsa, keyOf(pair.publicKey), data, value)).to.equal('good');
      expect(verifySignature(plain, keyOf(pair.publicKey), data, value)).to.equal('bad');
      const joined = sign('sha256', data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
      expect(verifySignature(plain, keyOf(pair.publicKey), data, joined)).to.equal('good');
    }
  });

  for (const kind of ['ed25519', 'ed448'] as const)
    it(`knows ${kind}`, () => {
      const pair = generateKeyPairSync(kind as 'ed25519');
      const algorithm = { name: kind.toUpperCase(), scheme: 'EdDSA' } as const;
      const value = sign(null, data, pair.privateKey);
      expect(verifySignature(algorithm, keyOf(pair.publicKey), data, value)).to.equal('good');
      expect(verifySignature(algorithm, keyOf(pair.publicKey), Buffer.from('x'), value)).to.equal('bad');
      expect(verifySignature(rsa, keyOf(pair.publicKey), data, value)).to.equal('unsupported');
    });
});
