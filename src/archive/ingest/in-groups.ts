/** Packages may have thousands of files, and each is held open while it is looked at. */
const atOnce = 32;

/** Does the same with each item, with a few at a time, and gives the results in their order. */
export async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += atOnce)
    results.push(...(await Promise.all(items.slice(first, first + atOnce).map(work))));
  return results;
}
