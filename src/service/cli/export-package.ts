import { parseArgs } from 'node:util';
import { exportRecord } from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/** `trajno export RECORD --to DIR [--aip] [--form zip|tar|folder] [--version N] [--json]` */
export const exportPackage: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      aip: { type: 'boolean' },
      form: { type: 'string', default: 'folder' },
      version: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [record] = positionals;
  const form = (['zip', 'tar', 'folder'] as const).find((known) => known === values.form);
  if (!record || positionals.length > 1 || !values.to)
    throw new ArchiveError('USAGE', 'Name one record and a folder to write to.');
  if (!form) throw new ArchiveError('USAGE', `There is no form “${values.form}”: zip, tar or folder.`);
  if (values.version !== undefined && !/^[1-9][0-9]{0,5}$/.test(values.version))
    throw new ArchiveError('USAGE', '--version must be a whole number.');
  const { context, close } = await openArchive();
  try {
    const files = await exportRecord(context, {
      record,
      form,
      to: values.to,
      ...(values.version ? { version: Number(values.version) } : {}),
      onProgress: (done, total) => out.progress(done, total, 'exported'),
    });
    if (values.json) out.json({ files });
    else files.forEach(out.line);
    return 0;
  } finally {
    await close();
  }
};
