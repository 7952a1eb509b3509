import { expect } from 'chai';
import { encodeElement, encodeOid } from '../../../../../src/standards/formats/asn1/index.ts';
import { findRevoked, readCrl } from '../../../../../src/standards/formats/revocation/index.ts';
import { extensionOids } from '../../../../../src/standards/formats/x509/index.ts';

const algorithm = encodeElement(0x30, encodeOid('1.2.840.113549.1.1.11'), encodeElement(5));
const day = (number: number) => `2601${String(number).padStart(2, '0')}000000Z`;
const time = (text: string) => encodeElement(0x17, Buffer.from(text));
const extension = (oid: string, value: Uint8Array) =>
  encodeElement(0x30, encodeOid(oid), encodeElement(0x01, Uint8Array.of(255)), encodeElement(4, value));

/** GeneralNames with one directoryName of this common name; and the Name alone. */
const name = (text: string) =>
  encodeElement(
    0x30,
    encodeElement(0x31, encodeElement(0x30, encodeOid('2.5.4.3'), encodeElement(0x0c, Buffer.from(text)))),
  );
const certificateIssuer = (text: string) =>
  extension('2.5.29.29', encodeElement(0x30, encodeElement(0xa4, name(text))));

function entry(serial: number, when: string, ...extensions: Uint8Array[]) {
  const octets = Buffer.alloc(4);
  octets.writeInt32BE(serial + 0x01000000);
  const more = extensions.length > 0 ? [encodeElement(0x30, ...extensions)] : [];
  return encodeElement(0x30, encodeElement(2, octets), time(when), ...more);
}

function crl(entries: readonly Uint8Array[], indirect = false) {
  const point = extension(
    extensionOids.issuingDistributionPoint,
    encodeElement(0x30, encodeElement(0x84, Uint8Array.of(255))),
  );
  const signed = encodeElement(
    0x30,
    encodeElement(2, Uint8Array.of(1)),
    algorithm,
    name('Izdavalac'),
    time(day(1)),
    encodeElement(0x30, Buffer.concat([...entries])),
    ...(indirect ? [encodeElement(0xa0, encodeElement(0x30, point))] : []),
  );
  return readCrl(encodeElement(0x30, signed, algorithm, encodeElement(3, Uint8Array.of(0))));
}

const bigint = (serial: number) => BigInt(serial + 0x01000000);
/** Enough to make a list large. */
const fillers = Array.from({ length: 3000 }, (_, index) => entry(100_000 + index, day(9)));

describe('what a list says of a certificate', () => {
  for (const [size, others] of [
    ['small', []],
    ['large', fillers],
  ] as const)
    it(`is its first entry, in a ${size} list`, () => {
      const list = crl([entry(1, day(2)), ...others, entry(2, day(3)), entry(2, day(4)), entry(-3, day(5))]);
      const found = (serial: number) => findRevoked(list, list.issuer, bigint(serial))?.revocationTime.toISOString();
      expect(found(1)).to.equal('2026-01-02T00:00:00.000Z');
      expect(found(2)).to.equal('2026-01-03T00:00:00.000Z');
      expect(found(-3)).to.equal('2026-01-05T00:00:00.000Z');
      expect(found(4)).to.equal(undefined);
      for (let index = 0; index < others.length; index += 97)
        expect(found(100_000 + index)).to.equal('2026-01-09T00:00:00.000Z');
    });

  it('is of its issuer alone, where entries of a list name another', () => {
    const list = crl([...fillers, entry(1, day(2), certificateIssuer('Drugi')), entry(1, day(3))]);
    expect(findRevoked(list, list.issuer, bigint(1))?.revocationTime.toISOString()).to.equal(
      '2026-01-03T00:00:00.000Z',
    );
  });

  it('follows in an indirect list from the entries before', () => {
    const other = crl([]).issuer;
    const entries = [entry(1, day(2), certificateIssuer('Drugi')), ...fillers, entry(2, day(3))];
    const list = crl(entries, true);
    expect(findRevoked(list, other, bigint(2))).to.equal(undefined);
    const direct = crl(entries);
    expect(findRevoked(direct, other, bigint(2))?.revocationTime.toISOString()).to.equal('2026-01-03T00:00:00.000Z');
  });
});
