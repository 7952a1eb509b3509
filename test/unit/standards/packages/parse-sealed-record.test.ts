import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../src/base/index.ts';
import { parseSealedRecord, sealedRecord } from '../../../../src/standards/packages/index.ts';
import { samplePackage } from '../../../foreign/sample-packages.ts';

const { record } = samplePackage(1, ['a.pdf'], { title: 'T', signed: true }).description;
const sealed = new TextDecoder().decode(sealedRecord(record));
const refuses = (text: string, reason: RegExp) =>
  expect(() => parseSealedRecord(Buffer.from(text))).to.throw(FormatError, reason);
const edited = (from: string, to: string) => {
  expect(sealed).to.contain(from);
  return sealed.replace(from, to);
};

describe('reading a sealed record', () => {
  it('refuses any other way to write the same: one seal, one meaning', () => {
    refuses(sealed.trimEnd(), /canonical/);
    refuses(edited('"number":', '"number": '), /canonical/);
    refuses(edited('"title":"T"', '"title":"T","title":"U"'), /canonical/);
    refuses(edited('"title":"T"', '"title":"\\u0054"'), /canonical/);
    refuses(`\uFEFF${sealed}`, /no JSON/);
  });

  it('refuses another format, and facts of another kind', () => {
    refuses(edited('trajno-record/1', 'trajno-record/2'), /format/);
    refuses(edited('urn:uuid:', 'urn:oid:'), /record id/);
    refuses(edited(`"size":${record.files[0]?.size}`, '"size":-4'), /size/);
    refuses(edited('"role":"content"', '"role":"master"'), /role/);
    refuses(edited('"indication":"INDETERMINATE"', '"indication":"VALID"'), /indication/);
    refuses(edited('"title":"T"', '"title":1'), /title/);
    refuses(edited(record.files[0]?.sha256 ?? '', 'abc'), /sha256/);
    refuses(edited('"receivedAt":"2026-11-24T11:59:58Z"', '"receivedAt":"2026-11-24"'), /receivedAt/);
    refuses(edited('"element":"creator"', '"element":"author"'), /element/);
  });

  it('refuses what is nested deeper than a record can be, without falling over it', () => {
    refuses(
      edited('"izvorniOblik":"elektronski"', `"izvorniOblik":${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      /deep/,
    );
  });

  it('keeps fields it does not know of out, and those of the profile in', () => {
    expect(parseSealedRecord(Buffer.from(sealed)).metadata).to.deep.equal(record.metadata);
  });

  it('gives a record or a FormatError for any damaged bytes', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(255), (at, value) => {
        const bytes = Buffer.from(sealed);
        bytes[at] = value;
        try {
          parseSealedRecord(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
