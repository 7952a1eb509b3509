import { parseArgs } from 'node:util';
import { closeBook, registerAct, voidEntry } from '../../archive/administration/index.ts';
import { listRegister, type RegisterEntry, registerNumber } from '../../archive/data-management/index.ts';
import type { Command, ExitCode } from './command.ts';
import { creatorFor, inOffice, noSuchVerb, required } from './office.ts';

const options = {
  creator: { type: 'string' },
  book: { type: 'string', default: '01' },
  year: { type: 'string' },
  received: { type: 'string' },
  case: { type: 'string' },
  record: { type: 'string' },
  subject: { type: 'string' },
  sender: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string', default: 'operator' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `trajno register list [--year Y] [--record R] | enter --subject TEXT --received DAY [--case N] [--record R] [--sender TEXT] |
 * void ENTRY --reason TEXT | close --book B --year Y`
 */
export const register: Command = async (args, context) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb = 'list', id = ''] = positionals;
  const { out } = context;
  const actor = values.by;
  const tell = (entry: RegisterEntry) => {
    if (values.json) out.json({ ...entry, number: registerNumber(entry) });
    else out.line(lineOf(entry));
    return 0 as const;
  };
  return inOffice(context, async (archive): Promise<ExitCode> => {
    if (verb === 'void')
      return tell(await voidEntry(archive, { entry: id, reason: required(values.reason, 'reason'), actor }));
    const creator = await creatorFor(archive, values.creator);
    switch (verb) {
      case 'list': {
        const entries = await listRegister(archive.catalog, {
          institution: archive.institution.id,
          creator,
          ...(values.year ? { year: values.year } : {}),
          ...(values.record ? { record: values.record } : {}),
          limit: 100_000,
        });
        if (values.json) out.json({ entries: entries.map((entry) => ({ ...entry, number: registerNumber(entry) })) });
        else for (const entry of entries) out.line(lineOf(entry));
        return 0;
      }
      case 'enter':
        return tell(
          await registerAct(archive, {
            creator,
            book: values.book,
            receivedOn: required(values.received, 'received'),
            ...(values.case ? { case: Number(values.case) } : {}),
            ...(values.record ? { record: values.record } : {}),
            facts: {
              subject: required(values.subject, 'subject'),
              ...(values.sender ? { sender: values.sender } : {}),
            },
            actor,
          }),
        );
      case 'close': {
        const year = required(values.year, 'year');
        const entries = await closeBook(archive, { creator, book: values.book, year, actor });
        if (values.json) out.json({ entries });
        else out.line(`book ${values.book} of ${year} is closed with ${entries} entries`);
        return 0;
      }
      default:
        return noSuchVerb(verb, ['list', 'enter', 'void', 'close']);
    }
  });
};

function lineOf(entry: RegisterEntry): string {
  const { receivedOn, facts, voided } = entry;
  return `${registerNumber(entry).padEnd(14)} ${receivedOn}  ${facts.subject}${voided ? `  (void: ${voided.reason})` : ''}`;
}
