import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { FormatError } from '../../../../../src/base/index.ts';
import {
  isSelfSigned,
  isSignedBy,
  nameForPeople,
  readCertificate,
  readCertificates,
} from '../../../../../src/standards/formats/x509/index.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

describe('reading a certificate', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  it('gives what node:crypto gives', async () => {
    const [der] = (await pki.signer()).signer.chain;
    const mine = readCertificate(der);
    const theirs = new X509Certificate(der);
    expect(mine.serial).to.equal(BigInt(`0x${theirs.serialNumber}`));
    expect(mine.notBefore.getTime()).to.equal(Date.parse(theirs.validFrom));
    expect(mine.notAfter.getTime()).to.equal(Date.parse(theirs.validTo));
    expect(mine.sha256).to.equal(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(nameForPeople(mine.subject)).to.equal('Potpisnik Пробни');
  });

  it('tells who signed it', async () => {
    const signer = readCertificate((await pki.signer()).signer.chain[0]);
    const intermediate = readCertificate(pki.intermediate.signer.chain[0]);
    const root = readCertificate(pki.root.signer.chain[0]);
    expect(isSignedBy(signer, intermediate.publicKey)).to.equal(true);
    expect(isSignedBy(signer, root.publicKey)).to.equal(false);
    expect([isSelfSigned(root), isSelfSigned(intermediate)]).to.deep.equal([true, false]);
  });

  it('gives the same object for the same bytes', () => {
    const [der] = pki.root.signer.chain;
    expect(readCertificate(Buffer.from(der))).to.equal(readCertificate(der));
  });

  it('refuses what is none, and leaves it out of a list', () => {
    expect(() => readCertificate(Buffer.from('30030201', 'hex'))).to.throw(FormatError);
    expect(readCertificates([Buffer.from('none'), pki.root.signer.chain[0]])).to.have.length(1);
  });
});
