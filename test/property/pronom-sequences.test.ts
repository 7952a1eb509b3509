import { expect } from 'chai';
import fc from 'fast-check';
import { holdsSequence } from '../../src/standards/pronom/match-sequence.ts';
import { sequenceParts } from '../../src/standards/pronom/sequence-parts.ts';
import { readSequence } from '../../src/standards/pronom/sequence-syntax.ts';

/** A sequence over the letters a, b and c in PRONOM's syntax, and the regular expression that means the same. */
interface Sequence {
  readonly pronom: string;
  readonly expression: string;
}

const join = (parts: readonly Sequence[]): Sequence => ({
  pronom: parts.map(({ pronom }) => pronom).join(''),
  expression: parts.map(({ expression }) => expression).join(''),
});
const literal = fc
  .string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 })
  .map((text): Sequence => ({ pronom: `'${text}'`, expression: text }));
const set = fc.constantFrom<Sequence>(
  { pronom: "['a'-'b']", expression: '[ab]' },
  { pronom: '[!62]', expression: '[^b]' },
  { pronom: '??', expression: '[^]' },
);
const choice = fc.tuple(literal, literal).map(
  ([one, other]): Sequence => ({
    pronom: `(${one.pronom}|${other.pronom})`,
    expression: `(?:${one.expression}|${other.expression})`,
  }),
);
const gap = fc.tuple(fc.nat(3), fc.nat(3)).map(
  ([min, more]): Sequence => ({
    pronom: `{${min}-${min + more}}`,
    expression: `[^]{${min},${min + more}}`,
  }),
);
const endless = fc.nat(2).map((min): Sequence => ({ pronom: `{${min}-*}`, expression: `[^]{${min},}` }));
const sequence = fc
  .array(fc.oneof({ arbitrary: literal, weight: 4 }, set, choice, gap, endless), { minLength: 1, maxLength: 6 })
  .map((parts) => join([...parts, { pronom: "'a'", expression: 'a' }]));
const content = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 24 });

function holds(pronom: string, text: string, bound: 'start' | 'end'): boolean {
  const bytes = Buffer.from(text);
  const budget = { left: 1_000_000 };
  return holdsSequence(sequenceParts(readSequence(pronom), bound), bound, [{ base: 0, bytes }], bytes.length, budget);
}

describe('matching a sequence of PRONOM', () => {
  it('from the beginning gives what a regular expression gives', () => {
    fc.assert(
      fc.property(sequence, content, ({ pronom, expression }, text) => {
        expect(holds(pronom, text, 'start'), `${pronom} in ${text}`).to.equal(new RegExp(`^${expression}`).test(text));
      }),
      { numRuns: Number(process.env.NUM_RUNS ?? 100) * 20 },
    );
  });

  it('from the end too', () => {
    fc.assert(
      fc.property(sequence, gap, content, (inner, distance, text) => {
        const { pronom, expression } = join([{ pronom: "'b'", expression: 'b' }, inner, distance]);
        expect(holds(pronom, text, 'end'), `${pronom} in ${text}`).to.equal(new RegExp(`${expression}$`).test(text));
      }),
      { numRuns: Number(process.env.NUM_RUNS ?? 100) * 20 },
    );
  });
});
