import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/** `trajno anchors --to DIR`: root certificates of the archive's own seals (PEM). */
export const anchors: Command = async (args, { openArchive, out }) => {
  const { values } = parseArgs({
    args: [...args],
    options: { to: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (!values.to) throw new ArchiveError('USAGE', 'Name a folder to write to.');
  const { ownAnchors, close } = await openArchive();
  try {
    await mkdir(values.to, { recursive: true });
    const files: string[] = [];
    for (const { name, pem } of await ownAnchors()) {
      const path = join(values.to, `${name}.pem`);
      await writeFile(path, pem);
      files.push(path);
    }
    if (values.json) out.json({ files });
    else files.forEach(out.line);
    return 0;
  } finally {
    await close();
  }
};
