/**
 * Lets many callers share one costly commit: while one group is being committed, the next gathers.
 * @param commit gives one outcome per item, in the same order; when it throws, every item of the group fails
 */
export function groupCommit<Item, Result>(
  commit: (items: readonly Item[]) => Promise<PromiseSettledResult<Result>[]>,
  largestGroup: number,
): (item: Item) => Promise<Result> {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (reason: unknown) => void };
  let waiting: Waiting[] = [];
  let running = false;

  const run = async () => {
    running = true;
    await new Promise(setImmediate); // lets callers of the same turn join
    while (waiting.length > 0) {
      const group = waiting.slice(0, largestGroup);
      waiting = waiting.slice(largestGroup);
      try {
        const outcomes = await commit(group.map(({ item }) => item));
        group.forEach(({ resolve, reject }, index) => {
          const outcome = outcomes[index];
          if (outcome?.status === 'fulfilled') resolve(outcome.value);
          else reject(outcome?.reason ?? new Error('the commit gave no outcome'));
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    running = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void run();
    });
}
