import { expect } from 'chai';
import fc from 'fast-check';
import { verifyTrustedList } from '../../src/archive/trust-services/trusted-lists/verify-list.ts';
import { readTrustedList } from '../../src/standards/trusted-lists/index.ts';
import { toyPki } from '../support/toy-pki.ts';
import { signedTrustedList } from '../support/trusted-list.ts';

describe('a trusted list with some of its bytes changed', function () {
  this.timeout(120_000);

  it('is refused, or says what it said before', async () => {
    const pki = await toyPki();
    const list = await signedTrustedList({ services: [{ holder: pki.intermediate }] }, pki.root);
    const signers = [pki.root.signer.chain[0]];
    const { sha256: _, ...genuine } = readTrustedList(list);
    const edit = fc.record({
      at: fc.nat(list.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      removed: fc.nat(8),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const changed = edits.reduce(
          (bytes, { at, bytes: put, removed }) =>
            Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + removed)]),
          Buffer.from(list),
        );
        const found = await verifyTrustedList(changed, signers, new Date('2026-11-24T12:00:00Z'));
        if (typeof found === 'string') return;
        const { sha256: __, ...told } = found;
        expect(told).to.deep.equal(genuine);
      }),
      { numRuns: Number(process.env.NUM_RUNS ?? 300) },
    );
  });
});
