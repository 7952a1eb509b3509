import type { IndexedEntry } from '../../../archive/data-management/index.ts';

export function presentEntry(entry: IndexedEntry): object {
  const { sequence, time, institution, type, subject, actor, detail, hash } = entry;
  return { sequence, time, institution, type, ...(subject ? { subject } : {}), actor, detail, hash };
}
