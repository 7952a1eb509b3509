import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../../src/base/index.ts';
import {
  type Asn1Element,
  decodeWholeAsn1,
  encodeElement,
  encodeOid,
  integerOf,
  octetsOf,
  oidOf,
  textOf,
  timeOf,
} from '../../../../../src/standards/formats/asn1/index.ts';

const element = (tag: number, content: Uint8Array): Asn1Element => decodeWholeAsn1(encodeElement(tag, content));
const time = (tag: number, text: string) => timeOf(element(tag, Buffer.from(text))).toISOString();

describe('ASN.1 values', () => {
  it('are identifiers in dotted form, with arcs of any size', () => {
    for (const oid of ['1.2.840.113549.1.7.2', '2.5.29.15', '0.4.0.1733.2.4', '2.16.840.1.101.3.4.2.1'])
      expect(oidOf(decodeWholeAsn1(encodeOid(oid)))).to.equal(oid);
    const uuid = Buffer.from('6983b8b4f0f2bdb6f3a9c9a1c1f5b9d8e3a1f3d9cd01', 'hex');
    expect(oidOf(element(6, uuid))).to.match(/^2\.25\.\d{30,}$/);
    expect(() => oidOf(element(6, Buffer.from('2a86', 'hex')))).to.throw(FormatError);
  });

  it('are integers of any length and sign', () => {
    expect(integerOf(element(2, Buffer.from('ff', 'hex')))).to.equal(-1n);
    expect(integerOf(element(2, Buffer.from('00ff', 'hex')))).to.equal(255n);
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }), (value) => {
        const octets = BigInt.asUintN(208, value).toString(16).padStart(52, '0');
        expect(integerOf(element(2, Buffer.from(octets, 'hex')))).to.equal(value);
      }),
    );
  });

  it('are times with or without seconds, fractions and offsets', () => {
    expect(time(0x17, '491231235959Z')).to.equal('2049-12-31T23:59:59.000Z');
    expect(time(0x17, '500101000000Z')).to.equal('1950-01-01T00:00:00.000Z');
    expect(time(0x17, '2611241200+0100')).to.equal('2026-11-24T11:00:00.000Z');
    expect(time(0x18, '20261124120000.1239Z')).to.equal('2026-11-24T12:00:00.123Z');
  });

  for (const [tag, text] of [
    [0x18, 'yesterday'],
    [0x18, ''],
    [0x17, '20261124120000Z'],
    [0x18, '261124120000Z'],
  ] as const)
    it(`are no times when they read “${text}”`, () => expect(() => time(tag, text)).to.throw(FormatError));

  it('are octet strings, also in chunks', () => {
    expect(
      Buffer.from(
        octetsOf(decodeWholeAsn1(Buffer.from('2480040161 04026263 0000'.replaceAll(' ', ''), 'hex'))),
      ).toString(),
    ).to.equal('abc');
    expect(() => octetsOf(decodeWholeAsn1(Buffer.from('24030c0161', 'hex')))).to.throw(FormatError);
  });

  it('are texts of every kind that names use', () => {
    expect(textOf(element(0x0c, Buffer.from('Ђорђе')))).to.equal('Ђорђе');
    expect(textOf(element(0x1e, Buffer.from('Ђ', 'utf16le').swap16()))).to.equal('Ђ');
    expect(textOf(element(0x13, Buffer.from('RS')))).to.equal('RS');
    expect(textOf(element(0x02, Buffer.from('1')))).to.equal(undefined);
  });
});
