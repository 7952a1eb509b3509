import { createHash, createHmac, createPublicKey } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader } from '../../../../../src/base/index.ts';
import type { CertificateHolder } from '../../../../../src/standards/seals/index.ts';
import {
  type DetachedContent,
  type SignatureReport,
  type ValidationRequest,
  validateDocument,
} from '../../../../../src/standards/signatures/index.ts';
import {
  base64url,
  compact,
  flattened,
  general,
  type JwsParts,
  jwsParts,
  type SignedJwsOptions,
  samplePayload,
  withArchiveTimestamp,
  withComponent,
  withMaterial,
  withSignatureTimestamp,
} from '../../../../support/signed-jws.ts';
import { daysFrom } from '../../../../support/toy-certificates.ts';
import type { ToyKeyKind } from '../../../../support/toy-keys.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const s256 = (octets: Uint8Array | string) => createHash('sha256').update(octets).digest();
const mechanism = (name: string) => `http://uri.etsi.org/19182/${name}`;

describe('a JWS document', () => {
  let pki: ToyPki;
  let signer: CertificateHolder;
  let crls: Uint8Array[];

  before(async () => {
    pki = await toyPki();
    signer = await pki.signer();
    crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
  });

  const report = (document: Uint8Array, request: Partial<ValidationRequest> = {}) =>
    validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents: [],
      anchors: pki.anchors,
      validationTime: pki.at,
      material: { crls },
      ...request,
    });

  async function first(document: Uint8Array, contents: readonly DetachedContent[] = []): Promise<SignatureReport> {
    const { container, signatures } = await report(document, { contents });
    expect(container).to.equal('JWS');
    expect(signatures).to.have.length.above(0);
    return signatures[0] as SignatureReport;
  }

  const verdict = ({ indication, subIndication }: SignatureReport) =>
    subIndication ? `${indication}/${subIndication}` : indication;
  const parts = (options: Partial<SignedJwsOptions> = {}) => jwsParts({ pki, signer, ...options });
  const content = (octets: Uint8Array, name?: string): DetachedContent => ({
    reader: bytesReader(octets),
    ...(name ? { name } : {}),
  });

  describe('in its serializations', () => {
    for (const [name, written] of Object.entries({ compact, flattened, general }))
      it(`passes in the ${name} one`, async () => {
        const signature = await first(written(await parts()));
        expect(verdict(signature)).to.equal('TOTAL_PASSED');
        expect(signature).to.include({ format: 'JAdES-BASELINE-B', intact: true, valid: true });
        expect(signature.scopes).to.deep.equal([{ scope: 'FULL', name: 'JWS payload' }]);
      });

    it('has each signature with headers of its own', async () => {
      const other = await pki.signer({ name: 'Drugi', key: 'rsa' });
      const { signatures } = await report(general(await parts(), await parts({ signer: other })));
      expect(signatures.map(({ signatureAlg, indication }) => `${signatureAlg} ${indication}`)).to.deep.equal([
        'ECDSA_SHA256 TOTAL_PASSED',
        'RSA_SHA256 TOTAL_PASSED',
      ]);
    });

    it('is found behind other members and a long payload', async () => {
      const long = await parts({ payload: Buffer.alloc(300_000, 'a') });
      const document = flattened(long, ({ payload, ...rest }) => ({ note: 'наша', payload, ...rest }));
      expect(verdict(await first(document))).to.equal('TOTAL_PASSED');
    });

    it('is found with a header longer than what is looked at', async () => {
      const document = compact(await parts({ header: (header) => ({ ...header, note: 'x'.repeat(80_000) }) }));
      expect(verdict(await first(document))).to.equal('TOTAL_PASSED');
    });

    it('may end in a line end', async () => {
      const document = Buffer.concat([compact(await parts()), Buffer.from('\n')]);
      expect(verdict(await first(document))).to.equal('TOTAL_PASSED');
    });

    for (const [name, text] of Object.entries({
      'a JWE of five parts': 'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d',
      'JSON without signatures': '{"payload":"e30"}',
      'JSON that speaks of signatures': '{"note":{"signature":"x","protected":"y"}}',
    }))
      it(`is none where it is ${name}`, async () => {
        const { container, signatures, error } = await report(Buffer.from(text));
        expect({ container, signatures, error }).to.deep.equal({ container: 'none', signatures: [], error: undefined });
      });

    it('with a member name twice is broken, since readers choose differently', async () => {
      const text = Buffer.from(flattened(await parts()))
        .toString()
        .replace('{', '{"payload":"e30",');
      expect((await report(Buffer.from(text))).error?.code).to.equal('DOCUMENT_BROKEN');
    });

    it('with a signature beside signatures is broken', async () => {
      const document = flattened(await parts(), (jws) => ({ ...jws, signatures: [] }));
      expect((await report(document)).error?.code).to.equal('DOCUMENT_BROKEN');
    });

    it('with more signatures than 500 is broken', async () => {
      const one = await parts();
      expect((await report(general(...Array.from({ length: 501 }, () => one)))).error?.code).to.equal(
        'DOCUMENT_BROKEN',
      );
    });
  });

  describe('by its algorithm', () => {
    const expected: Partial<Record<ToyKeyKind, string>> = {
      ecdsa: 'ECDSA_SHA256',
      'ecdsa-p384': 'ECDSA_SHA384',
      'ecdsa-p521': 'ECDSA_SHA512',
      rsa: 'RSA_SHA256',
      'rsa-sha512': 'RSA_SHA512',
      'rsa-pss': 'RSA_SSA_PSS_SHA256_MGF1',
      ed25519: 'EDDSA',
      ed448: 'EDDSA',
    };
    for (const [key, name] of Object.entries(expected))
      it(`is verified with a key of kind ${key}`, async () => {
        const holder = await pki.signer({ name: `Ključ ${key}`, key: key as ToyKeyKind });
        expect(await first(compact(await parts({ signer: holder })))).to.include({ intact: true, signatureAlg: name });
      });

    for (const alg of ['none', 'HS256', 'RS1', 'toString', 'dir'])
      it(`never passes with alg ${alg}`, async () => {
        const signature = await first(compact(await parts({ header: (header) => ({ ...header, alg }) })));
        expect(verdict(signature)).to.equal('TOTAL_FAILED/SIG_CRYPTO_FAILURE');
        expect(signature).to.include({ reasonCode: 'ALGORITHM_UNSUPPORTED', intact: false, valid: false });
      });

    it('never takes a public key for a shared secret', async () => {
      const jws = await parts({ header: (header) => ({ ...header, alg: 'HS256' }) });
      const secret = createPublicKey(signer.publicKey.export({ type: 'spki', format: 'pem' }));
      const hmac = createHmac('sha256', secret.export({ type: 'spki', format: 'pem' }));
      const signature = hmac.update(`${jws.protected}.${jws.payload}`).digest('base64url');
      expect(verdict(await first(compact({ ...jws, signature })))).to.equal('TOTAL_FAILED/SIG_CRYPTO_FAILURE');
    });

    it('is bound to the curve that the name stands for (RFC 7518 3.4)', async () => {
      const holder = await pki.signer({ name: 'Druga kriva', key: 'ecdsa-brainpool' });
      const signature = await first(compact(await parts({ signer: holder })));
      expect(verdict(signature)).to.equal('TOTAL_FAILED/HASH_FAILURE');
    });

    it('has r and s side by side, not in DER (RFC 7518 3.4)', async () => {
      const jws = await parts();
      const der = await signer.signer.sign(Buffer.from(`${jws.protected}.${jws.payload}`));
      const signature = await first(compact({ ...jws, signature: base64url(der) }));
      expect(verdict(signature)).to.equal('TOTAL_FAILED/HASH_FAILURE');
    });

    it('must be in the protected header', async () => {
      const jws = await parts({ header: ({ alg: _, ...rest }) => rest });
      const document = flattened(jws, (members) => ({ ...members, header: { alg: 'ES256' } }));
      expect(verdict(await first(document))).to.equal('TOTAL_FAILED/SIG_CRYPTO_FAILURE');
    });
  });

  describe('changed after signing', () => {
    const changes: Readonly<Record<string, (jws: JwsParts) => Partial<JwsParts>>> = {
      'a payload': () => ({ payload: base64url('{"износ":9200}') }),
      'a protected header': (jws) => ({
        protected: base64url(Buffer.from(jws.protected, 'base64url').toString().replace('"alg"', '"cty":"json","alg"')),
      }),
      'a signature value': ({ signature }) => ({
        signature: `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      }),
      'a shortened signature value': ({ signature }) => ({
        signature: base64url(Buffer.from(signature, 'base64url').subarray(1)),
      }),
    };
    for (const [name, change] of Object.entries(changes))
      it(`fails for ${name}`, async () => {
        const jws = await parts();
        const signature = await first(flattened({ ...jws, ...change(jws) }));
        expect(verdict(signature)).to.equal('TOTAL_FAILED/HASH_FAILURE');
        expect(signature.reasonCode).to.equal('SIGNATURE_VALUE_WRONG');
      });

    const breaks: Readonly<Record<string, (jws: JwsParts) => Partial<JwsParts>>> = {
      'padding after the signature value': ({ signature }) => ({ signature: `${signature}==` }),
      'a payload that is no base64url': ({ payload }) => ({ payload: `${payload}+` }),
      'a protected header that is no object': () => ({ protected: base64url('[]') }),
      'a member name twice in the protected header': () => ({ protected: base64url('{"alg":"ES256","alg":"none"}') }),
    };
    for (const [name, change] of Object.entries(breaks))
      it(`is no JWS with ${name}`, async () => {
        const jws = await parts();
        const signature = await first(flattened({ ...jws, ...change(jws) }));
        expect(verdict(signature)).to.equal('TOTAL_FAILED/FORMAT_FAILURE');
      });

    it('is no JWS with a parameter in both headers (RFC 7515 4)', async () => {
      const document = flattened(await parts(), (members) => ({ ...members, header: { alg: 'ES256' } }));
      expect(verdict(await first(document))).to.equal('TOTAL_FAILED/FORMAT_FAILURE');
    });
  });

  describe('naming its signing certificate', () => {
    const own = () => signer.signer.chain[0];
    const without = ({ 'x5t#S256': _, ...header }: Record<string, unknown>) => header;

    it('passes by x5t#o and by sigX5ts', async () => {
      const reference = { digAlg: 'S512', digVal: base64url(createHash('sha512').update(own()).digest()) };
      const issuer = { digAlg: 'S256', digVal: base64url(s256(pki.intermediate.signer.chain[0])) };
      for (const more of [{ 'x5t#o': reference }, { sigX5ts: [reference, issuer] }]) {
        const signature = await first(compact(await parts({ header: (header) => ({ ...without(header), ...more }) })));
        expect(verdict(signature)).to.equal('TOTAL_PASSED');
        expect(signature.format).to.equal('JAdES-BASELINE-B');
      }
    });

    it('passes without a reference, by the first of x5c, and is then no JAdES', async () => {
      const signature = await first(compact(await parts({ header: without })));
      expect(verdict(signature)).to.equal('TOTAL_PASSED');
      expect(signature.format).to.equal('JSON-NOT-ETSI');
    });

    it('is undecided where it names another', async () => {
      const header = (usual: Record<string, unknown>) => ({ ...usual, 'x5t#S256': base64url(s256('another')) });
      const signature = await first(compact(await parts({ header })));
      expect(verdict(signature)).to.equal('INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND');
      expect(signature.reasonCode).to.equal('SIGNING_CERTIFICATE_DIFFERS');
    });

    it('is undecided with a bare key: nobody says whose it is', async () => {
      const jwk = signer.publicKey.export({ format: 'jwk' });
      const header = ({ x5c: _, ...usual }: Record<string, unknown>) => ({ ...without(usual), jwk });
      const signature = await first(compact(await parts({ header })));
      expect(verdict(signature)).to.equal('INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND');
    });

    it('passes with a certificate among the unsigned components', async () => {
      const header = ({ x5c: _, ...usual }: Record<string, unknown>) => usual;
      const jws = withMaterial(await parts({ header }), { certificates: signer.signer.chain, crls });
      expect(verdict(await first(flattened(jws)))).to.equal('TOTAL_PASSED');
    });
  });

  describe('with critical header parameters', () => {
    const cases: Readonly<Record<string, Record<string, unknown>>> = {
      'is not understood': { crit: ['http://example.com/x'], 'http://example.com/x': true },
      'is not there': { crit: ['sigPl'] },
      'is one of RFC 7515': { crit: ['alg'] },
      'stands twice': { crit: ['iat', 'iat'] },
      'is no name': { crit: [['iat']] },
      'would end its validity, which is not judged': { crit: ['exp'], exp: 1 },
    };
    for (const [name, more] of Object.entries(cases))
      it(`never passes where one ${name} (RFC 7515 4.1.11)`, async () => {
        const signature = await first(compact(await parts({ header: (header) => ({ ...header, ...more }) })));
        expect(verdict(signature)).to.equal('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
      });

    for (const crit of [[], 'iat', { iat: true }, null])
      it(`never passes where crit is ${JSON.stringify(crit)}`, async () => {
        const signature = await first(compact(await parts({ header: (header) => ({ ...header, crit }) })));
        expect(verdict(signature)).to.equal('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
      });

    it('never passes where b64 is not critical (RFC 7797 6)', async () => {
      const header = ({ crit: _, ...usual }: Record<string, unknown>) => usual;
      const signature = await first(flattened(await parts({ unencoded: true, header })));
      expect(verdict(signature)).to.equal('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
    });

    it('passes where they are understood', async () => {
      const header = (usual: Record<string, unknown>) => ({
        ...usual,
        sigPl: { addressCountry: 'RS' },
        crit: ['sigPl'],
      });
      expect(verdict(await first(compact(await parts({ header }))))).to.equal('TOTAL_PASSED');
    });
  });

  describe('claiming a time', () => {
    const timed = async (more: Record<string, unknown>) =>
      first(compact(await parts({ header: ({ iat: _, ...header }) => ({ ...header, ...more }) })));

    it('has it from sigT, in signatures from before 2025-05-15', async () => {
      const signature = await timed({ sigT: '2026-11-24T12:00:00Z' });
      expect(signature).to.include({ claimedSigningTime: '2026-11-24T12:00:00Z', format: 'JSON-NOT-ETSI' });
      expect(verdict(signature)).to.equal('TOTAL_PASSED');
    });

    for (const [name, more] of Object.entries({
      none: {},
      'both iat and sigT': { iat: 1795521600, sigT: '2026-11-24T12:00:00Z' },
      'a sigT that is no time': { sigT: '24.11.2026.' },
      'an iat of half a second': { iat: 1795521600.5 },
      'an iat beyond all time': { iat: 1e300 },
    }))
      it(`lacks it with ${name}`, async () => {
        const signature = await timed(more);
        expect(signature.claimedSigningTime).to.equal(undefined);
        expect(verdict(signature)).to.equal('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
      });
  });

  describe('with its payload elsewhere', () => {
    const detached = (jws: JwsParts) => compact({ ...jws, payload: '' });

    it('passes with it, and is undecided without', async () => {
      const document = detached(await parts());
      expect(verdict(await first(document, [content(samplePayload, 'račun.json')]))).to.equal('TOTAL_PASSED');
      expect(verdict(await first(document))).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
      expect(verdict(await first(document, [content(Buffer.from('{}'))]))).to.equal('TOTAL_FAILED/HASH_FAILURE');
    });

    it('passes as it is, not in base64url (RFC 7797)', async () => {
      const jws = await parts({ unencoded: true });
      expect(verdict(await first(flattened(jws)))).to.equal('TOTAL_PASSED');
      expect(verdict(await first(detached(jws), [content(samplePayload)]))).to.equal('TOTAL_PASSED');
    });

    const bySigD = (sigD: unknown, signed: string, unencoded = false) =>
      parts({
        signed,
        header: (header) => ({
          ...header,
          ...(unencoded ? { b64: false } : {}),
          sigD,
          crit: ['sigD', ...(unencoded ? ['b64'] : [])],
        }),
      });
    const [one, other] = [Buffer.from('први'), Buffer.from('други лист')];
    const named = [content(one, 'prvi.txt'), content(other, 'drugi list.txt')];
    const pars = ['prvi.txt', 'drugi%20list.txt'];

    for (const unencoded of [false, true]) {
      const written = (octets: Uint8Array) => (unencoded ? Buffer.from(octets).toString() : base64url(octets));

      it(`passes by ObjectIdByURI, ${unencoded ? 'unencoded' : 'encoded'}`, async () => {
        const sigD = { mId: mechanism('ObjectIdByURI'), pars };
        const document = detached(await bySigD(sigD, written(one) + written(other), unencoded));
        const signature = await first(document, [...named].reverse());
        expect(verdict(signature)).to.equal('TOTAL_PASSED');
        expect(signature.scopes.map(({ name }) => name)).to.deep.equal(['prvi.txt', 'drugi list.txt']);
        expect(verdict(await first(document, named.slice(1)))).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
        const changed = [content(other, 'prvi.txt'), content(one, 'drugi list.txt')];
        expect(verdict(await first(document, changed))).to.equal('TOTAL_FAILED/HASH_FAILURE');
      });

      it(`passes by ObjectIdByURIHash, ${unencoded ? 'unencoded' : 'encoded'}`, async () => {
        const hashV = [one, other].map((octets) => base64url(s256(written(octets))));
        const sigD = { mId: mechanism('ObjectIdByURIHash'), pars, hashM: 'S256', hashV };
        const document = detached(await bySigD(sigD, '', unencoded));
        expect(verdict(await first(document, named))).to.equal('TOTAL_PASSED');
        expect(verdict(await first(document, named.slice(1)))).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
        const changed = [content(other, 'prvi.txt'), ...named.slice(1)];
        expect(verdict(await first(document, changed))).to.equal('TOTAL_FAILED/HASH_FAILURE');
      });
    }

    it('passes by a digest of what cannot be had', async () => {
      const hashV = [base64url(s256(one))];
      const sigD = { mId: mechanism('ObjectIdByURIHash'), pars: ['prvi.txt'], hashM: 'S256', hashV };
      const digests = [{ algorithm: 'sha256', value: s256(one).toString('hex') }];
      const signature = await first(detached(await bySigD(sigD, '', true)), [{ digests }]);
      expect(verdict(signature)).to.equal('TOTAL_PASSED');
      expect(signature.scopes[0]?.scope).to.equal('DIGEST');
    });

    for (const [name, more] of Object.entries({
      'names more data objects than digests': { hashV: [] },
      'names an unknown digest algorithm': { hashM: 'S257' },
      'names nothing': { pars: [], hashV: [] },
      'has an unknown mechanism': { mId: mechanism('Telepathy') },
    }))
      it(`is undecided where sigD ${name}`, async () => {
        const hashV = [base64url(s256(one))];
        const sigD = { mId: mechanism('ObjectIdByURIHash'), pars: ['prvi.txt'], hashM: 'S256', hashV, ...more };
        const signature = await first(detached(await bySigD(sigD, '', true)), [content(one, 'prvi.txt')]);
        expect(verdict(signature)).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
      });

    it('is no JAdES with sigD beside a payload (TS 119 182-1 5.2.8.1)', async () => {
      const jws = await bySigD({ mId: mechanism('ObjectIdByURI'), pars }, base64url(samplePayload));
      expect(verdict(await first(compact(jws), named))).to.equal('TOTAL_FAILED/FORMAT_FAILURE');
    });

    describe('in an HTTP message', () => {
      const body = Buffer.from('{"износ":1200}');
      const digest = `SHA-256=${s256(body).toString('base64')}`;
      const fields = [
        content(Buffer.from(' application/json '), 'Content-Type'),
        content(Buffer.from('a'), 'X-Broj'),
        content(Buffer.from('b'), 'x-broj'),
      ];
      const lines = `content-type: application/json\nx-broj: a, b\ndigest: ${digest}`;
      const sigD = { mId: mechanism('HttpHeaders'), pars: ['content-type', 'x-broj', 'digest'] };
      const message = async () => detached(await bySigD(sigD, lines, true));

      it('passes with its fields and its body', async () =>
        expect(verdict(await first(await message(), [...fields, content(body, 'telo.json')]))).to.equal(
          'TOTAL_PASSED',
        ));

      it('passes with the digest of its body as a field', async () =>
        expect(verdict(await first(await message(), [...fields, content(Buffer.from(digest), 'Digest')]))).to.equal(
          'TOTAL_PASSED',
        ));

      it('fails with another body, and is undecided where the digest field is right and the body is not', async () => {
        const other = content(Buffer.from('{"износ":9200}'), 'telo.json');
        expect(verdict(await first(await message(), [...fields, other]))).to.equal('TOTAL_FAILED/HASH_FAILURE');
        const contents = [...fields, content(Buffer.from(digest), 'Digest'), other];
        expect(verdict(await first(await message(), contents))).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
      });

      it('is undecided without one of its fields', async () =>
        expect(verdict(await first(await message(), fields.slice(1)))).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND'));
    });
  });

  describe('with unsigned components', () => {
    const material = () => ({ certificates: [pki.root.signer.chain[0]], crls });
    const stamped = async (options: Partial<SignedJwsOptions> = {}) =>
      withSignatureTimestamp(await parts(options), pki.timestamps());
    const later = (days: number) => pki.timestamps({ at: daysFrom(pki.at, days) });

    it('is of level T, LT and LTA as it carries them', async () => {
      const t = await stamped();
      const lt = withMaterial(t, material());
      const lta = await withArchiveTimestamp(lt, pki.timestamps());
      for (const [jws, format, expected] of [
        [t, 'JAdES-BASELINE-T', 'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE'],
        [lt, 'JAdES-BASELINE-LT', 'TOTAL_PASSED'],
        [lta, 'JAdES-BASELINE-LTA', 'TOTAL_PASSED'],
      ] as const) {
        const { signatures } = await report(flattened(jws), { material: {} });
        expect(signatures.map((one) => [one.format, verdict(one)])).to.deep.equal([[format, expected]]);
        expect(signatures[0]?.timestamps.every(({ imprintIntact }) => imprintIntact)).to.equal(true);
      }
    });

    it('passes years later by its archive time-stamp', async () => {
      const lta = await withArchiveTimestamp(withMaterial(await stamped(), material()), later(300));
      const [signature] = (await report(flattened(lta), { validationTime: daysFrom(pki.at, 360), material: {} }))
        .signatures;
      expect(signature?.bestSignatureTime).to.equal('2026-11-24T12:00:00Z');
    });

    it('is archived in the clear, in a canonical form (RFC 8785) or as it stands', async () => {
      const clear = withComponent(await parts(), { sigPSt: { b: 1, a: 'é' } }, 'clear');
      const forms = {
        'http://json-canonicalization.org/algorithm': '{"sigPSt":{"a":"é","b":1}}',
        '': '{"sigPSt":{"b":1,"a":"é"}}',
      };
      for (const [canonAlg, text] of Object.entries(forms)) {
        const options = { ...(canonAlg ? { canonAlg } : {}), entries: () => text };
        const signature = await first(flattened(await withArchiveTimestamp(clear, pki.timestamps(), options)));
        expect(signature.timestamps[0]).to.include({ type: 'ARCHIVE_TIMESTAMP', imprintIntact: true });
      }
      const unknown = { canonAlg: 'http://example.com/c', entries: () => '' };
      const signature = await first(flattened(await withArchiveTimestamp(clear, pki.timestamps(), unknown)));
      expect(signature.timestamps[0]).to.include({ imprintFound: false });
    });

    it('has archive time-stamps that fail when a component before them was changed', async () => {
      const lta = await withArchiveTimestamp(withMaterial(await stamped(), material()), pki.timestamps());
      const [, ...rest] = lta.header.etsiU;
      const changed = { ...lta, header: { etsiU: [base64url('{"sigPSt":{}}'), ...rest] } };
      const { timestamps } = await first(flattened(changed));
      expect(timestamps.map(({ type, indication, subIndication }) => [type, indication, subIndication])).to.deep.equal([
        ['ARCHIVE_TIMESTAMP', 'FAILED', 'HASH_FAILURE'],
      ]);
    });

    it('gets no proof from the time-stamp of another signature', async () => {
      const early = pki.timestamps({ at: daysFrom(pki.at, -30) });
      const good = await withSignatureTimestamp(await parts({ signer: await pki.signer({ name: 'Prvi' }) }), early);
      const copied = { ...(await parts()), header: good.header };
      const { signatures } = await report(general(good, copied));
      expect(signatures.map(({ bestSignatureTime }) => bestSignatureTime)).to.deep.equal([
        '2026-10-25T12:00:00Z',
        '2026-11-24T12:00:00Z',
      ]);
      expect(signatures[1]?.timestamps[0]).to.include({ indication: 'FAILED', imprintIntact: false });
    });

    it('passes over what is no component', async () => {
      for (const etsiU of ['text', [1, null, 'no base64url!', { a: 1, b: 2 }, []], { sigTst: {} }]) {
        const document = flattened(await parts(), (jws) => ({ ...jws, header: { etsiU } }));
        const signature = await first(document);
        expect([verdict(signature), signature.format]).to.deep.equal(['TOTAL_PASSED', 'JAdES-BASELINE-B']);
      }
    });
  });

  describe('with counter-signatures', () => {
    const countered = async (counter: JwsParts, parent: JwsParts, form: 'compact' | 'object') => {
      const { header: _, ...members } = counter;
      const cSig = form === 'compact' ? Buffer.from(compact(counter)).toString() : members;
      return (await report(flattened(withComponent(parent, { cSig })))).signatures;
    };

    for (const form of ['compact', 'object'] as const)
      it(`passes, the payload within or not, as ${form}`, async () => {
        const parent = await parts();
        const payload = Buffer.from(parent.signature, 'base64url');
        const counter = await parts({ payload, signer: await pki.signer({ name: 'Overa' }) });
        for (const written of [counter, { ...counter, payload: '' }]) {
          const [, signature] = await countered(written, parent, form);
          expect(signature).to.include({ indication: 'TOTAL_PASSED', counterSignature: true });
          expect(signature?.scopes[0]?.scope).to.equal('COUNTER_SIGNATURE');
        }
      });

    it('fails over another signature, with a payload of its own or without', async () => {
      const [parent, other] = [await parts(), await parts({ payload: Buffer.from('{}') })];
      const counter = await parts({ payload: Buffer.from(other.signature, 'base64url') });
      for (const written of [counter, { ...counter, payload: '' }]) {
        const [first, signature] = await countered(written, parent, 'compact');
        expect(first?.indication).to.equal('TOTAL_PASSED');
        expect(signature && verdict(signature)).to.equal('TOTAL_FAILED/HASH_FAILURE');
      }
    });

    it('ends where they nest too deep', async () => {
      const base = await parts();
      let jws = base;
      for (let depth = 0; depth < 12; depth++)
        jws = withComponent(base, { cSig: JSON.parse(Buffer.from(flattened(jws)).toString()) }, 'clear');
      expect((await report(flattened(jws))).signatures).to.have.length(9);
    });
  });

  it('costs no more than its size accounts for', async () => {
    const payload = Buffer.alloc(2 << 20, 'a');
    const one = await withSignatureTimestamp(await parts({ payload }), pki.timestamps());
    const { signatures } = await report(general(...Array.from({ length: 100 }, () => one)));
    expect(signatures).to.have.length(100);
    expect(signatures[0]?.indication).to.equal('TOTAL_PASSED');
    expect(signatures.at(-1)?.reason).to.include('too much to verify');
  });
});
