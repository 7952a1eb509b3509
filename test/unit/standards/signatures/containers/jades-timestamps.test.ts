import { expect } from 'chai';
import { jwsVerdicts, verdict } from '../../../../support/jws-verdicts.ts';
import {
  base64url,
  flattened,
  general,
  type SignedJwsOptions,
  withArchiveTimestamp,
  withComponent,
  withMaterial,
  withSignatureTimestamp,
} from '../../../../support/signed-jws.ts';
import { daysFrom } from '../../../../support/toy-certificates.ts';

describe('a JWS', () => {
  const { toy, report, first, parts } = jwsVerdicts();

  describe('with unsigned components', () => {
    const material = () => ({ certificates: [toy.pki.root.signer.chain[0]], crls: toy.crls });
    const stamped = async (options: Partial<SignedJwsOptions> = {}) =>
      withSignatureTimestamp(await parts(options), toy.pki.timestamps());
    const later = (days: number) => toy.pki.timestamps({ at: daysFrom(toy.pki.at, days) });

    it('is of level T, LT and LTA as it carries them', async () => {
      const t = await stamped();
      const lt = withMaterial(t, material());
      const lta = await withArchiveTimestamp(lt, toy.pki.timestamps());
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
      const [signature] = (await report(flattened(lta), { validationTime: daysFrom(toy.pki.at, 360), material: {} }))
        .signatures;
      expect(signature).to.include({ indication: 'TOTAL_PASSED', bestSignatureTime: '2026-11-24T12:00:00Z' });
    });

    it('is archived in the clear, in a canonical form (RFC 8785) or as it stands', async () => {
      const clear = withComponent(await parts(), { sigPSt: { b: 1, a: 'é' } }, 'clear');
      const forms = {
        'http://json-canonicalization.org/algorithm': '{"sigPSt":{"a":"é","b":1}}',
        '': '{"sigPSt":{"b":1,"a":"é"}}',
      };
      for (const [canonAlg, text] of Object.entries(forms)) {
        const options = { ...(canonAlg ? { canonAlg } : {}), entries: () => text };
        const signature = await first(flattened(await withArchiveTimestamp(clear, toy.pki.timestamps(), options)));
        expect(signature.timestamps[0]).to.include({ type: 'ARCHIVE_TIMESTAMP', imprintIntact: true });
      }
      const unknown = { canonAlg: 'http://example.com/c', entries: () => '' };
      const signature = await first(flattened(await withArchiveTimestamp(clear, toy.pki.timestamps(), unknown)));
      expect(signature.timestamps[0]).to.include({ imprintFound: false });
    });

    it('has archive time-stamps that fail when a component before them was changed', async () => {
      const lta = await withArchiveTimestamp(withMaterial(await stamped(), material()), toy.pki.timestamps());
      const [, ...rest] = lta.header.etsiU;
      const changed = { ...lta, header: { etsiU: [base64url('{"sigPSt":{}}'), ...rest] } };
      const { timestamps } = await first(flattened(changed));
      expect(timestamps.map(({ type, indication, subIndication }) => [type, indication, subIndication])).to.deep.equal([
        ['ARCHIVE_TIMESTAMP', 'FAILED', 'HASH_FAILURE'],
      ]);
    });

    it('gets no proof from the time-stamp of another signature', async () => {
      const early = toy.pki.timestamps({ at: daysFrom(toy.pki.at, -30) });
      const good = await withSignatureTimestamp(await parts({ signer: await toy.pki.signer({ name: 'Prvi' }) }), early);
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
});
