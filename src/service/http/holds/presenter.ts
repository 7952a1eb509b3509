import type { Hold } from '../../../archive/data-management/index.ts';

export function presentHold({ institution: _institution, facts, target, ...hold }: Hold): object {
  return { ...hold, ...(target ? { target } : {}), ...facts };
}
