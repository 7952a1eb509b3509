export { keptMaterial } from './kept-material.ts';
export { queueRevalidation, type RevalidationReport, revalidateDue, revalidateJob } from './revalidate-due.ts';
export type { Revalidation } from './revalidate-record.ts';
export type { RevalidationContext } from './revalidation-context.ts';
