import { parseArgs } from 'node:util';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/** `trajno rebuild [--from LOCATION] [--json]`: recreates the catalog from the store. */
export const rebuild: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: { from: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const report = await context.rebuild(values.from, (done, total) =>
    context.out.progress(done, total, 'journal entries'),
  );
  if (values.json) context.out.json(report);
  else
    context.out.line(
      `rebuilt from ${report.location}: ${report.entries} journal entries, ${report.objects} further objects, ${report.unreadable.length} records unreadable there`,
    );
  return report.unreadable.length === 0 ? 0 : 1;
};

/** `trajno backup --to DIR`: what the store does not hold. */
export const backup: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: { to: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (!values.to) throw new ArchiveError('USAGE', 'Name a folder to write to.');
  const files = await context.backup(values.to);
  if (values.json) context.out.json({ files });
  else files.forEach(context.out.line);
  return 0;
};

/** `trajno migrate`: brings the catalog to this program's form; `serve` does it too. */
export const migrate: Command = async (_, context) => {
  const names = await context.migrate();
  context.out.line(names.length === 0 ? 'The catalog is up to date.' : names.join('\n'));
  return 0;
};
