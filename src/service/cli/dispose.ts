import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { writePackageFiles } from '../../archive/access/index.ts';
import {
  abandonDisposal,
  confirmRebuild,
  decideDisposal,
  disposalDocument,
  disposalDocuments,
  type ExecutedDisposal,
  executeDisposal,
  proposeDisposal,
  requestPackage,
  reviewDisposal,
  sendDisposal,
} from '../../archive/administration/index.ts';
import { type Disposal, disposalItems, findDisposal, listDisposals } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode, OpenArchive } from './command.ts';
import { creatorFor, fileOf, inOffice, noSuchVerb, required } from './office.ts';

const options = {
  creator: { type: 'string' },
  early: { type: 'string' },
  members: { type: 'string', multiple: true },
  minutes: { type: 'string' },
  date: { type: 'string' },
  refuse: { type: 'boolean', default: false },
  'leave-out': { type: 'string', multiple: true },
  remark: { type: 'string' },
  letter: { type: 'string' },
  channel: { type: 'string' },
  contact: { type: 'string' },
  number: { type: 'string' },
  document: { type: 'string' },
  method: { type: 'string' },
  reason: { type: 'string' },
  to: { type: 'string' },
  by: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
type Archive = OpenArchive['context'];

/**
 * `trajno dispose list | show D | propose [RECORD…] [--early REASON] | review D --members A --members B --minutes N --date DAY |
 * send D --letter N --date DAY --channel TEXT | decide D --number N --date DAY --document FILE | execute D --method TEXT |
 * abandon D --reason TEXT | request D --to DIR | document D NAME --to FILE | confirm-rebuild`; each step with `--by NAME`: two people take part.
 */
export const dispose: Command = async (args, context) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb = 'list', disposal = '', ...rest] = positionals;
  const { out } = context;
  return inOffice(context, async (archive): Promise<ExitCode> => {
    const tell = async (one: Disposal) => {
      if (values.json) out.json({ ...one, items: await disposalItems(archive.catalog, one.id) });
      else out.line(lineOfDisposal(one));
      return 0 as const;
    };
    const named = async () => {
      const found = await findDisposal(archive.catalog, archive.institution.id, disposal);
      if (!found) throw new ArchiveError('ENTRY_UNKNOWN', `There is no disposal ${disposal}.`);
      return found;
    };
    switch (verb) {
      case 'list': {
        const disposals = await listDisposals(archive.catalog, archive.institution.id);
        if (values.json) out.json({ disposals });
        else for (const one of disposals) out.line(lineOfDisposal(one));
        return 0;
      }
      case 'show':
        return tell(await named());
      case 'propose':
        return tell(
          await propose(
            archive,
            values,
            [disposal, ...rest].filter((one) => one !== ''),
          ),
        );
      case 'review':
      case 'send':
      case 'decide':
      case 'abandon':
        return tell(await steps[verb](archive, disposal, values));
      case 'execute': {
        const execution = { disposal, method: required(values.method, 'method'), actor: required(values.by, 'by') };
        const done = await executeDisposal(archive, execution, (count, total) => out.progress(count, total, 'records'));
        return tellExecution(out, done, 'destroyed', values.json);
      }
      case 'request': {
        const contents = await requestPackage(archive, await named());
        const path = await writePackageFiles(contents, { form: 'zip', to: required(values.to, 'to') });
        if (values.json) out.json({ files: [path] });
        else out.line(path);
        return 0;
      }
      case 'document': {
        const name = disposalDocuments.find((known) => known === rest[0]);
        if (!name) throw new ArchiveError('USAGE', `Name a document: ${disposalDocuments.join(', ')}.`);
        const to = required(values.to, 'to');
        await writeFile(to, await disposalDocument(archive, await named(), name));
        if (values.json) out.json({ files: [to] });
        else out.line(to);
        return 0;
      }
      case 'confirm-rebuild': {
        const confirmed = await confirmRebuild(archive, required(values.by, 'by'));
        if (values.json) out.json({ confirmed });
        else out.line(confirmed ? 'confirmed: disposal is possible again' : 'there was nothing to confirm');
        return 0;
      }
      default:
        return noSuchVerb(verb, [
          'list',
          'show',
          'propose',
          ...Object.keys(steps),
          'execute',
          'request',
          'document',
          'confirm-rebuild',
        ]);
    }
  });
};

async function propose(archive: Archive, values: Values, records: readonly string[]): Promise<Disposal> {
  return proposeDisposal(archive, {
    creator: await creatorFor(archive, values.creator),
    ...(records.length > 0 ? { records } : {}),
    ...(values.early ? { early: values.early } : {}),
    actor: required(values.by, 'by'),
  });
}

const steps: Readonly<
  Record<
    'review' | 'send' | 'decide' | 'abandon',
    (archive: Archive, disposal: string, values: Values) => Promise<Disposal>
  >
> = {
  review: (archive, disposal, values) =>
    reviewDisposal(archive, {
      disposal,
      members: values.members ?? [],
      minutes: { number: required(values.minutes, 'minutes'), date: required(values.date, 'date') },
      agreed: values.refuse !== true,
      leaveOut: values['leave-out'] ?? [],
      ...(values.remark ? { remark: values.remark } : {}),
      actor: required(values.by, 'by'),
    }),
  send: (archive, disposal, values) =>
    sendDisposal(archive, {
      disposal,
      letter: required(values.letter, 'letter'),
      date: required(values.date, 'date'),
      channel: required(values.channel, 'channel'),
      ...(values.contact ? { contact: values.contact } : {}),
      actor: required(values.by, 'by'),
    }),
  decide: async (archive, disposal, values) => {
    const file = required(values.document, 'document');
    return decideDisposal(archive, {
      disposal,
      number: required(values.number, 'number'),
      date: required(values.date, 'date'),
      approved: values.refuse !== true,
      leaveOut: values['leave-out'] ?? [],
      document: { name: basename(file), content: await fileOf(file) },
      actor: required(values.by, 'by'),
    });
  },
  abandon: (archive, disposal, values) =>
    abandonDisposal(archive, {
      disposal,
      reason: required(values.reason, 'reason'),
      actor: required(values.by, 'by'),
    }),
};

/** A line of a list. */
export function lineOfDisposal({ number, state, proposedBy, proposedAt }: Disposal): string {
  return `${number}  ${state}  proposed by ${proposedBy} ${proposedAt}`;
}

/** What became of an execution, and the exit code: 1 where something is left to be done. @param word what was done with records */
export function tellExecution(
  out: Parameters<Command>[1]['out'],
  done: ExecutedDisposal,
  word: 'destroyed' | 'removed',
  asJson: boolean,
): ExitCode {
  if (asJson) out.json({ ...done, disposal: done.disposal.number, state: done.disposal.state });
  else out.line(`${lineOfDisposal(done.disposal)}: ${done.destroyed} ${word}, ${done.leftOut.length} left out`);
  for (const { number, code } of done.leftOut) out.message(`${number} is left out: ${code}`);
  for (const name of done.pending) out.message(`“${name}” has not confirmed: execute again when it is back`);
  return done.pending.length + done.leftOut.length === 0 ? 0 : 1;
}
