import { expect } from 'chai';
import { decodeWholeAsn1, inSetOrder, toDer } from '../../../../../src/standards/formats/asn1/index.ts';

const der = (ber: string) =>
  Buffer.from(toDer(decodeWholeAsn1(Buffer.from(ber.replaceAll(' ', ''), 'hex')))).toString('hex');

describe('DER', () => {
  it('of BER has definite lengths and strings in one piece', () => {
    expect(der('30 80 24 80 04 01 61 04 01 62 00 00 00 00')).to.equal('300404026162');
    expect(der('30 81 03 02 01 05')).to.equal('3003020105');
  });

  it('puts sets in order', () => {
    expect(der('31 06 02 01 09 02 01 03')).to.equal('3106020103020109');
    expect(inSetOrder([Buffer.from('b'), Buffer.from('a')]).map(String)).to.deep.equal(['a', 'b']);
  });

  it('of DER is the same bytes, not a copy', () => {
    const element = decodeWholeAsn1(Buffer.from('3003020105', 'hex'));
    expect(toDer(element)).to.equal(element.bytes);
  });
});
