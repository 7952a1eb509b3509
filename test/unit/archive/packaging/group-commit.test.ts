import { expect } from 'chai';
import { groupCommit } from '../../../../src/archive/packaging/index.ts';

describe('a commit that many share', () => {
  it('takes what came meanwhile as the next group, in order, and gives each its own outcome', async () => {
    const groups: number[][] = [];
    const commit = groupCommit(async (items: readonly number[]) => {
      groups.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return items.map((item) =>
        item === 3
          ? { status: 'rejected' as const, reason: new Error('three') }
          : { status: 'fulfilled' as const, value: item * 10 },
      );
    }, 4);
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(commit));
    expect(groups).to.deep.equal([
      [1, 2, 3, 4],
      [5, 6],
    ]);
    expect(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message)),
    ).to.deep.equal([10, 20, 'three', 40, 50, 60]);
  });

  it('fails everyone of a group whose commit failed, and goes on with the next', async () => {
    let calls = 0;
    const commit = groupCommit(async (items: readonly string[]) => {
      calls += 1;
      if (calls === 1) throw new Error('disk');
      return items.map((value) => ({ status: 'fulfilled' as const, value }));
    }, 2);
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map(commit));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'fulfilled']);
  });
});
