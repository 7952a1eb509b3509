import type { Category, CategoryList } from '../../../archive/data-management/index.ts';

/** A version of a list, with its categories where they are given. */
export function presentList(
  { id, creator, version, facts, enteredAt }: CategoryList,
  categories?: readonly Category[],
): object {
  return { id, creator, version, ...facts, enteredAt, ...(categories ? { categories } : {}) };
}
