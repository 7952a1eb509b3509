import { expect } from 'chai';
import {
  weakDigest,
  weakSignature,
} from '../../../../../src/standards/signatures/building-blocks/algorithm-acceptance.ts';
import { defaultPolicy } from '../../../../../src/standards/signatures/index.ts';

const suite = defaultPolicy.cryptography;
const at = (day: string) => new Date(`${day}T00:00:00Z`);

describe('the strength of algorithms', () => {
  it('is judged by the date, up to the day on which it ends', () => {
    expect(weakDigest('SHA1', at('2012-07-31'), suite)).to.equal(undefined);
    expect(weakDigest('SHA1', at('2012-08-01'), suite)?.until).to.deep.equal(at('2012-08-01'));
    expect(weakDigest('SHA256', at('2100-01-01'), suite)).to.equal(undefined);
  });

  it('is none for what the policy does not list, or nobody knows', () => {
    expect(weakDigest('MD2', at('1990-01-01'), suite)).to.deep.equal({ detail: 'MD2' });
    expect(weakDigest(undefined, at('2026-01-01'), suite)?.detail).to.include('unknown');
    expect(weakSignature({ name: 'ED25519', scheme: 'EdDSA' }, undefined, at('2026-01-01'), suite)).to.deep.equal({
      detail: 'ED25519',
    });
  });
});
