import { parseArgs } from 'node:util';
import { publishProfile, withdrawProfile } from '../../archive/administration/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode } from './command.ts';
import { fileOf, inOffice, noSuchVerb, required } from './office.ts';

/** `trajno profile list | show ID [--version V] | put FILE.json | withdraw ID --reason TEXT [--by NAME] [--json]` */
export const profile: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      version: { type: 'string' },
      reason: { type: 'string' },
      by: { type: 'string', default: 'operator' },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb = 'list', what] = positionals;
  const { out } = context;
  return inOffice(context, async (archive): Promise<ExitCode> => {
    const profiles = await archive.profiles.current();
    switch (verb) {
      case 'list':
        if (values.json)
          out.json({
            profiles: profiles.offered.map(({ id, version, origin, title }) => ({ id, version, origin, title })),
          });
        else
          for (const { id, version, title } of profiles.offered)
            out.line(`${id.padEnd(26)} ${version.padEnd(6)} ${title['sr-Latn']}`);
        return 0;
      case 'show': // what `put` takes: to be changed in an editor and published again
        out.json(profiles.find(required(what, 'ID'), values.version).definition);
        return 0;
      case 'put': {
        const published = await publishProfile(archive, { definition: parsed(await fileOf(what)), actor: values.by });
        if (values.json) out.json({ id: published.id, version: published.version });
        else out.line(`${published.id}  version ${published.version}`);
        return 0;
      }
      case 'withdraw':
        await withdrawProfile(archive, {
          id: required(what, 'ID'),
          reason: required(values.reason, 'reason'),
          actor: values.by,
        });
        return 0;
      default:
        return noSuchVerb(verb, ['list', 'show', 'put', 'withdraw']);
    }
  });
};

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new ArchiveError('USAGE', 'The file is not JSON.', { cause });
  }
}
