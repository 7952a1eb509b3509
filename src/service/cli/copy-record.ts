import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyChannels, issueCopy } from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

const actor = 'operator';

/** `trajno copy RECORD --to DIR [--purpose TEXT] … [--json]`: a certified copy. */
export const copyRecord: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      purpose: { type: 'string' },
      recipient: { type: 'string' },
      'legal-interest': { type: 'string' },
      place: { type: 'string' },
      fee: { type: 'string' },
      channel: { type: 'string' },
      script: { type: 'string', default: 'cyrillic' },
      decision: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [record] = positionals;
  const channel = copyChannels.find((known) => known === values.channel);
  if (!record || positionals.length > 1 || !values.to)
    throw new ArchiveError('USAGE', 'Name one record and a folder to write to.');
  if (values.channel && !channel)
    throw new ArchiveError('USAGE', `There is no channel “${values.channel}”: ${copyChannels.join(', ')}.`);
  if (!['cyrillic', 'latin'].includes(values.script)) throw new ArchiveError('USAGE', '--script is cyrillic or latin.');
  const archive = await openArchive();
  try {
    const { statement, files } = await issueCopy(archive.copies, {
      ...{ record, actor, script: values.script === 'latin' ? 'Latn' : 'Cyrl' },
      ...(values.purpose ? { purpose: values.purpose } : {}),
      ...(values.recipient ? { recipient: values.recipient } : {}),
      ...(values['legal-interest'] ? { legalInterest: values['legal-interest'] } : {}),
      ...(values.place ? { place: values.place } : {}),
      ...(values.fee ? { fee: values.fee } : {}),
      ...(channel ? { channel } : {}),
      ...(values.decision ? { decision: values.decision } : {}),
    });
    await mkdir(values.to, { recursive: true });
    const written: string[] = [];
    for (const { name, bytes } of files) {
      const path = join(values.to, name);
      await writeFile(path, bytes);
      written.push(path);
    }
    const { number, code, isTest, verdict } = statement;
    if (isTest) out.message('TEST: the built-in seal proves nothing; the copy is not registered as issued.');
    if (values.json) out.json({ files: written, number, code, isTest, verdict });
    else written.forEach(out.line);
    return 0;
  } finally {
    await archive.close();
  }
};
