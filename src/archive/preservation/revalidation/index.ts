export { queueRevalidation, type RevalidationReport, revalidateDue, revalidateJob } from './revalidate-due.ts';
export type { RevalidationContext } from './revalidation-context.ts';
