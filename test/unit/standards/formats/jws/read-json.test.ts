import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../../src/base/index.ts';
import {
  canonicalForm,
  decodeBase64Url,
  encodedBase64Url,
  type JsonValue,
  objectOf,
  readJson,
  sourceOf,
} from '../../../../../src/standards/formats/jws/index.ts';

/** Maps as plain objects, to compare with what the engine reads. */
function plain(value: JsonValue): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('JSON that a signature stands in', () => {
  it('is read as the engine reads it', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 2), (text, indent) => {
        const value = JSON.parse(text);
        // a member called __proto__ means something to the engine's objects, nothing here
        fc.pre(!text.includes('__proto__'));
        expect(plain(readJson(JSON.stringify(value, null, indent)))).to.deep.equal(value);
      }),
    ));

  it('of any text gives a value or a FormatError', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0041 \ntrue-1.5e') }), (text) => {
        try {
          readJson(text);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
          return;
        }
        expect(() => JSON.parse(text)).not.to.throw();
      }),
    ));

  for (const [text, fault] of [
    ['{"a":1,"a":2}', 'a member name twice'],
    ['{"a":1,"\\u0061":2}', 'a member name twice, once in escapes'],
    ['{"a":1} x', 'something after the value'],
    ['[1,]', 'a comma too many'],
    ['{"a":01}', 'a number with a leading zero'],
    ["{'a':1}", 'single quotes'],
    ['"a', 'a string that does not end'],
    ['"a\\"', 'a string that ends in an escaped quote'],
    ['{"a"}', 'a member without a value'],
    ['[1', 'an array that does not end'],
    ['{"a":1', 'an object that does not end'],
    ['', 'nothing'],
    ['NaN', 'a word of ECMAScript alone'],
    ['['.repeat(65) + ']'.repeat(65), 'more than 64 levels'],
    [`[${'1,'.repeat(500_001)}1]`, 'too many values'],
  ] as const)
    it(`is refused with ${fault}`, () => expect(() => readJson(text)).to.throw(FormatError));

  it('takes a member of any name', () =>
    expect(objectOf(readJson('{"__proto__":{"alg":"none"}}'))?.has('alg')).to.equal(false));

  it('keeps the text of objects as it stands', () => {
    const text = '{ "b" : [ 1.0, {"a":"\\u0041"} ] }';
    const object = objectOf(readJson(`[${text}]`) as never) ?? (readJson(`[${text}]`) as JsonValue[])[0];
    expect(sourceOf(object as never)).to.equal(text);
  });

  it('has a canonical form with sorted names (RFC 8785 3.2.3)', () => {
    const text = '{"\\u20ac":1,"\\r":2,"1":3,"\\u00f6":[56.0,{"d":true,"10":null}],"":"a\\u000f\\u0000"}';
    expect(canonicalForm(readJson(text))).to.equal(
      '{"":"a\\u000f\\u0000","\\r":2,"1":3,"ö":[56,{"10":null,"d":true}],"€":1}',
    );
  });
});

describe('base64url', () => {
  it('gives back what was encoded', () =>
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect([...decodeBase64Url(Buffer.from(octets).toString('base64url'))]).to.deep.equal([...octets]);
      }),
    ));

  it('is the same in chunks as in one piece', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 7 })), async (parts) => {
        async function* chunks() {
          yield* parts;
        }
        const encoded: Uint8Array[] = [];
        for await (const chunk of encodedBase64Url(chunks())) encoded.push(chunk);
        expect(Buffer.concat(encoded).toString()).to.equal(Buffer.concat(parts).toString('base64url'));
      }),
    ));

  for (const [text, fault] of [
    ['QQ==', 'padding'],
    ['QQ+_', 'a character of plain base64'],
    ['Q Q', 'a space'],
    ['QUI\n', 'a line end'],
    ['QUFBQ', 'a length that no octets have'],
    ['QR', 'a bit left over'],
    ['QUJ', 'two bits left over'],
  ] as const)
    it(`is refused with ${fault}`, () => expect(() => decodeBase64Url(text)).to.throw(FormatError));
});
