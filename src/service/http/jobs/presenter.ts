import type { Job } from '../../../archive/data-management/index.ts';

export function presentJob(job: Job): object {
  const { id, name, state, attempts, progress, outcome, runAt, cancelRequestedAt, createdAt, updatedAt } = job;
  return {
    id,
    name,
    state,
    attempts,
    ...(progress ? { progress } : {}),
    ...(outcome ? { outcome } : {}),
    runAt,
    ...(cancelRequestedAt ? { cancelRequestedAt } : {}),
    createdAt,
    updatedAt,
  };
}
