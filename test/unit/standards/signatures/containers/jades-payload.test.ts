import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader } from '../../../../../src/base/index.ts';
import type { DetachedContent } from '../../../../../src/standards/signatures/index.ts';
import { jwsVerdicts, verdict } from '../../../../support/jws-verdicts.ts';
import { base64url, compact, flattened, type JwsParts, samplePayload } from '../../../../support/signed-jws.ts';

const s256 = (octets: Uint8Array | string) => createHash('sha256').update(octets).digest();
const mechanism = (name: string) => `http://uri.etsi.org/19182/${name}`;

describe('a JWS', () => {
  const { first, parts } = jwsVerdicts();
  const content = (octets: Uint8Array, name?: string): DetachedContent => ({
    reader: bytesReader(octets),
    ...(name ? { name } : {}),
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
});
