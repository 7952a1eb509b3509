import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyChannels, issueCopy, listCopies, revokeCopy } from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, OpenArchive } from './command.ts';

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

/** `trajno copies list | revoke NUMBER --reason TEXT [--json]`: the register of issued copies. */
export const copies: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { reason: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [what = 'list', number] = positionals;
  if (!['list', 'revoke'].includes(what)) throw new ArchiveError('USAGE', 'Say what is to be done: list or revoke.');
  const archive = await openArchive();
  try {
    if (what === 'revoke') {
      if (!number || !values.reason?.trim())
        throw new ArchiveError('USAGE', 'Name one copy, and say why with --reason.');
      const revoked = await revokeCopy(archive.copies, { copy: number, actor, reason: values.reason.trim() });
      if (values.json) out.json({ number: revoked.number, revokedAt: revoked.revoked?.at });
      else out.line(`${revoked.number} revoked ${revoked.revoked?.at}`);
      return 0;
    }
    await tellRegister(archive, out, values.json);
    return 0;
  } finally {
    await archive.close();
  }
};

const atOnce = 200;

async function tellRegister(
  { copies: context }: OpenArchive,
  out: Parameters<Command>[1]['out'],
  asJson: boolean,
): Promise<void> {
  const all: object[] = [];
  for (let before: number | undefined; ; ) {
    const { copies: page, next } = await listCopies(context, { limit: atOnce, ...(before ? { before } : {}) });
    for (const { number, issuedAt, recordNumber, revokedAt } of page) {
      if (asJson) all.push({ number, issuedAt, record: recordNumber, ...(revokedAt ? { revokedAt } : {}) });
      else out.line(`${number}  ${issuedAt}  ${recordNumber}${revokedAt ? `  revoked ${revokedAt}` : ''}`);
    }
    if (next === undefined) break;
    before = next;
  }
  if (asJson) out.json({ copies: all });
}
