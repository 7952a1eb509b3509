import { expect } from 'chai';
import { FormatError } from '../../../../src/base/index.ts';
import { holdsSequence } from '../../../../src/standards/pronom/match-sequence.ts';
import { sequenceParts } from '../../../../src/standards/pronom/sequence-parts.ts';
import { readSequence } from '../../../../src/standards/pronom/sequence-syntax.ts';

function holds(sequence: string, content: string | Buffer, bound: 'start' | 'end' = 'start'): boolean {
  const bytes = Buffer.from(content as string, 'latin1');
  const parts = sequenceParts(readSequence(sequence), bound);
  return holdsSequence(parts, bound, [{ base: 0, bytes }], bytes.length, { left: 1_000_000 });
}

describe('a sequence in the syntax of PRONOM', () => {
  it('is hexadecimal and text, and stands at the very beginning', () => {
    expect(holds("25'PDF'", '%PDF-1.4')).to.equal(true);
    expect(holds("25'PDF'", ' %PDF-1.4')).to.equal(false);
    expect(holds("25'PDF'", '%PD')).to.equal(false);
  });

  it('knows offsets, both ends of them included', () => {
    for (const [content, expected] of [
      ['XX-AB', true],
      ['XXX-AB', true],
      ['X-AB', false],
      ['XXXX-AB', false],
    ] as const)
      expect(holds("{2-3}'-AB'", content), content).to.equal(expected);
    expect(holds("{3}'AB'", 'XXXAB')).to.equal(true);
    expect(holds("{3}'AB'", 'XXAB')).to.equal(false);
  });

  it('knows single bytes of any value, ranges, sets and what is not', () => {
    expect(holds("'A'??'C'", 'AxC')).to.equal(true);
    expect(holds("'A'[30:39]'C'", 'A5C')).to.equal(true);
    expect(holds("'A'['0'-'9']'C'", 'AxC')).to.equal(false);
    expect(holds("'A'[22 27]", "A'")).to.equal(true);
    expect(holds("'A'[!00]", 'A\0')).to.equal(false);
    expect(holds("'A'[!0000]'B'", 'A\0xB')).to.equal(true);
    expect(holds("'A'[!0000]'B'", 'A\0\0B')).to.equal(false);
    expect(holds('[0000:1000]', Buffer.from('1001', 'hex'))).to.equal(false);
    expect(holds('[0000:1000]', Buffer.from('0fff', 'hex'))).to.equal(true);
  });

  it('knows bits: all of a mask, any of it, and not all of it', () => {
    for (const [sequence, byte, expected] of [
      ['[&05]', 0x07, true],
      ['[&05]', 0x04, false],
      ['[~05]', 0x04, true],
      ['[~05]', 0x02, false],
      ['[!&01]', 0x02, true],
      ['[!&01]', 0x03, false],
    ] as const)
      expect(holds(sequence, Buffer.from([byte])), `${sequence} ${byte}`).to.equal(expected);
  });

  it('knows alternatives of different lengths, with gaps before and behind them', () => {
    for (const content of ['ab-end', 'abc-end', 'abc--end'])
      expect(holds("'a'('b'|'bc'){0-1}'-end'", content)).to.equal(true);
    expect(holds("'a'('b'|'bc'){0-1}'-end'", 'abc---end')).to.equal(false);
  });

  it('goes back to a later hit when what follows the first does not fit', () => {
    expect(holds("{0-9}'A'{2}'B'", 'A--xA--B')).to.equal(true);
    expect(holds("'A'{1-5}'B''C'", 'A-B-BC')).to.equal(true);
  });

  it('finds parts behind gaps without end only in their order', () => {
    expect(holds("'A'*'B'*'C'", 'A..B..C')).to.equal(true);
    expect(holds("'A'*'B'*'C'", 'A..C..B')).to.equal(false);
    expect(holds("'A'{3-*}'B'", 'A..B')).to.equal(false);
    expect(holds("'A'{3-*}'B'", 'A...B')).to.equal(true);
    expect(holds("*'B'", '......B')).to.equal(true);
  });

  it('stands at the very end, or at an offset from it', () => {
    expect(holds("'EOF'", 'x EOF', 'end')).to.equal(true);
    expect(holds("'EOF'", 'x EOF\n', 'end')).to.equal(false);
    expect(holds("'EOF'{0-2}", 'x EOF\r\n', 'end')).to.equal(true);
    expect(holds("'EOF'{1-2}", 'x EOF', 'end')).to.equal(false);
    expect(holds("'A'*'B'{1}", 'xA..B.', 'end')).to.equal(true);
    expect(holds("'B'*'A'{1}", 'xA..B.', 'end')).to.equal(false);
  });

  it('is refused when it is malformed', () => {
    for (const text of ['4', '4G', '[00', '[', "'abc", '(00|01', '00)', '{5-2}', '{x}', '[]', '[00:0102]', '(*)'])
      expect(() => readSequence(text), text).to.throw(FormatError);
    expect(() => readSequence('('.repeat(50) + ')'.repeat(50))).to.throw(FormatError);
    expect(() => readSequence('00'.repeat(100_000))).to.throw(FormatError);
  });
});
