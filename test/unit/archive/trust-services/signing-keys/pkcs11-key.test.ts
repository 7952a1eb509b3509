import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { openSigningKey, type SigningKeySettings } from '../../../../../src/archive/trust-services/index.ts';
import { readPkcs11Uri } from '../../../../../src/archive/trust-services/signing-keys/pkcs11/pkcs11-uri.ts';
import { ArchiveError, bytesReader } from '../../../../../src/base/index.ts';
import { type DigestSigner, sealCades } from '../../../../../src/standards/seals/index.ts';
import { validateDocument } from '../../../../../src/standards/signatures/index.ts';
import { softToken, softTokenModule, softTokenPin } from '../../../../support/soft-token.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const kinds = ['rsa', 'ecdsa', 'ecdsa-p384'] as const;
const nameOf = (kind: string) => `Pečat ${kind}`;

describe('a key in a PKCS#11 token (SoftHSM2)', () => {
  let pki: ToyPki;
  let token: ReturnType<typeof softToken>;
  before(async function () {
    if (!existsSync(softTokenModule)) return this.skip();
    pki = await toyPki();
    token = softToken(kinds.map((key, index) => ({ key, name: nameOf(key), id: `0${index + 1}` })));
  });

  const settings = async (kind: (typeof kinds)[number], more: Partial<{ uri: string; pin: string }> = {}) => {
    const { signer } = await pki.signer({ key: kind, name: nameOf(kind) });
    return {
      kind: 'pkcs11',
      uri: more.uri ?? token.uri(nameOf(kind)),
      pin: async () => more.pin ?? softTokenPin,
      certificates: [...signer.chain, pki.intermediate.signer.chain[0], pki.root.signer.chain[0]],
    } as const;
  };
  const open = (given: SigningKeySettings) => openSigningKey(given, () => pki.at);
  const refusal = async (given: SigningKeySettings) => {
    const error = await open(given).then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).to.be.instanceOf(ArchiveError);
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).to.not.contain(softTokenPin);
    return `${error.code} ${error.message}`;
  };
  const verdictOf = async (signer: DigestSigner) => {
    const document = await sealCades(bytesReader(Buffer.from('Садржај')), signer, {
      detached: false,
      signingTime: pki.at,
    });
    const { signatures } = await validateDocument({
      document: bytesReader(document),
      name: 'a.p7m',
      contents: [],
      anchors: pki.anchors,
      validationTime: pki.at,
      material: {
        certificates: [],
        crls: [await pki.crl(), await pki.crl({ issuer: pki.root })],
        ocspResponses: [],
      },
    });
    return signatures[0]?.indication;
  };

  for (const kind of kinds)
    it(`seals by ${kind}, with the chain put together from the certificates given`, async () => {
      const key = await open(await settings(kind));
      expect(key.chain).to.have.length(3);
      expect(key.isTest).to.equal(false);
      expect(key.anchor?.pem).to.equal(pki.anchorPem);
      expect(await verdictOf(key)).to.equal('TOTAL_PASSED');
    });

  it('signs what is asked for at the same time, each with its own signature', async () => {
    const key = await open(await settings('ecdsa'));
    const texts = Array.from({ length: 20 }, (_, index) => Buffer.from(`${index}`));
    const values = await Promise.all(texts.map((text) => key.sign(text)));
    const publicKey = createPublicKey(
      new X509Certificate(key.chain[0]).publicKey.export({ type: 'spki', format: 'pem' }),
    );
    for (const [index, value] of values.entries())
      expect(verify('sha256', texts[index] ?? new Uint8Array(), publicKey, value)).to.equal(true);
  });

  it('opens its session again when it was ended, and when the token was drawn out and put back', async () => {
    const key = await open(await settings('rsa'));
    token.endSessions();
    expect(await verdictOf(key)).to.equal('TOTAL_PASSED');
    token.drawOut();
    const failure = await verdictOf(key).catch((error) => error);
    expect(failure).to.deep.include({ code: 'SEAL_UNAVAILABLE' });
    token.putBack();
    expect(await verdictOf(key)).to.equal('TOTAL_PASSED');
  });

  it('takes the certificate that lies beside the key before any other', async () => {
    const { signer } = await pki.signer({ key: 'ecdsa-p384', name: nameOf('ecdsa-p384') });
    const given = { ...(await settings('ecdsa-p384')), certificates: [] };
    expect(await refusal(given)).to.match(/^USAGE .*TRAJNO_SEAL_CERTIFICATES/);
    token.putCertificate(signer.chain[0], '03');
    const key = await open(given);
    expect(Buffer.from(key.chain[0]).equals(signer.chain[0])).to.equal(true);
  });

  it('that was made in the token and wants the PIN before each signature seals too, as those in cards do', async () => {
    const subjectPublicKeyInfo = token.generate('U kartici', '0c');
    const { signer } = await pki.signer({
      name: 'Картица',
      edit: (contents) => ({ ...contents, subjectPublicKeyInfo }),
    });
    const given = { ...(await settings('ecdsa')), uri: token.uri('U kartici'), certificates: [...signer.chain] };
    const key = await open(given);
    for (let count = 0; count < 3; count++) expect(await verdictOf(key)).to.equal('TOTAL_PASSED');
  });

  it('is refused with the certificate of another key, before anything is sealed', async () => {
    const other = await settings('ecdsa');
    const mixed = { ...other, uri: token.uri(nameOf('rsa')) };
    expect(await refusal(mixed)).to.match(/^SEAL_UNAVAILABLE /);
  });

  it('tries a PIN that was refused no second time, so that the token is not locked', async () => {
    const wrong = { ...(await settings('rsa')), pin: async () => '0000' };
    token.endSessions(); // who is logged in already is not asked
    for (let attempt = 0; attempt < 20; attempt++) expect(await refusal(wrong)).to.match(/refused the PIN/);
    expect(await verdictOf(await open(await settings('rsa')))).to.equal('TOTAL_PASSED');
  });

  it('is told apart from tokens, keys and modules that are not there', async () => {
    const uri = (text: string) => settings('rsa', { uri: text });
    const at = `module-path=${softTokenModule}`;
    expect(await refusal(await uri(`pkcs11:token=Nema;object=x?${at}`))).to.match(
      /^SEAL_UNAVAILABLE .*“Nema” is not there/,
    );
    expect(await refusal(await uri(token.uri('Nema')))).to.match(/^SEAL_UNAVAILABLE .*no such key/);
    expect(await refusal(await uri('pkcs11:token=a;object=x?module-path=/nema/ga.so'))).to.match(/^USAGE .*nema/);
  });
});

describe('a PKCS#11 URI', () => {
  it('names token, key and module (RFC 7512)', () => {
    const text = 'pkcs11:token=The%20Token;slot-id=7;object=%D0%9F;id=%01%ff?module-path=/usr/lib/a%20b.so';
    expect(readPkcs11Uri(text)).to.deep.equal({
      module: '/usr/lib/a b.so',
      token: 'The Token',
      slotId: 7,
      object: 'П',
      id: Buffer.from([1, 255]),
    });
  });

  it('is refused with a PIN in it, without a module, without a key', () => {
    for (const [text, reason] of [
      ['pkcs11:object=a?module-path=/a.so&pin-value=1234', /TRAJNO_SEAL_PIN/],
      ['pkcs11:object=a?module-path=/a.so&pin-source=file:/x', /TRAJNO_SEAL_PIN/],
      ['pkcs11:object=a', /module/],
      ['pkcs11:object=a?module-path=softhsm', /module/],
      ['pkcs11:token=a?module-path=/a.so', /object/],
      ['pkcs11:object=a;slot-id=x?module-path=/a.so', /number/],
    ] as const)
      expect(() => readPkcs11Uri(text)).to.throw(ArchiveError, reason);
  });
});
