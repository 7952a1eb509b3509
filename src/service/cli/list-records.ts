import { parseArgs } from 'node:util';
import { findRecords, type RecordState } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

const stored: readonly RecordState[] = ['archived', 'awaiting'];
const states: readonly RecordState[] = [...stored, 'received', 'quarantined', 'rejected', 'failed', 'disposed'];

/** `trajno list [--query TEXT] [--state STATE] [--json]`: what has a receipt, or with --state what stands there. */
export const listRecords: Command = async (args, { openArchive, out }) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      query: { type: 'string' },
      state: { type: 'string' },
      cursor: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const state = states.find((known) => known === values.state);
  if (values.state !== undefined && !state)
    throw new ArchiveError('USAGE', `There is no state “${values.state}”: ${states.join(', ')}.`);
  const limit = wholeNumber(values.limit, 'limit') ?? 1000;
  const before = wholeNumber(values.cursor, 'cursor');
  const { context, close } = await openArchive();
  try {
    const { records, next } = await findRecords(context.catalog, {
      institution: context.institution.id,
      states: state ? [state] : stored,
      limit,
      ...(values.query ? { text: values.query } : {}),
      ...(before === undefined ? {} : { before }),
    });
    if (values.json) {
      const shown = records.map((record) => ({
        record: record.id,
        number: record.number,
        aip: record.id,
        version: record.version,
        title: record.title,
        state: record.state,
        receivedAt: record.receivedAt,
        ...(record.archivedAt ? { archivedAt: record.archivedAt } : {}),
        profile: record.profile.id,
        ...(record.category ? { category: record.category } : {}),
        verdicts: record.verdicts,
      }));
      out.json({ records: shown, next: next === undefined ? null : String(next) });
    } else {
      for (const record of records)
        out.line(
          `${record.number}  ${record.state.padEnd(10)} ${record.archivedAt ?? record.receivedAt}  ${record.title}`,
        );
      if (next !== undefined) out.message(`more: --cursor ${next}`);
    }
    return 0;
  } finally {
    await close();
  }
};

function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9][0-9]{0,9}$/.test(text)) throw new ArchiveError('USAGE', `--${name} must be a whole number.`);
  return Number(text);
}
