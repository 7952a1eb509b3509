import type { Copy } from '../../../archive/data-management/index.ts';

export function presentCopy({ location, state, verifiedAt }: Copy): object {
  return { location, state, ...(verifiedAt ? { verifiedAt } : {}) };
}
