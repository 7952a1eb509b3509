import { parseArgs } from 'node:util';
import type { Command } from './command.ts';

/** `trajno drill [--json]`: tries what must work on the worst day, and notes in the journal how it went. */
export const drill: Command = async (args, { openArchive, out }) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const archive = await openArchive();
  try {
    const report = await archive.drill('operator', (done, total) => out.progress(done, total, 'parts'));
    if (values.json) out.json(report);
    else
      for (const { part, outcome, milliseconds, facts, reason } of report.parts) {
        const counts = Object.entries(facts).map(([name, count]) => `${count} ${name}`);
        out.line(
          `${part.padEnd(8)} ${outcome}  ${milliseconds} ms  ${counts.join(', ')}${reason ? `  ${reason}` : ''}`,
        );
      }
    return report.outcome === 'passed' ? 0 : 1;
  } finally {
    await archive.close();
  }
};
