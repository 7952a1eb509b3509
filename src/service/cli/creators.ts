import { parseArgs } from 'node:util';
import { enterCreator } from '../../archive/administration/index.ts';
import { type Creator, listCreators } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode } from './command.ts';
import { fileOf, inOffice, noSuchVerb } from './office.ts';

/** `trajno creators list | enter FILE.json [--id CREATOR] [--by NAME] [--json]` */
export const creators: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      by: { type: 'string', default: 'operator' },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb = 'list', file] = positionals;
  const { out } = context;
  return inOffice(context, async (archive): Promise<ExitCode> => {
    if (verb === 'list') {
      const found = await listCreators(archive.catalog, archive.institution.id);
      if (values.json) out.json({ creators: found.map(shown) });
      else for (const { id, facts } of found) out.line(`${id}  ${facts.regime.padEnd(8)} ${facts.name}`);
      return 0;
    }
    if (verb !== 'enter') noSuchVerb(verb, ['list', 'enter']);
    const facts = parsed(await fileOf(file));
    const { creator, warnings } = await enterCreator(archive, {
      facts,
      actor: values.by,
      ...(values.id ? { id: values.id } : {}),
    });
    if (values.json) out.json({ ...shown(creator), warnings });
    else out.line(`${creator.id}  version ${creator.version}`);
    for (const warning of warnings) out.message(warning);
    return 0;
  });
};

function shown({ id, version, enteredAt, facts }: Creator): object {
  const { personalNumber: _personalNumber, ...rest } = facts;
  return { id, version, enteredAt, facts: rest };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new ArchiveError('USAGE', 'The file is not JSON.', { cause });
  }
}
