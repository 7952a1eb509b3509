import { verify, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import {
  cloudTimestamps,
  onlineMaterial,
  openSigningKey,
  type SigningKey,
  userSignatures,
} from '../../../../../src/archive/trust-services/index.ts';
import { checkedAddress } from '../../../../../src/archive/trust-services/signing-keys/cloud/service-request.ts';
import { ArchiveError, bytesReader } from '../../../../../src/base/index.ts';
import { type DigestSigner, octetsToSign, sealCades, sealPades } from '../../../../../src/standards/seals/index.ts';
import { validateDocument } from '../../../../../src/standards/signatures/index.ts';
import {
  type CloudFault,
  cloudClient,
  type ServedCredential,
  serveCloudSigning,
} from '../../../../support/cloud-signing-service.ts';
import { samplePdf } from '../../../../support/sample-pdf.ts';
import { type ServedToyPki, serveToyPki } from '../../../../support/toy-pki-server.ts';

const pin = '123456-пин';
const credentials: ServedCredential[] = [
  { id: 'rsa', key: 'rsa', name: 'Печат у облаку', pin, multisign: 4 },
  { id: 'ec', key: 'ecdsa', name: 'Pečat u oblaku EC', pin, scal: '1' },
  { id: 'pss', key: 'rsa', name: 'Печат PSS', mode: 'implicit', algorithms: ['1.2.840.113549.1.1.10'] },
  { id: 'off', key: 'rsa', name: 'Угашен', pin, status: 'disabled' },
  { id: 'revoked', key: 'rsa', name: 'Опозван', pin, certificateStatus: 'revoked' },
  { id: 'otp', key: 'rsa', name: 'Особа са OTP', pin, asksOtp: true },
  { id: 'person', key: 'ecdsa', name: 'Овлашћено лице', mode: 'oauth2code' },
];

describe('a key at a remote signing service (CSC API v2)', () => {
  let pki: ServedToyPki;
  let service: Awaited<ReturnType<typeof serveCloudSigning>>;
  let now: Date;
  before(async () => {
    pki = await serveToyPki({ clock: () => now });
    service = await serveCloudSigning(pki, credentials, () => now);
  });
  after(() => Promise.all([service?.close(), pki?.close()]));
  beforeEach(() => {
    now = pki.at;
    service.faults.clear();
    service.requests.length = 0;
    service.signedTogether.length = 0;
  });

  const client = (more: { secret?: string; limits?: { milliseconds?: number } } = {}) => ({
    url: service.url,
    clientId: cloudClient.clientId,
    clientSecret: async () => more.secret ?? cloudClient.clientSecret,
    limits: { milliseconds: 5_000, ...more.limits },
  });
  const open = (credentialId: string | undefined, more: Parameters<typeof client>[0] & { pin?: string } = {}) =>
    openSigningKey(
      {
        kind: 'cloud',
        ...client(more),
        pin: async () => more.pin ?? pin,
        certificates: [],
        ...(credentialId ? { credentialId } : {}),
      },
      () => now,
    );
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).to.be.instanceOf(ArchiveError);
    const said = JSON.stringify([error.message, error.stack, String(error.cause), error.cause?.stack]);
    expect(said).to.not.contain(pin).and.not.contain(cloudClient.clientSecret);
    return `${error.code} ${error.message}`;
  };
  const isGood = (key: SigningKey, text: Uint8Array, value: Uint8Array) =>
    verify('sha256', text, new X509Certificate(key.chain[0]).publicKey, value);

  for (const id of ['rsa', 'ec', 'pss'])
    it(`seals by “${id}”, with the chain that the service gives`, async () => {
      const key = await open(id);
      expect(key.chain).to.have.length(3);
      expect(key.isTest).to.equal(false);
      const pdf = await samplePdf();
      const document = Buffer.concat([pdf, await sealPades(bytesReader(pdf), key, { signingTime: now })]);
      const { signatures } = await validateDocument({
        document: bytesReader(document),
        name: 'a.pdf',
        contents: [],
        anchors: pki.anchors,
        validationTime: now,
        material: {
          certificates: [],
          crls: [await pki.crl(), await pki.crl({ issuer: pki.root })],
          ocspResponses: [],
        },
      });
      expect(signatures[0]?.indication).to.equal('TOTAL_PASSED');
    });

  it('signs what is asked for at the same time together, as many as the credential allows, each authorized for itself', async () => {
    const key = await open('rsa');
    const texts = Array.from({ length: 10 }, (_, index) => Buffer.from(`${index}`));
    const values = await Promise.all(texts.map((text) => key.sign(text)));
    for (const [index, value] of values.entries())
      expect(isGood(key, texts[index] ?? new Uint8Array(), value)).to.equal(true);
    expect(service.signedTogether).to.deep.equal([4, 4, 2]);
    expect(service.requests.filter((path) => path === 'credentials/authorize')).to.have.length(3);
  });

  it('asks for an access token once, again when it has ended, and again when it is refused', async () => {
    const key = await open('rsa');
    await key.sign(Buffer.from('a'));
    const asked = () => service.requests.filter((path) => path.endsWith('token')).length;
    expect(asked()).to.equal(1);
    now = new Date(pki.at.getTime() + 3_599_000);
    await key.sign(Buffer.from('b'));
    expect(asked()).to.equal(2);
    service.lifetimes.accessToken = 60; // shorter than the service says: it refuses one that seems good
    const short = await open('ec');
    service.lifetimes.accessToken = 3600;
    now = new Date(now.getTime() + 29_000);
    await short.sign(Buffer.from('c'));
    expect(asked()).to.be.within(3, 4);
  });

  it('finds the authorization server by its issuer’s metadata, unless they are of another one', async () => {
    service.metadata.byIssuer = true;
    const key = await open('rsa');
    expect(isGood(key, Buffer.from('a'), await key.sign(Buffer.from('a')))).to.equal(true);
    expect(service.requests).to.include('/.well-known/oauth-authorization-server/auth');
    service.metadata.wrongIssuer = true;
    expect(await refusal(open('rsa'))).to.match(/metadata/);
    Object.assign(service.metadata, { byIssuer: false, wrongIssuer: false });
  });

  it('refuses activation data that ends at once, and does not sign', async () => {
    const key = await open('rsa');
    service.lifetimes.activation = -1;
    expect(await refusal(key.sign(Buffer.from('a')))).to.match(/^SEAL_UNAVAILABLE .*SAD expired/);
    service.lifetimes.activation = 300;
    expect(isGood(key, Buffer.from('a'), await key.sign(Buffer.from('a')))).to.equal(true);
  });

  it('is refused with a wrong PIN, secret or credential, and one that is a person’s', async () => {
    expect(await refusal((await open('rsa', { pin: '0' })).sign(Buffer.from('a')))).to.match(/invalid_pin/);
    expect(await refusal(open('rsa', { secret: 'друга' }))).to.match(/401 invalid_client/);
    expect(await refusal(open('nema'))).to.match(/credentialID/);
    expect(await refusal(open('off'))).to.match(/disabled/);
    expect(await refusal(open('revoked'))).to.match(/revoked/);
    expect(await refusal(open('otp'))).to.match(/^USAGE .*one-time password/);
    expect(await refusal(open('person'))).to.match(/^USAGE .*person/);
    expect(await refusal(open(undefined))).to.match(/^USAGE .*several credentials/);
    expect(service.requests.filter((path) => path === 'credentials/list')).to.have.length(credentials.length);
  });

  const faults: Record<CloudFault, RegExp> = {
    redirects: /redirects/,
    endless: /larger than an answer/,
    hangs: /does not answer/,
    garbage: /no JSON object/,
    unavailable: /503 temporarily_unavailable Maintenance/,
    'another-signature': /no signature by the certificate/,
    'too-few': /another number of signatures/,
  };
  for (const [fault, reason] of Object.entries(faults))
    it(`finds a service that answers so: ${fault}`, async () => {
      const key = await open('rsa', { limits: { milliseconds: fault === 'endless' ? 5_000 : 400 } });
      service.faults.set('signatures/signHash', fault as CloudFault);
      expect(await refusal(key.sign(Buffer.from('a'))))
        .to.match(reason)
        .and.match(/^SEAL_UNAVAILABLE/);
      service.faults.clear();
      expect(isGood(key, Buffer.from('a'), await key.sign(Buffer.from('a')))).to.equal(true);
    });

  it('is asked over TLS alone, but for loopback', () => {
    for (const url of ['http://sign.example/csc/v2/', 'https://a:b@sign.example/', 'ftp://127.0.0.1/', 'sign.example'])
      expect(() => checkedAddress(url)).to.throw(ArchiveError, /https/);
    for (const url of ['https://sign.example/csc/v2/', 'http://127.0.0.1:8080/', 'http://[::1]/'])
      expect(checkedAddress(url)).to.equal(url);
  });

  it('stamps, by a token that is checked like any other', async () => {
    const clock = () => now;
    const trust = { clock, anchors: async () => pki.anchors, source: onlineMaterial(clock, undefined, () => true) };
    const imprint = { algorithm: 'SHA256', value: Buffer.alloc(32, 7) } as const;
    const { isTest, productionTime } = await cloudTimestamps(client(), trust).stamp(imprint);
    expect(isTest).to.equal(false);
    expect(productionTime).to.deep.equal(now);
    service.faults.set('signatures/timestamp', 'unavailable');
    const failure = await cloudTimestamps(client(), trust)
      .stamp(imprint)
      .catch((error) => error);
    expect(failure).to.deep.include({ name: 'AuthorityFailed', failure: 'UNREACHABLE' });
  });

  describe('as a person’s own signature', () => {
    const redirectUri = 'http://127.0.0.1/potpis';
    /** The person opens the address, agrees, and is sent back. */
    const agree = async (url: string) => {
      const { status, headers } = await fetch(url, { redirect: 'manual' });
      expect(status).to.equal(302);
      const back = new URL(headers.get('location') ?? '').searchParams;
      return { code: back.get('code') ?? '', state: back.get('state') ?? '' };
    };
    const signatures = () => userSignatures(client(), () => now);

    it('is authorized by the person for these octets, in two steps, and is good', async () => {
      const key = await signatures().credential('person');
      const content = bytesReader(Buffer.from('Потврда'));
      const pdf = await samplePdf();
      const makes: ((signer: DigestSigner) => Promise<Uint8Array>)[] = [
        (signer) => sealCades(content, signer, { detached: false, signingTime: now }),
        async (signer) =>
          Buffer.concat([pdf, await sealPades(bytesReader(pdf), signer, { signingTime: now, reason: 'Потврђујем' })]),
      ];
      for (const make of makes) {
        const begun = await signatures().begin('person', await octetsToSign(key, make), redirectUri);
        const value = await signatures().finish(begun, await agree(begun.url));
        await expectGood(await make({ ...key, sign: async () => value }));
      }
    });

    const expectGood = async (document: Uint8Array) => {
      const { signatures: found } = await validateDocument({
        document: bytesReader(document),
        name: 'a',
        contents: [],
        anchors: pki.anchors,
        validationTime: now,
        material: { certificates: [], crls: [await pki.crl(), await pki.crl({ issuer: pki.root })], ocspResponses: [] },
      });
      expect(found[0]?.indication).to.equal('TOTAL_PASSED');
    };

    it('is for nothing else: not for other octets, another session, a code used twice, or a code without its verifier', async () => {
      const begun = await signatures().begin('person', Buffer.from('a'), redirectUri);
      const answer = await agree(begun.url);
      expect(await refusal(signatures().finish(begun, { ...answer, state: 'друго' }))).to.match(/^NOT_AUTHORIZED/);
      const other = { ...begun, toBeSigned: Buffer.from('b') };
      expect(await refusal(signatures().finish(other, answer))).to.match(/not authorized by the SAD/);
      expect(await refusal(signatures().finish(begun, answer))).to.match(/invalid_grant/);
      const again = await signatures().begin('person', Buffer.from('a'), redirectUri);
      const stolen = { ...again, codeVerifier: 'another' };
      expect(await refusal(signatures().finish(stolen, await agree(again.url)))).to.match(/invalid_grant/);
    });
  });
});
