import type { CatalogVersion } from '../../../archive/data-management/index.ts';

export function presentVersion({ version, createdAt, reason, inventorySha512, sequence }: CatalogVersion): object {
  return { version, createdAt, ...(reason ? { reason } : {}), inventorySha512, journalSequence: sequence };
}
