import { fromBER } from 'asn1js';
import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../../src/base/index.ts';
import {
  childrenOf,
  decodeAsn1,
  decodeWholeAsn1,
  encodeElement,
} from '../../../../../src/standards/formats/asn1/index.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('ASN.1 elements', () => {
  it('are walked without copying', () => {
    const sequence = decodeWholeAsn1(hex('30 06 02 01 05 04 01 ff'));
    expect(childrenOf(sequence).map(({ tag, content }) => [tag, content[0]])).to.deep.equal([
      [2, 5],
      [4, 255],
    ]);
  });

  it('may have indefinite lengths, nested', () => {
    const outer = decodeWholeAsn1(hex('30 80 30 80 02 01 07 00 00 05 00 00 00'));
    const [inner, nothing] = childrenOf(outer);
    expect(inner && childrenOf(inner)[0]?.content[0]).to.equal(7);
    expect(nothing?.tag).to.equal(5);
  });

  it('may be followed by other bytes only where that is said', () => {
    const padded = hex('02 01 05 00 00');
    expect(decodeAsn1(padded).bytes).to.have.length(3);
    expect(() => decodeWholeAsn1(padded)).to.throw(FormatError);
  });

  for (const [fault, bytes] of Object.entries({
    'no bytes': '',
    'a length beyond the end': '30 05 02 01',
    'an absurd length': '30 88 ff ff ff ff ff ff ff ff',
    'a child longer than its parent': '30 03 02 05 01 02 03 04 05',
    'a primitive of indefinite length': '04 80 00 00',
    'an indefinite length without end': '30 80 02 01 05',
    'an endless tag number': '3f ff ff ff ff ff ff ff 01 00',
  }))
    it(`with ${fault} are refused`, () => expect(() => decodeAsn1(hex(bytes))).to.throw(FormatError));

  it('nested too deeply are refused, at once', () => {
    expect(() => decodeAsn1(Buffer.alloc(4 << 20, Buffer.from([0x30, 0x80])))).to.throw(FormatError, 'nested');
  });

  it('that are too many are refused', () => {
    const limits = { bytes: 1 << 20, depth: 10, elements: 1000 };
    expect(() => decodeAsn1(encodeElement(0x30, Buffer.alloc(4000, Buffer.from([5, 0]))), limits)).to.throw('too many');
  });

  it('are the same to another reader', () => {
    const tree: fc.Arbitrary<Uint8Array> = fc.letrec<{ node: Uint8Array; leaf: Uint8Array }>((tie) => ({
      leaf: fc.uint8Array({ maxLength: 200 }).map((content) => encodeElement(0x04, content)),
      node: fc.oneof(
        { maxDepth: 5 },
        tie('leaf'),
        fc.array(tie('node'), { maxLength: 4 }).map((children) => encodeElement(0x30, ...children)),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (bytes) => {
        expect(fromBER(bytes).offset).to.equal(decodeWholeAsn1(bytes).bytes.length);
      }),
    );
  });

  it('made of any bytes are read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          decodeAsn1(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
