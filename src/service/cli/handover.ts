import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { writePackageFiles } from '../../archive/access/index.ts';
import {
  abandonDisposal,
  decideDisposal,
  disposalDocument,
  disposalDocuments,
  executeDisposal,
  findHandOvers,
  makeHandOverPackage,
  openHandOverPackage,
  proposeHandOver,
  reviewDisposal,
  sendHandOver,
} from '../../archive/administration/index.ts';
import { type Disposal, disposalItems, findDisposal, listDisposals } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode, OpenArchive } from './command.ts';
import { lineOfDisposal, tellExecution } from './dispose.ts';
import { creatorFor, fileOf, noSuchVerb, required } from './office.ts';

const options = {
  creator: { type: 'string' },
  within: { type: 'string', default: '0' },
  early: { type: 'string' },
  members: { type: 'string', multiple: true },
  minutes: { type: 'string' },
  date: { type: 'string' },
  place: { type: 'string' },
  whole: { type: 'boolean', default: false },
  opinion: { type: 'string' },
  refuse: { type: 'boolean', default: false },
  'leave-out': { type: 'string', multiple: true },
  remark: { type: 'string' },
  letter: { type: 'string' },
  channel: { type: 'string' },
  contact: { type: 'string' },
  number: { type: 'string' },
  document: { type: 'string' },
  method: { type: 'string', default: 'уклањање после предаје јавном архиву' },
  reason: { type: 'string' },
  form: { type: 'string', default: 'zip' },
  to: { type: 'string' },
  by: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/**
 * `trajno handover [list] | candidates [--within YEARS] | show H | propose [RECORD…] [--early TEXT] | review H --members A --members B
 * --minutes N --date DAY --place TEXT --opinion TEXT [--whole] | package H --to DIR [--form zip|tar|folder] | send H --letter N --date
 * DAY --channel TEXT | confirm H --number N --date DAY --document FILE [--refuse] | execute H | abandon H --reason TEXT |
 * document H NAME --to FILE`; each step with `--by NAME`: two people take part.
 */
export const handover: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb = 'list', wanted = '', ...rest] = positionals;
  const archive = await openArchive();
  const { context } = archive;
  const tell = async (one: Disposal): Promise<ExitCode> => {
    if (values.json) out.json({ ...one, items: await disposalItems(context.catalog, one.id) });
    else out.line(lineOfDisposal(one));
    return 0;
  };
  const named = async () => {
    const found = await findDisposal(context.catalog, context.institution.id, wanted);
    if (found?.kind !== 'hand-over') throw new ArchiveError('ENTRY_UNKNOWN', `There is no hand-over ${wanted}.`);
    return found;
  };
  try {
    switch (verb) {
      case 'list': {
        const handOvers = await listDisposals(context.catalog, context.institution.id, 'hand-over');
        if (values.json) out.json({ handOvers });
        else for (const one of handOvers) out.line(lineOfDisposal(one));
        return 0;
      }
      case 'candidates':
        return await candidates(archive, values, out);
      case 'show':
        return await tell(await named());
      case 'propose':
        return await tell(
          await proposeHandOver(context, {
            creator: await creatorFor(context, values.creator),
            ...(wanted ? { records: [wanted, ...rest] } : {}),
            ...(values.early ? { early: values.early } : {}),
            actor: required(values.by, 'by'),
          }),
        );
      case 'package':
        return await writePackage(archive, await named(), values, out);
      case 'review':
      case 'send':
      case 'confirm':
      case 'abandon':
        return await tell(await steps[verb](archive, (await named()).id, values));
      case 'execute': {
        const execution = { disposal: (await named()).id, method: values.method, actor: required(values.by, 'by') };
        const done = await executeDisposal(context, execution, (count, total) => out.progress(count, total, 'records'));
        return tellExecution(out, done, 'removed', values.json);
      }
      case 'document': {
        const name = disposalDocuments.find((known) => known === rest[0]);
        if (!name) throw new ArchiveError('USAGE', `Name a document: ${disposalDocuments.join(', ')}.`);
        const to = required(values.to, 'to');
        await writeFile(to, await disposalDocument(context, await named(), name));
        if (values.json) out.json({ files: [to] });
        else out.line(to);
        return 0;
      }
      default:
        return noSuchVerb(verb, [
          ...['list', 'candidates', 'show', 'propose', 'review', 'package', 'send', 'confirm', 'execute', 'abandon'],
          'document',
        ]);
    }
  } finally {
    await archive.close();
  }
};

async function candidates({ context }: OpenArchive, values: Values, out: Out): Promise<ExitCode> {
  const within = Number(values.within);
  if (!Number.isInteger(within) || within < 0) throw new ArchiveError('USAGE', '--within takes a number of years.');
  const creator = values.creator ? { creator: values.creator } : {};
  const found = await findHandOvers(context, { ...creator, within, limit: 500 });
  if (values.json) out.json(found);
  else
    for (const { record, mark, createdYear, dueFrom, holds } of found.candidates)
      out.line(`${record}  ${mark}  ${createdYear}  due from ${dueFrom}${holds.length > 0 ? '  under a hold' : ''}`);
  return 0;
}

type Out = Parameters<Command>[1]['out'];

async function writePackage(archive: OpenArchive, one: Disposal, values: Values, out: Out): Promise<ExitCode> {
  const to = required(values.to, 'to');
  const { form } = values;
  if (form !== 'zip' && form !== 'tar' && form !== 'folder') throw new ArchiveError('USAGE', 'zip, tar or folder.');
  const isOpen = one.state === 'reviewed';
  const made = isOpen
    ? await makeHandOverPackage(
        { ...archive.evidence, ...archive.context },
        { disposal: one.id, actor: required(values.by, 'by') },
        (done, total) => out.progress(done, total, 'records'),
      )
    : one; // handed over already: the same package again
  const path = await writePackageFiles(await openHandOverPackage(archive.context, made), { form, to });
  if (values.json) out.json({ files: [path] });
  else out.line(path);
  return 0;
}

const steps: Readonly<
  Record<
    'review' | 'send' | 'confirm' | 'abandon',
    (archive: OpenArchive, disposal: string, values: Values) => Promise<Disposal>
  >
> = {
  review: ({ context }, disposal, values) =>
    reviewDisposal(context, {
      disposal,
      members: values.members ?? [],
      minutes: { number: required(values.minutes, 'minutes'), date: required(values.date, 'date') },
      agreed: values.refuse !== true,
      leaveOut: values['leave-out'] ?? [],
      place: required(values.place, 'place'),
      whole: values.whole,
      opinion: required(values.opinion, 'opinion'),
      ...(values.remark ? { remark: values.remark } : {}),
      actor: required(values.by, 'by'),
    }),
  send: ({ context }, disposal, values) =>
    sendHandOver(context, {
      disposal,
      letter: required(values.letter, 'letter'),
      date: required(values.date, 'date'),
      channel: required(values.channel, 'channel'),
      ...(values.contact ? { contact: values.contact } : {}),
      actor: required(values.by, 'by'),
    }),
  confirm: async ({ context }, disposal, values) => {
    const file = required(values.document, 'document');
    return decideDisposal(context, {
      disposal,
      number: required(values.number, 'number'),
      date: required(values.date, 'date'),
      approved: values.refuse !== true,
      leaveOut: values['leave-out'] ?? [],
      document: { name: basename(file), content: await fileOf(file) },
      actor: required(values.by, 'by'),
    });
  },
  abandon: ({ context }, disposal, values) =>
    abandonDisposal(context, {
      disposal,
      reason: required(values.reason, 'reason'),
      actor: required(values.by, 'by'),
    }),
};
