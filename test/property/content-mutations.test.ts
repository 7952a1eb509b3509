import { expect } from 'chai';
import fc from 'fast-check';
import { longestWithPattern, patternFault } from '../../src/archive/profiles/safe-pattern.ts';
import { FormatError } from '../../src/base/index.ts';
import { readMessage } from '../../src/standards/formats/mail/index.ts';
import { readEInvoice } from '../../src/standards/formats/ubl/index.ts';
import { eInvoice } from '../support/e-invoice.ts';
import { mailMessage } from '../support/mail-message.ts';

const numRuns = Number(process.env.NUM_RUNS ?? 300);

/** The bytes with some of them changed, put in or taken away. */
function edited(bytes: Buffer) {
  const edit = fc.record({
    at: fc.nat(bytes.length - 1),
    put: fc.uint8Array({ maxLength: 8 }),
    removed: fc.nat(200),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (all, { at, put, removed }) => Buffer.concat([all.subarray(0, at), put, all.subarray(at + removed)]),
        bytes,
      ),
    );
}

describe('content that a profile reads, with some of its bytes changed', function () {
  this.timeout(120_000);

  it('is an invoice with everything that must be there, or refused as malformed', () => {
    fc.assert(
      fc.property(edited(Buffer.from(eInvoice())), (bytes) => {
        try {
          const { id, issueDate, payable, currency, supplier } = readEInvoice(bytes);
          for (const said of [id, supplier.name]) expect(said).to.not.equal('');
          expect(issueDate).to.match(/^\d{4}-\d\d-\d\d$/);
          expect(payable).to.match(/^-?\d/);
          expect(currency).to.match(/^[A-Z]{3}$/);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns },
    );
  });

  it('is a message, or refused as malformed', async () => {
    await fc.assert(
      fc.asyncProperty(edited(Buffer.from(mailMessage())), async (bytes) => {
        const message = await readMessage(bytes).catch((error) => {
          if (error instanceof FormatError) return undefined;
          throw error;
        });
        for (const { content } of message?.attachments ?? []) expect(content).to.be.instanceOf(Uint8Array);
      }),
      { numRuns },
    );
  });

  it('is tried on expressions that end: whatever is taken ends on any value', () => {
    const part = fc.constantFrom('a', '[ab]', 'a*', '[ab]+', 'a{1,9}', 'a?', '(?:a|b)', '.', '\\d*', '(?:a)+', 'b{2,}');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const pattern = parts.join('');
        if (patternFault(pattern) !== undefined) return;
        // back-tracking without bounds would take years, and the test would not end
        expect(new RegExp(`^(?:${pattern})$`, 'u').test(`${'a'.repeat(longestWithPattern - 1)}!`)).to.be.a('boolean');
      }),
      { numRuns },
    );
  });
});
