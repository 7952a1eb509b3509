import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../../src/base/index.ts';
import { type PremisDocument, readPremis, writePremis } from '../../../../../src/standards/formats/premis/index.ts';
import { xmlText } from '../../../../../src/standards/formats/xml/index.ts';

const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map(xmlText);
const identifier = fc.record({ type: anyText, value: anyText });
const identifiers = fc.array(identifier, { maxLength: 3 });
const dateTime = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));
const optionals = { requiredKeys: [] as never[] };
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

const relationships = fc.array(
  fc.record({
    type: fc.constantFrom('structural' as const, 'dependency' as const),
    subType: anyText,
    related: identifiers,
  }),
  { maxLength: 2 },
);
const signature = fc
  .tuple(
    fc.record({ format: anyText, indication: anyText }),
    fc.record({ subIndication: anyText, signedBy: anyText }, optionals),
  )
  .map(([required, rest]) => ({ ...required, ...rest }));
const format = fc
  .tuple(fc.record({ name: anyText }), fc.record({ version: anyText, puid: anyText, basis: anyText }, optionals))
  .map(([required, rest]) => ({ ...required, ...rest }));
const document: fc.Arbitrary<PremisDocument> = fc.record({
  objects: fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constantFrom('intellectualEntity' as const, 'representation' as const),
        identifiers,
        relationships,
      }),
      fc.record({
        kind: fc.constant('file' as const),
        identifiers,
        relationships,
        sha256: hex(64),
        sha512: hex(128),
        size: fc.nat(),
        format,
        originalName: anyText,
        signatures: fc.array(signature, { maxLength: 2 }),
      }),
    ),
    { maxLength: 3 },
  ),
  events: fc.array(
    fc
      .tuple(
        fc.record({ identifier, type: anyText, dateTime, agents: identifiers, objects: identifiers }),
        fc.record({ detail: anyText, outcome: anyText, outcomeDetail: anyText }, optionals),
      )
      .map(([required, rest]) => ({ ...required, ...rest })),
    { maxLength: 3 },
  ),
  agents: fc.array(
    fc
      .tuple(
        fc.record({ identifier, name: anyText, type: fc.constantFrom('person' as const, 'software' as const) }),
        fc.record({ version: anyText, note: anyText }, optionals),
      )
      .map(([required, rest]) => ({ ...required, ...rest })),
    { maxLength: 2 },
  ),
});

describe('PREMIS documents', () => {
  it('are read as they were written, whatever strangers put into names', () => {
    fc.assert(
      fc.property(document, (premis) => {
        expect(readPremis(writePremis(premis))).to.deep.equal(premis);
      }),
    );
  });

  it('are refused when they are something else or lack a digest', () => {
    const file = '<object xsi:type="file"><objectCharacteristics/></object>';
    const open = '<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">';
    expect(() => readPremis(Buffer.from('<mets/>'))).to.throw(FormatError, /root/);
    expect(() => readPremis(Buffer.from(`${open}${file}</premis>`))).to.throw(FormatError, /SHA-256/);
    expect(() => readPremis(Buffer.from(`${open}<object/></premis>`))).to.throw(FormatError, /kind/);
  });
});
