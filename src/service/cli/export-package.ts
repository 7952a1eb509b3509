import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { exportRecord, makeDip, type Redaction, writePackageFiles } from '../../archive/access/index.ts';
import { findRecords } from '../../archive/data-management/index.ts';
import type { ReportContext } from '../../archive/preservation/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/**
 * `trajno export RECORD… --to DIR [--aip|--dip] [--form zip|tar|folder] [--version N] [--json]`; with `--query TEXT` what is
 * found in the place of records; a DIP can have some of the files (`--file N`), and redacted ones in the place of originals
 * (`--redacted N=FILE --reason TEXT`).
 */
export const exportPackage: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      aip: { type: 'boolean', default: false },
      dip: { type: 'boolean', default: false },
      form: { type: 'string', default: 'folder' },
      version: { type: 'string' },
      query: { type: 'string' },
      file: { type: 'string', multiple: true, default: [] },
      redacted: { type: 'string', multiple: true, default: [] },
      reason: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { to, dip, query } = values;
  const form = (['zip', 'tar', 'folder'] as const).find((known) => known === values.form);
  if (!to || (positionals.length === 0) === (query === undefined))
    throw new ArchiveError('USAGE', 'Name records, or a query, and a folder to write to.');
  if (!form) throw new ArchiveError('USAGE', `There is no form “${values.form}”: zip, tar or folder.`);
  if (dip && values.aip) throw new ArchiveError('USAGE', 'Say --aip or --dip.');
  if (!dip && values.file.length + values.redacted.length > 0)
    throw new ArchiveError('USAGE', 'An AIP is given whole; --file and --redacted go with --dip.');
  const version = values.version === undefined ? undefined : wholeNumber(values.version, '--version');
  const chosen = {
    ...(version === undefined ? {} : { version }),
    ...(values.file.length > 0 ? { files: values.file.map((number) => wholeNumber(number, '--file')) } : {}),
    redactions: await Promise.all(values.redacted.map((text) => redactionOf(text, values.reason))),
  };
  const { context, close } = await openArchive();
  try {
    const files: string[] = [];
    const records = query === undefined ? positionals : await found(context, query);
    for (const record of records) {
      const written = { form, to, onProgress: (done: number, total: number) => out.progress(done, total, 'exported') };
      if (dip)
        files.push(await writePackageFiles(await makeDip(context, { record, actor: 'operator', ...chosen }), written));
      else files.push(...(await exportRecord(context, { record, ...(version ? { version } : {}), ...written })));
    }
    if (values.json) out.json({ files });
    else files.forEach(out.line);
    return 0;
  } finally {
    await close();
  }
};

/** @throws ArchiveError USAGE */
function wholeNumber(text: string, option: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new ArchiveError('USAGE', `${option} must be a whole number.`);
  return Number(text);
}

/** @throws ArchiveError USAGE */
async function redactionOf(text: string, reason: string | undefined): Promise<Redaction> {
  const [, number, path] = /^(\d+)=(.+)$/s.exec(text) ?? [];
  if (!number || !path) throw new ArchiveError('USAGE', 'Write --redacted NUMBER=FILE.');
  if (!reason) throw new ArchiveError('USAGE', 'Say why with --reason: it stands in the package.');
  const content = await readFile(path).catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  return { file: wholeNumber(number, '--redacted'), name: basename(path), content, reason };
}

/** The ids of all records that a query finds. */
async function found({ catalog, institution }: ReportContext, text: string): Promise<string[]> {
  const ids: string[] = [];
  for (let before: number | undefined; ; ) {
    const page = await findRecords(catalog, {
      institution: institution.id,
      text,
      limit: 200,
      ...(before ? { before } : {}),
    });
    ids.push(...page.records.filter(({ version }) => version > 0).map(({ id }) => id));
    if (!page.next) return ids;
    before = page.next;
  }
}
