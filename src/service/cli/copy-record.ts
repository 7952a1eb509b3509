import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CopyRequest,
  completeCopy,
  copyChannels,
  type IssuedCopy,
  issueCopy,
  prepareCopy,
} from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, OpenArchive } from './command.ts';

const actor = 'operator';

/**
 * `trajno copy RECORD --to DIR [--purpose TEXT] … [--json]`: a certified copy. Where the authorised person signs it:
 * `trajno copy RECORD --prepare --to DIR` writes the certificate to be signed, `trajno copy NUMBER --signed FILE --to DIR` issues.
 */
export const copyRecord: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      purpose: { type: 'string' },
      recipient: { type: 'string' },
      'requested-on': { type: 'string' },
      'legal-interest': { type: 'string' },
      place: { type: 'string' },
      fee: { type: 'string' },
      channel: { type: 'string' },
      script: { type: 'string', default: 'cyrillic' },
      decision: { type: 'string' },
      prepare: { type: 'boolean', default: false },
      signed: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [named] = positionals;
  const { to, json } = values;
  if (!named || positionals.length > 1 || !to)
    throw new ArchiveError('USAGE', 'Name one record and a folder to write to.');
  const request = requestOf(named, values);
  const signed = values.signed === undefined ? undefined : await readSigned(values.signed);
  const archive = await openArchive();
  try {
    if (values.prepare) {
      const { id, statement, certificate } = await prepared(archive, request);
      const [path = ''] = await write(to, [{ name: `${statement.number}-to-sign.pdf`, bytes: certificate }]);
      const { number } = statement;
      out.message(`Have it signed, then: trajno copy ${statement.isTest ? id : number} --signed FILE --to DIR`);
      if (json) out.json({ files: [path], number, prepared: id });
      else out.line(path);
      return 0;
    }
    const issued = signed
      ? await completeCopy(archive.copies, named, signed)
      : await issueCopy(archive.copies, request);
    tell(out, issued, await write(to, issued.files), json);
    return 0;
  } finally {
    await archive.close();
  }
};

type Values = Readonly<Partial<Record<string, string | boolean>>>;

/** @throws ArchiveError USAGE */
function requestOf(record: string, values: Values): CopyRequest {
  const said = (name: string) => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : undefined);
  const channel = copyChannels.find((known) => known === values.channel);
  if (values.channel && !channel)
    throw new ArchiveError('USAGE', `There is no channel “${values.channel}”: ${copyChannels.join(', ')}.`);
  if (values.script !== 'cyrillic' && values.script !== 'latin')
    throw new ArchiveError('USAGE', '--script is cyrillic or latin.');
  const legalInterest = said('legal-interest');
  const requestedOn = said('requested-on');
  const texts = (['purpose', 'recipient', 'place', 'fee', 'decision'] as const).flatMap((name) => {
    const text = said(name);
    return text ? [[name, text]] : [];
  });
  return {
    ...{ record, actor, script: values.script === 'latin' ? 'Latn' : 'Cyrl' },
    ...Object.fromEntries(texts),
    ...(requestedOn ? { requestedOn } : {}),
    ...(legalInterest ? { legalInterest } : {}),
    ...(channel ? { channel } : {}),
  };
}

async function prepared({ copies }: OpenArchive, request: CopyRequest) {
  const copy = await prepareCopy(copies, request);
  return { ...copy, certificate: await copies.prepared.certificate(copy) };
}

const largestSigned = 160 << 20;

/** @throws ArchiveError FILE_TOO_LARGE */
async function readSigned(path: string): Promise<Uint8Array> {
  if ((await stat(path)).size > largestSigned)
    throw new ArchiveError('FILE_TOO_LARGE', `${path} is larger than any certificate.`);
  return readFile(path);
}

async function write(folder: string, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const { name, bytes } of files) {
    const path = join(folder, name);
    await writeFile(path, bytes);
    written.push(path);
  }
  return written;
}

function tell(out: Parameters<Command>[1]['out'], { statement }: IssuedCopy, files: string[], asJson: boolean): void {
  const { number, code, isTest, verdict } = statement;
  if (isTest) out.message('TEST: the built-in seal proves nothing; the copy is not registered as issued.');
  if (asJson) out.json({ files, number, code, isTest, verdict });
  else files.forEach(out.line);
}
