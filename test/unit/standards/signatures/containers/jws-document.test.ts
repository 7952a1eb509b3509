import { expect } from 'chai';
import { jwsVerdicts, verdict } from '../../../../support/jws-verdicts.ts';
import {
  base64url,
  compact,
  flattened,
  general,
  type JwsParts,
  withComponent,
  withSignatureTimestamp,
} from '../../../../support/signed-jws.ts';

describe('a JWS document', () => {
  const { toy, report, first, parts } = jwsVerdicts();

  describe('in its serializations', () => {
    for (const [name, written] of Object.entries({ compact, flattened, general }))
      it(`passes in the ${name} one`, async () => {
        const signature = await first(written(await parts()));
        expect(verdict(signature)).to.equal('TOTAL_PASSED');
        expect(signature).to.include({ format: 'JAdES-BASELINE-B', intact: true, valid: true });
        expect(signature.scopes).to.deep.equal([{ scope: 'FULL', name: 'JWS payload' }]);
      });

    it('has each signature with headers of its own', async () => {
      const other = await toy.pki.signer({ name: 'Drugi', key: 'rsa' });
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

    it('with signatures is in the general one, whatever stands beside them', async () => {
      const [good, bad] = [await parts(), { ...(await parts()), signature: base64url('wrong') }];
      const both = (inside: JwsParts, beside: JwsParts) =>
        flattened(beside, (jws) => ({
          ...jws,
          signatures: [{ protected: inside.protected, signature: inside.signature }],
        }));
      expect(verdict(await first(both(good, bad)))).to.equal('TOTAL_PASSED');
      expect(verdict(await first(both(bad, good)))).to.equal('TOTAL_FAILED/HASH_FAILURE');
    });

    it('with more signatures than 500 is broken', async () => {
      const one = await parts();
      expect((await report(general(...Array.from({ length: 501 }, () => one)))).error?.code).to.equal(
        'DOCUMENT_BROKEN',
      );
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
        const counter = await parts({ payload, signer: await toy.pki.signer({ name: 'Overa' }) });
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
    const one = await withSignatureTimestamp(await parts({ payload }), toy.pki.timestamps());
    const { signatures } = await report(general(...Array.from({ length: 100 }, () => one)));
    expect(signatures).to.have.length(100);
    expect(signatures[0]?.indication).to.equal('TOTAL_PASSED');
    expect(signatures.at(-1)?.reason).to.include('too much to verify');
  });
});
