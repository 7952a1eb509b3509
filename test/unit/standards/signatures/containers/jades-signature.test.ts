import { createHash, createHmac, createPublicKey } from 'node:crypto';
import { expect } from 'chai';
import { jwsVerdicts, verdict } from '../../../../support/jws-verdicts.ts';
import { base64url, compact, flattened, withMaterial } from '../../../../support/signed-jws.ts';
import type { ToyKeyKind } from '../../../../support/toy-keys.ts';

const s256 = (octets: Uint8Array | string) => createHash('sha256').update(octets).digest();

describe('a JWS signature', () => {
  const { toy, first, parts } = jwsVerdicts();

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
        const holder = await toy.pki.signer({ name: `Ključ ${key}`, key: key as ToyKeyKind });
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
      const secret = createPublicKey({
        key: Buffer.from(toy.signer.subjectPublicKeyInfo),
        format: 'der',
        type: 'spki',
      });
      const hmac = createHmac('sha256', secret.export({ type: 'spki', format: 'pem' }));
      const signature = hmac.update(`${jws.protected}.${jws.payload}`).digest('base64url');
      expect(verdict(await first(compact({ ...jws, signature })))).to.equal('TOTAL_FAILED/SIG_CRYPTO_FAILURE');
    });

    it('is bound to the curve that the name stands for (RFC 7518 3.4)', async () => {
      const holder = await toy.pki.signer({ name: 'Druga kriva', key: 'ecdsa-brainpool' });
      const signature = await first(compact(await parts({ signer: holder })));
      expect(verdict(signature)).to.equal('TOTAL_FAILED/HASH_FAILURE');
    });

    it('has r and s side by side, not in DER (RFC 7518 3.4)', async () => {
      const jws = await parts();
      const der = await toy.signer.signer.sign(Buffer.from(`${jws.protected}.${jws.payload}`));
      const signature = await first(compact({ ...jws, signature: base64url(der) }));
      expect(verdict(signature)).to.equal('TOTAL_FAILED/HASH_FAILURE');
    });

    it('must be in the protected header', async () => {
      const jws = await parts({ header: ({ alg: _, ...rest }) => rest });
      const document = flattened(jws, (members) => ({ ...members, header: { alg: 'ES256' } }));
      expect(verdict(await first(document))).to.equal('TOTAL_FAILED/SIG_CRYPTO_FAILURE');
    });
  });

  describe('naming its signing certificate', () => {
    const own = () => toy.signer.signer.chain[0];
    const without = ({ 'x5t#S256': _, ...header }: Record<string, unknown>) => header;

    it('passes by x5t#o and by sigX5ts', async () => {
      const reference = { digAlg: 'S512', digVal: base64url(createHash('sha512').update(own()).digest()) };
      const issuer = { digAlg: 'S256', digVal: base64url(s256(toy.pki.intermediate.signer.chain[0])) };
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
      const jwk = createPublicKey({
        key: Buffer.from(toy.signer.subjectPublicKeyInfo),
        format: 'der',
        type: 'spki',
      }).export({ format: 'jwk' });
      const header = ({ x5c: _, ...usual }: Record<string, unknown>) => ({ ...without(usual), jwk });
      const signature = await first(compact(await parts({ header })));
      expect(verdict(signature)).to.equal('INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND');
    });

    it('passes with a certificate among the unsigned components', async () => {
      const header = ({ x5c: _, ...usual }: Record<string, unknown>) => usual;
      const jws = withMaterial(await parts({ header }), { certificates: toy.signer.signer.chain, crls: toy.crls });
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
});
