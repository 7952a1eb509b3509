import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { fileReader } from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';
import { identifyFormat } from '../../standards/pronom/index.ts';
import type { Command } from './command.ts';

/** `trajno identify FILE… [--json]`: PRONOM ids by content. */
export const identify: Command = async (args, { out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  if (positionals.length === 0) throw new ArchiveError('USAGE', 'Name at least one file.');
  const files = [];
  for (const file of positionals) {
    const reader = await fileReader(file).catch((cause) => {
      throw new ArchiveError('USAGE', `“${file}” cannot be read. Check the name.`, { cause });
    });
    files.push({ file, matches: await identifyFormat(reader, basename(file)) });
  }
  if (values.json) out.json({ files });
  else
    for (const { file, matches } of files)
      out.line(
        `${file}  ${matches.map(({ puid, name, basis }) => `${puid ?? 'unknown'} ${name} (${basis})`).join('; ') || 'unknown'}`,
      );
  return 0;
};
