import { eachJournalRow } from '../../src/archive/data-management/index.ts';
import type { RevalidationContext } from '../../src/archive/preservation/index.ts';
import type { Happening } from './live.ts';

const columns = [
  'records',
  'batches',
  'time-stamps',
  'batches re-stamped',
  'hash trees renewed',
  'damages',
  'repairs',
  're-validations',
  'verdicts changed',
  'audits',
  'failures',
] as const;
type Column = (typeof columns)[number];

/** What a decade of an archive was, by its journal. */
export type Decade = Record<Column, number>;

/** Counts what the journal tells, by the year in which each decade begins. */
export async function decadesOf({ catalog }: RevalidationContext, from: number): Promise<Map<number, Decade>> {
  const decades = new Map<number, Decade>();
  const chains = new Map<string, number>();
  const stamps = new Set<string>();
  for await (const { type, time, subject = '', detail } of eachJournalRow(catalog)) {
    const start = from + 10 * Math.floor((Number(time.slice(0, 4)) - from) / 10);
    const decade = decades.get(start) ?? (Object.fromEntries(columns.map((column) => [column, 0])) as Decade);
    decades.set(start, decade);
    const count = (column: Column) => {
      decade[column] += 1;
    };
    switch (type) {
      case 'record.archived':
        count('records');
        break;
      case 'evidence.batch-closed':
      case 'evidence.renewed': {
        const isNewChain = chains.has(subject) && Number(detail.chains) > (chains.get(subject) ?? 0);
        chains.set(subject, Number(detail.chains));
        const stamp = `${detail.authority} ${detail.stampedAt} ${isNewChain || type === 'evidence.batch-closed' ? subject : detail.digest}`;
        if (!stamps.has(stamp)) count('time-stamps');
        stamps.add(stamp);
        if (type === 'evidence.batch-closed') count('batches');
        else count(isNewChain ? 'hash trees renewed' : 'batches re-stamped');
        break;
      }
      case 'evidence.failed':
        count('failures');
        break;
      case 'copy.damaged':
        count('damages');
        break;
      case 'copy.repaired':
        count('repairs');
        break;
      case 'signatures.revalidated':
        count('re-validations');
        if (detail.report) count('verdicts changed');
        break;
      case 'audit.finished':
        count('audits');
    }
  }
  return decades;
}

/** The decades as a table in Markdown, with what happened beside them. */
export function tableOf(decades: ReadonlyMap<number, Decade>, happenings: readonly Happening[]): string {
  const rows = [...decades].map(([start, decade]) => {
    const events = happenings.filter(({ year }) => year >= start && year < start + 10);
    const told = events.map(({ year, what }) => `${year}: ${what}`).join('; ');
    return [`${start}`, ...columns.map((column) => String(decade[column])), told];
  });
  const all = [['decade from', ...columns, 'events'], ['---', ...columns.map(() => '---:'), '---'], ...rows];
  return all.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
