import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { integrityFiles, makeIntegrityReport } from '../../archive/preservation/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/** `trajno report [RECORD] --to DIR [--json]`: a sealed integrity report of one record, or of the whole archive. */
export const report: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { to: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [record, another] = positionals;
  if (another || !values.to)
    throw new ArchiveError('USAGE', 'Name a folder to write to with --to, and at most one record.');
  const { context, close } = await openArchive();
  try {
    const made = await makeIntegrityReport(context, record);
    await mkdir(values.to, { recursive: true });
    const files: string[] = [];
    for (const { path, content } of integrityFiles(made)) {
      const target = join(values.to, path);
      await writeFile(target, content);
      files.push(target);
    }
    if (values.json) out.json({ files, intact: made.facts.intact });
    else files.forEach(out.line);
    return made.facts.intact ? 0 : 1;
  } finally {
    await close();
  }
};
