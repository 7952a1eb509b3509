import type { Job } from '../../../archive/data-management/index.ts';

export function presentJob({ id, name, state, attempts, progress, outcome, createdAt, updatedAt }: Job): object {
  return {
    id,
    name,
    state,
    attempts,
    ...(progress ? { progress } : {}),
    ...(outcome ? { outcome } : {}),
    createdAt,
    updatedAt,
  };
}
