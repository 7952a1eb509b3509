import { expect } from 'chai';
import { runFuzz } from '../fuzz/run-fuzz.ts';

const count = Number(process.env.FUZZ_COUNT ?? 800);

describe('mutants of signed documents in every format', function () {
  this.timeout(300_000 + count * 100);

  it('never crash or stall their judge, and pass over nothing but what was signed', async () => {
    const seed = Number(process.env.FUZZ_SEED ?? 20261125);
    const { findings, judged, passing } = await runFuzz({
      seed,
      count,
      threads: 2,
      milliseconds: 20_000,
      folder: '.fuzz',
    });
    const told = findings.map(({ kind, index, document, edits, detail }) => ({
      kind,
      seed,
      index,
      document,
      edits,
      detail,
    }));
    expect(told).to.deep.equal([]);
    expect(judged).to.equal(count);
    expect(passing, 'mutants that still pass').to.be.above(count / 20);
  });
});
