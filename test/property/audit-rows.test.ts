import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { type AuditRow, auditRows } from '../../src/archive/preservation/audit-rows.ts';
import { sha512Hex } from '../../src/base/index.ts';

const row = (location: string, index: number): AuditRow => ({
  copy: `urn:uuid:${String(index).padStart(8, '0')}-0000-7000-8000-000000000000`,
  location,
  inventorySha512: sha512Hex(Buffer.from(String(index))),
  state: 'whole',
  verifiedAt: '2026-11-25T12:00:00Z',
});

/** Rows of two locations in batches, handed over in some order; what a report keeps of them. */
function kept(copies: number, batch: number, order: (places: number[]) => number[]) {
  const all = ['first', 'second'].flatMap((location) =>
    Array.from({ length: copies }, (_, index) => row(location, index)),
  );
  const rows = auditRows();
  const places = Array.from({ length: Math.ceil(all.length / batch) }, (_, place) => place);
  for (const place of order(places)) rows.put(place, all.slice(place * batch, (place + 1) * batch));
  return { all, ...rows.finish() };
}

describe('the rows of an audit', () => {
  it('lie in the order of the audit and lead to one root, in whatever order batches are done', () => {
    const inOrder = kept(5000, 32, (places) => places);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        let state = seed;
        const shuffled = kept(5000, 32, (places) =>
          places
            .map((place) => {
              state = Math.imul(state, 1_664_525) + 1_013_904_223;
              return { place, at: state };
            })
            .sort((one, other) => one.at - other.at)
            .map(({ place }) => place),
        );
        expect(shuffled.root).to.equal(inOrder.root);
        expect(shuffled.files.map(({ path }) => path)).to.deep.equal(inOrder.files.map(({ path }) => path));
      }),
      { numRuns: 10 },
    );
    const lines = inOrder.files
      .filter(({ path }) => path.startsWith('rows/'))
      .flatMap(({ content }) => gunzipSync(content).toString().split('\n').filter(Boolean));
    expect(lines.map((line) => JSON.parse(line))).to.deep.equal(inOrder.all);
  });

  it('have another root when anything of one of them is another', () => {
    const root = (edited: Partial<AuditRow>) => {
      const rows = auditRows();
      rows.put(0, [row('first', 0), { ...row('first', 1), ...edited }, row('first', 2)]);
      return rows.finish().root;
    };
    const roots = [
      root({}),
      root({ state: 'damaged' }),
      root({ verifiedAt: '2026-11-25T12:00:01Z' }),
      root({ location: 'second' }),
      root({ inventorySha512: sha512Hex(Buffer.from('other')) }),
      root({ copy: 'urn:uuid:ffffffff-0000-7000-8000-000000000000' }),
    ];
    expect(new Set(roots).size).to.equal(roots.length);
    expect(auditRows().finish()).to.deep.equal({ files: [] });
  });
});
